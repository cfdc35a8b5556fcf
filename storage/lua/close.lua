-- End a collection: what was sent is kept here no more, but which messages had to do with it is. None begins while a
-- part is not read; none is given up once its quiz is about to begin.
-- ARGV: its id, how it ends (begun, dropped), the update that ends it, a message or 0, ms to live.
if get('id') ~= ARGV[1] then return reply('gone') end
if not is_open() then
  if get('closed_by') == ARGV[3] then return reply('repeated') end
  return reply('gone')
end
local unread = false
for _, field in ipairs(redis.call('HKEYS', key)) do
  local message = string.match(field, '^p:(.*)$')
  unread = unread or (message and not get('r:' .. message))
end
if ARGV[2] == 'begun' and unread then return reply('unread') end
if ARGV[2] == 'dropped' and get('stage') == 'done' and not unread then return reply('gone') end
local before = reply('changed')
for _, field in ipairs(redis.call('HKEYS', key)) do
  if string.find(field, '^[plr]:') then redis.call('HDEL', key, field) end
end
redis.call('HDEL', key, 'focus')
redis.call('HSET', key, 'stage', ARGV[2], 'closed_by', ARGV[3])
heard(ARGV[4])
redis.call('PEXPIRE', key, ARGV[5])
return before
