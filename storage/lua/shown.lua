-- Keep what the status message shows, for whoever has the showing, and give that back once nothing newer is to be shown.
-- ARGV: its id, who, the version that is shown or '' for none, the message.
if get('id') ~= ARGV[1] or not is_open() then return reply('gone') end
local held = get('showing')
if not held or string.match(held, '^(.*)|') ~= ARGV[2] then return reply('taken') end
if ARGV[3] ~= '' then redis.call('HSET', key, 'shown', ARGV[3], 'status', ARGV[4]) end
if ARGV[3] == '' or get('shown') == get('version') then redis.call('HDEL', key, 'showing') end
return reply('changed')
