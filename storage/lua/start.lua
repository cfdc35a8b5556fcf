-- Begin an attempt unless it was begun already or another one is open in the chat.
-- KEYS: attempt, the chat's active attempt, the person's attempts.
-- ARGV: attempt id, owner of the first step, ms to live, ms the index lives, then the fields of the attempt.
if redis.call('EXISTS', key) == 1 then
  if get('state') == 'open' then claim(get('at'), ARGV[2]) end
  return reply('repeated')
end
local other = redis.call('GET', KEYS[2])
if other then return {'busy', now, {'id', other}} end
for field = 5, #ARGV, 2 do redis.call('HSET', key, ARGV[field], ARGV[field + 1]) end
redis.call('HSET', key, 'state', 'open', 'at', 0, 'began', now)
redis.call('PEXPIRE', key, ARGV[3])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[4])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
claim('0', ARGV[2])
return reply('started')
