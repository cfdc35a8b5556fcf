-- What the scripts of sending begin with. KEYS[1] counts the calls to one chat, KEYS[2] those to all chats.
-- Times and pauses are in µs; the time is Redis'. A counter has these fields:
-- tat is its theoretical arrival time: when the next call were due had each come a pause after the one before it;
-- quiet is the time until which Telegram wants no call; halvings says how often the pace was halved, since when the
-- last time; line:CLASS is when the next of a class that is sent away shall come back; at is when one of the others was
-- last set.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local MOST_HALVINGS = 3

-- Lua itself would write 1.7e+15.
local function whole(number)
  return string.format('%.0f', number)
end

-- A counter as it stands now: one halving is taken back after each recovery.
-- Where it was set later than now, the clock was set back since: all its times go back as far, or what was a second away
-- would be an hour away. That is kept: from a call that must wait to the next, the time that passes is to count.
local function read(key, pause, recovery)
  local kept = redis.call('HMGET', key, 'tat', 'quiet', 'halvings', 'since', 'at')
  local back = math.max(0, tonumber(kept[5] or 0) - now)
  local function time(place)
    return math.max(0, tonumber(kept[place] or 0) - back)
  end
  local tat, quiet, since = time(1), time(2), time(4)
  if back > 0 then
    redis.call('HSET', key, 'tat', whole(tat), 'quiet', whole(quiet), 'since', whole(since), 'at', whole(now))
  end
  local halvings = math.max(0, tonumber(kept[3] or 0) - math.floor((now - since) / recovery))
  return {
    key = key,
    tat = tat,
    quiet = quiet,
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
  redis.call('HSET', counter.key, 'halvings', counter.halvings, 'since', whole(now), 'at', whole(now))
end
