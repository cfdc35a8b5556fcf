-- Set tokens aside in a day's account, unless that would take it over its limit.
-- KEYS: the account. ARGV: id of the reservation, tokens, limit of the day, ms to live.
-- `r:ID` is what a reservation may still take, `tokens` what was taken.
local key = KEYS[1]
if redis.call('HEXISTS', key, 'r:' .. ARGV[1]) == 1 then return {1} end
local taken = 0
local account = redis.call('HGETALL', key)
for at = 1, #account, 2 do
  if account[at] == 'tokens' or string.sub(account[at], 1, 2) == 'r:' then
    taken = taken + tonumber(account[at + 1])
  end
end
if taken + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return {0} end
redis.call('HSET', key, 'r:' .. ARGV[1], ARGV[2])
redis.call('PEXPIRE', key, ARGV[4])
return {1}
