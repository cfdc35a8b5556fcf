-- Let one write for a pool at a time. KEYS: the lead, the last failure. ARGV: who asks, ms that the lead lasts, since
-- when whoever asks has waited (ms since 1970; 0: a failure is none of theirs).
-- A failure is a trouble and when it was; whoever waited for the writer that failed shares it.
local trouble, at = string.match(redis.call('GET', KEYS[2]) or '', '^(.*)|(%d+)$')
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return {'other', ''} end
if not leader and trouble and tonumber(ARGV[3]) > 0 and tonumber(ARGV[3]) <= tonumber(at) then
  return {'failed', trouble}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {'yours', ''}
