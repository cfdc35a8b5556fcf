-- Give the group to a round unless another one has it, or give it back. KEYS: group. ARGV: round, 'take' or 'release'.
-- Returns the round that has it then, or nothing.
local has = redis.call('HGET', KEYS[1], 'round')
if ARGV[2] == 'take' and not has then
  redis.call('HSET', KEYS[1], 'round', ARGV[1])
  has = ARGV[1]
elseif ARGV[2] == 'release' and has == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'round')
  redis.call('HSET', KEYS[1], 'last', has)
  has = false
end
return {has}
