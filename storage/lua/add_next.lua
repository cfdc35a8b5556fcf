-- Keep questions at the next positions of a quiz that is being written, if it has as many as whoever asks knows of.
-- KEYS: the questions. ARGV: ms to live, how many it has, the questions.
local place = tonumber(ARGV[2])
if redis.call('HLEN', KEYS[1]) ~= place then return {0} end
for at = 3, #ARGV do redis.call('HSET', KEYS[1], place + at - 3, ARGV[at]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {1}
