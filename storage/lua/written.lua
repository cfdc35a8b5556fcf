-- Keep a question at a position of a quiz that is being written, unless one stands there; reply the one that does.
-- KEYS: the questions. ARGV: position, question, ms to live.
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {redis.call('HGET', KEYS[1], ARGV[1])}
