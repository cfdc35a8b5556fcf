-- End an open attempt before its last question; it can be resumed.
-- KEYS: attempt, the chat's active attempt. ARGV: attempt id, id of the update that asks for it, its message,
-- ms to live, who claims the next step.
-- A message older than the one that began the attempt meant another attempt: it is delivered again, and too late.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
if not in_its_chat() then return reply('closed') end
local outcome = 'repeated'
if get('state') == 'done' then return reply('closed') end
if tonumber(ARGV[3]) >= tonumber(get('origin_message')) and first_time(ARGV[2]) then
  outcome = 'closed'
  if get('state') == 'open' then
    redis.call('HSET', key, 'state', 'stopped', 'ended', now)
    redis.call('PEXPIRE', key, ARGV[4])
    outcome = 'stopped'
  end
end
if get('state') ~= 'open' and redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
claim(next_step(), ARGV[5])
return reply(outcome)
