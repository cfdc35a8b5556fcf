-- Put a report into a list of them, once; only the newest and the young ones stay.
-- KEYS: the list. ARGV: ms that a report is kept, most reports, the report.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local added = redis.call('ZADD', KEYS[1], 'NX', now, ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. now - ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -(ARGV[2] + 1))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {added}
