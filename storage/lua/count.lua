-- Count one more. KEYS: the counts. ARGV: what is counted, ms to live.
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {1}
