-- Say what is still to be done for a collection; when nothing is, end this round, so that a later change begins one.
-- ARGV: its id, the round.
if get('id') ~= ARGV[1] or get('round') ~= ARGV[2] or not is_open() then return reply('gone') end
for _, field in ipairs(redis.call('HKEYS', key)) do
  local message = string.match(field, '^p:(.*)$')
  if message and not get('r:' .. message) then return reply('unread') end
end
if get('stage') == 'done' then return reply('done') end
if get('shown') ~= get('version') then return reply('unshown') end
redis.call('HINCRBY', key, 'round', 1)
return reply('idle')
