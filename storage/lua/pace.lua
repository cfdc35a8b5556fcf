-- What the scripts of sending begin with. KEYS[1] counts the calls to one chat, KEYS[2] those to all chats.
-- Times and pauses are in µs; the time is Redis'. A counter has these fields:
-- tat is its theoretical arrival time: when the next call were due had each come a pause after the one before it;
-- quiet is the time until which Telegram wants no call; halvings says how often the pace was halved, since when the
-- last time; line:CLASS is when the next of a class that is sent away shall come back.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local MOST_HALVINGS = 3

-- Lua itself would write 1.7e+15.
local function whole(number)
  return string.format('%.0f', number)
end

-- A counter as it stands now: one halving is taken back after each recovery.
local function read(key, pause, recovery)
  local kept = redis.call('HMGET', key, 'tat', 'quiet', 'halvings', 'since')
  local since = tonumber(kept[4] or 0)
  local halvings = math.max(0, tonumber(kept[3] or 0) - math.floor((now - since) / recovery))
  return {
    key = key,
    tat = tonumber(kept[1] or 0),
    quiet = tonumber(kept[2] or 0),
    halvings = halvings,
    since = since,
    pause = pause * 2 ^ halvings,
  }
end

-- Half the pace: twice the pauses, from now on. The tolerance stays what it is, so that fewer calls make up a burst.
local function halve(counter)
  if counter.halvings < MOST_HALVINGS then
    counter.halvings = counter.halvings + 1
    counter.pause = counter.pause * 2
  end
  redis.call('HSET', counter.key, 'halvings', counter.halvings, 'since', whole(now))
end
