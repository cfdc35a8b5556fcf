-- Leave the lead to others. KEYS: the lead, the last failure. ARGV: who leads, the trouble (empty: none), ms that those
-- who wait share it.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {0} end
redis.call('DEL', KEYS[1])
if ARGV[2] ~= '' then
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  redis.call('SET', KEYS[2], ARGV[2] .. '|' .. string.format('%.0f', now), 'PX', ARGV[3])
end
return {1}
