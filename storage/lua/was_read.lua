-- Keep what became of a part, unless it was changed while it was read: then what was read of it is kept nowhere.
-- KEYS: the collection, what is kept of the source. ARGV: its id, ms to live, the key of the part, the part as it was
-- read, what became of it, 1 where it was refused.
if get('id') ~= ARGV[1] or not is_open() then return reply('gone') end
local is_old = get('p:' .. ARGV[3]) ~= ARGV[4]
if is_old or ARGV[6] == '1' then redis.call('HDEL', KEYS[2], ARGV[3]) end
if is_old then return reply('repeated') end
redis.call('HSET', key, 'r:' .. ARGV[3], ARGV[5])
changed()
redis.call('PEXPIRE', key, ARGV[2])
return reply('changed')
