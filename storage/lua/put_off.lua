-- Keep a task early for a while, and say Redis' time (s since 1970, and µs).
-- KEYS: its key. ARGV: ms to wait, 1 to put off one that waits already, or else 0.
if ARGV[2] == '1' then
  redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
else
  redis.call('SET', KEYS[1], '', 'PX', ARGV[1], 'NX')
end
return redis.call('TIME')
