-- Keep what Telegram has confirmed: the present step is done. ARGV: pairs of a step and the id of its message.
-- A question counts as opened from the confirmation or its first press, whichever came first.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
local state, at = get('state'), get('at')
for place = 1, #ARGV, 2 do
  local step, message = ARGV[place], ARGV[place + 1]
  -- Results and pauses do not say that the bot was away.
  if step == 'lobby' or step == 'end' or string.sub(step, 1, 2) == 'q:' then unset('away') end
  -- A question that was paused while it went out is asked again when the round goes on.
  if not (state == 'paused' and step == 'q:' .. at) then
    set('m:' .. step, message)
    if state == 'asking' and step == 'q:' .. at then open(at) end
  end
  if state == 'between' and step == 'r:' .. at and not get('until') then
    set('until', now + number('pause') * 1000)
  end
  unset('c:' .. step)
end
return reply('recorded')
