-- Add the questions that come next to an attempt whose quiz is still being written.
-- ARGV: the position of the first, owner of the step that may follow, the planned questions.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
local outcome = 'repeated'
for at = 3, #ARGV do
  local position = string.format('%d', ARGV[1] + at - 3)
  if not get('q:' .. position) then
    if not get('writing') then return reply('closed') end
    if position ~= get('n') then return reply('invalid') end
    redis.call('HSET', key, 'q:' .. position, ARGV[at], 'n', tonumber(position) + 1)
    outcome = 'extended'
  end
end
claim(next_step(), ARGV[2])
return reply(outcome)
