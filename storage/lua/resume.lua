-- Open a stopped attempt again, or keep an open one open, and let its question be asked anew.
-- KEYS: attempt, the chat's active attempt. ARGV: attempt id, id of the update that asks for it, ms to live,
-- who claims the next step.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
-- One that was stopped while it waited for a question has come to its end if no question will come.
local ended = not get('q:' .. get('at')) and not get('writing')
if get('state') == 'done' or ended or not in_its_chat() then return reply('closed') end
local other = redis.call('GET', KEYS[2])
if other and other ~= ARGV[1] then return {'busy', now, {'id', other}} end
local outcome = 'repeated'
if first_time(ARGV[2]) then
  local at = get('at')
  -- Of an open question there shall be one copy to press.
  local copy = get('m:' .. at)
  if copy and get('state') == 'open' then redis.call('HSET', key, 'w:' .. at, copy) end
  redis.call('HSET', key, 'state', 'open')
  redis.call('HDEL', key, 'ended', 'score', 'c:score', 'm:' .. at, 'o:' .. at, 'c:' .. at)
  redis.call('PEXPIRE', key, ARGV[3])
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
  outcome = 'resumed'
end
claim(next_step(), ARGV[4])
return reply(outcome)
