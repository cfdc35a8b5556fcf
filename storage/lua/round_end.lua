-- End a round to which nothing can be sent any more, or move it to another chat. ARGV: 'end' and why, or 'chat' and the
-- chat's id.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
if ARGV[1] == 'chat' then
  set('chat', ARGV[2])
elseif not is_over() then
  finish('stopped', ARGV[2])
  set('m:end', 0)
end
return reply('changed')
