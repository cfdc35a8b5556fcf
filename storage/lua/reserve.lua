-- Set tokens aside in a day's account, unless that would take it over its limit.
-- KEYS: the account. ARGV: id of the reservation, tokens, limit of the day, ms to live, ms that the reservation counts.
-- `r:ID` is what a reservation may still take, `u:ID` until when it counts (ms since 1970), `tokens` what was taken.
local key = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fields = redis.call('HGETALL', key)
local account = {}
for at = 1, #fields, 2 do account[fields[at]] = fields[at + 1] end
local taken = tonumber(account['tokens'] or 0)
for field, value in pairs(account) do
  local id = string.match(field, '^r:(.*)$')
  if id and id ~= ARGV[1] then
    local untilWhen = account['u:' .. id]
    if untilWhen and tonumber(untilWhen) < now then
      redis.call('HDEL', key, 'r:' .. id, 'u:' .. id)
    else
      taken = taken + tonumber(value)
    end
  end
end
if taken + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return {0} end
redis.call('HSET', key, 'r:' .. ARGV[1], ARGV[2], 'u:' .. ARGV[1], now + ARGV[5])
redis.call('PEXPIRE', key, ARGV[4])
return {1}
