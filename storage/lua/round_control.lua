-- What who leads a round asks for. ARGV: id of the update, 'start', 'pause', 'on', 'next' or 'stop', the turn that the
-- button was made in (empty: any), owner of the step that follows.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
if is_in('x', ARGV[1]) then
  claim(ARGV[4])
  return reply('repeated')
end
local what, state = ARGV[2], get('state')
if is_over() then return reply('closed') end
if ARGV[3] ~= '' and ARGV[3] ~= get('turn') then return reply('outdated') end
add_to('x', ARGV[1])
if what == 'stop' then
  finish('stopped', 'stopped')
elseif what == 'start' and state == 'lobby' then
  ask(0)
elseif what == 'next' and state == 'asking' then
  close()
elseif what == 'next' and state == 'between' then
  following()
elseif what == 'pause' and (state == 'asking' or state == 'between') then
  local at = get('at')
  set('was', state)
  if state == 'asking' then
    local opened = get('o:' .. at)
    if opened then set('elapsed', now - opened) end
    unset('o:' .. at, 'm:q:' .. at)
  end
  redis.call('HINCRBY', key, 'pauses', 1)
  enter('paused')
  set('until', now + PAUSE_MS)
elseif what == 'on' and state == 'paused' then
  if get('was') == 'asking' then enter('asking') else following() end
else
  return reply('outdated')
end
claim(ARGV[4])
return reply('changed')
