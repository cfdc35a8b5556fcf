-- Add a question unless it is, or was, there, or there are enough.
-- ARGV: ms to live, most questions, id, question, topic, language, level.
local most, id = tonumber(ARGV[2]), ARGV[3]
local added = 0
-- The withdrawn are kept, so that they are not written again; there is an end to that too.
local full = redis.call('ZCARD', KEYS[ORDER]) >= most or redis.call('HLEN', KEYS[QUESTIONS]) >= 3 * most
if not full and redis.call('HSETNX', KEYS[QUESTIONS], id, ARGV[4]) == 1 then
  redis.call('HSET', KEYS[ABOUT], 'topic', ARGV[5], 'language', ARGV[6], 'level', ARGV[7])
  redis.call('ZADD', KEYS[ORDER], redis.call('HINCRBY', KEYS[ABOUT], 'added', 1), id)
  added = 1
end
live_on()
return {added}
