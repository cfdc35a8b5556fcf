-- Enter what one call of a model took. KEYS: an account. ARGV: id of the reservation (empty: none), input tokens,
-- output tokens, money in millionths (-1: unknown), ms to live.
local key = KEYS[1]
local tokens = tonumber(ARGV[2]) + tonumber(ARGV[3])
if ARGV[1] ~= '' then
  local left = redis.call('HGET', key, 'r:' .. ARGV[1])
  if left then redis.call('HSET', key, 'r:' .. ARGV[1], math.max(0, tonumber(left) - tokens)) end
end
redis.call('HINCRBY', key, 'tokens', tokens)
redis.call('HINCRBY', key, 'input', ARGV[2])
redis.call('HINCRBY', key, 'output', ARGV[3])
if tonumber(ARGV[4]) < 0 then
  redis.call('HINCRBY', key, 'unpriced', tokens)
else
  redis.call('HINCRBY', key, 'microdollars', ARGV[4])
end
redis.call('PEXPIRE', key, ARGV[5])
return {1}
