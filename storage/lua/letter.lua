-- Add a dead letter, and let go of those that are too old or too many.
-- KEYS: the letters. ARGV: how many are kept, for how many ms, then the fields of the letter.
local clock = redis.call('TIME')
local oldest = clock[1] * 1000 + math.floor(clock[2] / 1000) - ARGV[2]
redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[1], '*', unpack(ARGV, 3))
redis.call('XTRIM', KEYS[1], 'MINID', oldest)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {1}
