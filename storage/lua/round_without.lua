-- Leave the result of a question for the message of the next. ARGV: position.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
if get('state') == 'between' and get('at') == ARGV[1] and not get('m:r:' .. ARGV[1]) then following() end
return reply('changed')
