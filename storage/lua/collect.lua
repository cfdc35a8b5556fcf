-- Add the parts of a message to the collection that is open, or begin one with them; without parts, begin one or have
-- it shown again.
-- ARGV: id for a new one, the message, chat, language, ms to live, most parts, 1 where a model can tell what is known
-- anyway or else 0, what to ask about or '', then four for each part: its key, the part, what became of it or '', its
-- name.
-- A message that is not newer than a collection which has ended was heard before that: it is delivered again.
local message, most, first = ARGV[2], tonumber(ARGV[6]), 9
if get('stage') and not is_open() then
  if tonumber(message) <= tonumber(get('last')) then return reply('repeated') end
  redis.call('DEL', key)
end
if get('stage') and ARGV[first] and (get('p:' .. ARGV[first]) or get('l:' .. ARGV[first])) then
  return reply('repeated')
end
if not get('stage') then
  redis.call('HSET', key, 'record', 1, 'id', ARGV[1], 'chat', ARGV[3], 'stage', 'open', 'version', 0, 'shown', 0,
    'round', 0, 'last', 0, 'parts', 0)
end
redis.call('HSET', key, 'language', ARGV[4], 'models', ARGV[7])
if ARGV[8] ~= '' then redis.call('HSET', key, 'focus', ARGV[8], 'focus_by', message) end
for place = first, #ARGV, 4 do
  local part = ARGV[place]
  if redis.call('HINCRBY', key, 'parts', 1) <= most then
    redis.call('HSET', key, 'p:' .. part, ARGV[place + 1])
    if ARGV[place + 2] ~= '' then redis.call('HSET', key, 'r:' .. part, ARGV[place + 2]) end
  elseif tonumber(get('parts')) <= 2 * most then
    redis.call('HSET', key, 'l:' .. part, ARGV[place + 3])
  end
end
heard(message)
changed()
redis.call('PEXPIRE', key, ARGV[5])
return reply('changed')
