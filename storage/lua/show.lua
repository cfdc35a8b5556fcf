-- Take the showing of a collection: one at a time makes the status message show it, for as long as showing lasts.
-- ARGV: its id, who, ms that the showing lasts.
if get('id') ~= ARGV[1] or not is_open() then return reply('gone') end
if get('shown') == get('version') then return reply('idle') end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local held = get('showing')
if held then
  local who, since = string.match(held, '^(.*)|(%d+)$')
  if who ~= ARGV[2] and now - tonumber(since) < tonumber(ARGV[3]) then return reply('taken') end
end
redis.call('HSET', key, 'showing', ARGV[2] .. '|' .. now)
return reply('yours')
