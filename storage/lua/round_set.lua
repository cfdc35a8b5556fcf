-- Change how a round is played, as long as it is in its lobby. ARGV: pairs of a field and its value; 'starts' is in ms
-- from now on, or 0.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
if get('state') ~= 'lobby' then return reply('outdated') end
for at = 1, #ARGV, 2 do
  if ARGV[at] ~= 'starts' then
    set(ARGV[at], ARGV[at + 1])
  elseif ARGV[at + 1] == '0' then
    unset('starts')
  else
    set('starts', now + ARGV[at + 1])
  end
end
-- A timer of the time before is not that of the time after.
redis.call('HINCRBY', key, 'turn', 1)
if number('quorum') > 0 and number('players') >= number('quorum') then ask(0) end
return reply('changed')
