-- Add the question that was written next to an attempt whose quiz is still being written.
-- ARGV: its position, the planned question, owner of the step that may follow.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
local position = ARGV[1]
if get('q:' .. position) then
  claim(next_step(), ARGV[3])
  return reply('repeated')
end
if not get('writing') then return reply('closed') end
if position ~= get('n') then return reply('invalid') end
redis.call('HSET', key, 'q:' .. position, ARGV[2], 'n', tonumber(position) + 1)
claim(next_step(), ARGV[3])
return reply('extended')
