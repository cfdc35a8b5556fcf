-- Add a part to the collection that is open, or begin one with it; without a part, begin one or have it shown again.
-- ARGV: id for a new one, the message, chat, language, ms to live, most parts, the part or '', what became of it or ''.
-- A message that is not newer than a collection which has ended was heard before that: it is delivered again.
local message = ARGV[2]
if get('stage') and not is_open() then
  if tonumber(message) <= tonumber(get('last')) then return reply('repeated') end
  redis.call('DEL', key)
end
if get('stage') and get('p:' .. message) then return reply('repeated') end
if not get('stage') then
  redis.call('HSET', key, 'record', 1, 'id', ARGV[1], 'chat', ARGV[3], 'stage', 'open', 'version', 0, 'shown', 0,
    'round', 0, 'last', 0, 'parts', 0)
end
redis.call('HSET', key, 'language', ARGV[4])
if ARGV[7] ~= '' then
  if tonumber(get('parts')) >= tonumber(ARGV[6]) then
    redis.call('HSET', key, 'full', 1)
  else
    redis.call('HSET', key, 'p:' .. message, ARGV[7])
    redis.call('HINCRBY', key, 'parts', 1)
    if ARGV[8] ~= '' then redis.call('HSET', key, 'r:' .. message, ARGV[8]) end
  end
end
heard(message)
changed()
redis.call('PEXPIRE', key, ARGV[5])
return reply('changed')
