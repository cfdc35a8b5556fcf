-- Take down that a question was reported, once for each reporter; how many did so. ARGV: ms to live, id, revision,
-- reporter.
local count = ARGV[2] .. ':' .. ARGV[3] .. ':reports'
if redis.call('SADD', KEYS[REPORTS], ARGV[2] .. ':' .. ARGV[4]) == 1 then
  redis.call('HINCRBY', KEYS[STATISTICS], count, 1)
end
live_on()
return {tonumber(redis.call('HGET', KEYS[STATISTICS], count) or 0)}
