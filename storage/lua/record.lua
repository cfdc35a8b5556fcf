-- Keep what Telegram has confirmed. KEYS: attempt, what the person has seen of pools. ARGV: ms that this lives, how much
-- of it is kept; then pairs of a step and the id of its message:
-- 'v:p' the verdict of p is shown, 'p' question p was asked, 'score' the score was sent, 'w:p' the line was sent which
-- says that question p is on its way ('0': it was taken away).
-- A question counts as opened from the confirmation or its first press, whichever came first.
if redis.call('EXISTS', key) == 0 then return reply('gone') end

-- A question of a pool is seen now; one that was seen before the attempt began comes again.
local function see(position)
  local question = string.match(get('q:' .. position) or '', '^([^|]*)')
  if not get('pool') or not question then return end
  local before = redis.call('ZSCORE', KEYS[2], question)
  if before and tonumber(before) < tonumber(get('began')) then add_to('repeats', position) end
  redis.call('ZADD', KEYS[2], now, question)
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[1])
end

for at = 3, #ARGV, 2 do
  local step, message = ARGV[at], ARGV[at + 1]
  if string.sub(step, 1, 2) == 'v:' then
    redis.call('HSET', key, step, 1)
  elseif string.sub(step, 1, 2) == 'w:' then
    if message == '0' then redis.call('HDEL', key, step) else redis.call('HSET', key, step, message) end
    redis.call('HDEL', key, 'c:' .. string.sub(step, 3))
  elseif step == 'score' then
    -- A score sent for a stop that was taken back in between is no score of the open attempt.
    if get('state') ~= 'open' then redis.call('HSET', key, 'score', message) end
    redis.call('HDEL', key, 'c:score')
  else
    redis.call('HSET', key, 'm:' .. step, message)
    redis.call('HSETNX', key, 'o:' .. step, now)
    redis.call('HDEL', key, 'c:' .. step)
    see(step)
  end
end
-- Only of a quiz that is written while it is played may something have come meanwhile that somebody waits for.
if not get('wanted') then return {'recorded', now, {}} end
return reply('recorded')
