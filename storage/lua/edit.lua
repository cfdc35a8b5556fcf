-- Put other parts in the place of those that a message brought, which it now brings; those that stay as they are are not
-- read again.
-- KEYS: the collection, what is kept of the source. ARGV: its id, ms to live, most parts, the keys of the parts that
-- there may be of the message with commas around each, then two for each part: its key and the part.
if get('id') ~= ARGV[1] or not is_open() then return reply('gone') end
local old, new, differ, kept = {}, {}, false, 0
for _, field in ipairs(redis.call('HKEYS', key)) do
  local part = string.match(field, '^p:(.*)$')
  if part then kept = kept + 1 end
  if part and string.find(ARGV[4], ',' .. part .. ',', 1, true) then old[part] = get(field) end
end
if not next(old) then return reply('gone') end
for place = 5, #ARGV, 2 do new[ARGV[place]] = ARGV[place + 1] end
for part, was in pairs(old) do
  if new[part] ~= was then
    differ = true
    redis.call('HDEL', key, 'p:' .. part, 'r:' .. part)
    redis.call('HDEL', KEYS[2], part)
    kept = kept - 1
    redis.call('HINCRBY', key, 'parts', -1)
  end
end
for place = 5, #ARGV, 2 do
  local part = ARGV[place]
  -- What was left out, for want of room, counts among all parts and takes no place.
  if old[part] ~= new[part] and kept < tonumber(ARGV[3]) then
    differ, kept = true, kept + 1
    redis.call('HSET', key, 'p:' .. part, new[part])
    redis.call('HINCRBY', key, 'parts', 1)
  end
end
if not differ then return reply('repeated') end
changed()
redis.call('PEXPIRE', key, ARGV[2])
return reply('changed')
