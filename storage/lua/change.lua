-- Change fields of a collection that is still open. ARGV: its id, ms to live, a message or 0, then the fields.
if get('id') ~= ARGV[1] or not is_open() then return reply('gone') end
if ARGV[3] ~= '0' and tonumber(ARGV[3]) <= tonumber(get('last')) then return reply('repeated') end
for field = 4, #ARGV, 2 do redis.call('HSET', key, ARGV[field], ARGV[field + 1]) end
if ARGV[3] ~= '0' then heard(ARGV[3]) end
changed()
redis.call('PEXPIRE', key, ARGV[2])
return reply('changed')
