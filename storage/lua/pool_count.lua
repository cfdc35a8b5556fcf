-- Count what an attempt tells of questions, each thing once. KEYS[7]: what was counted of the attempt.
-- ARGV: ms to live, ms that the attempt may be counted again; then for each thing its name, how many counts it adds to,
-- and their names.
local counted = 0
local at = 3
while at <= #ARGV do
  local number = tonumber(ARGV[at + 1])
  if redis.call('SADD', KEYS[7], ARGV[at]) == 1 then
    for place = at + 2, at + 1 + number do redis.call('HINCRBY', KEYS[STATISTICS], ARGV[place], 1) end
    counted = counted + 1
  end
  at = at + 2 + number
end
redis.call('PEXPIRE', KEYS[7], ARGV[2])
live_on()
return {counted}
