-- No more questions will be written: an attempt that waits for one has come to its end.
-- KEYS: attempt, the chat's active attempt. ARGV: attempt id, owner of the step that follows, why there are fewer
-- questions than wanted (empty: there are not), ms a finished attempt lives.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
if not in_its_chat() then return reply('invalid') end
local outcome = 'repeated'
if get('writing') then
  redis.call('HDEL', key, 'writing')
  redis.call('HSET', key, 'shortfall', ARGV[3])
  if get('state') == 'open' and not get('q:' .. get('at')) then
    redis.call('HSET', key, 'state', 'done', 'ended', now)
    redis.call('PEXPIRE', key, ARGV[4])
    if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
  end
  outcome = 'completed'
end
claim(next_step(), ARGV[2])
return reply(outcome)
