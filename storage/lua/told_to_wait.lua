-- Keep that Telegram asked for silence in a chat, and send more slowly from now on: there, and to all when several
-- chats were told so. KEYS[3] holds the chats that were, by the time.
-- ARGV: pause of the chat, tolerance of those of its calls that are not to wait any longer, pause of all, recovery, the
-- chat, µs of silence, µs in which chats count as told together, how many are several, ms to live of the counters and of
-- KEYS[3].
-- Returns how often the pace of the chat, and that of all, is halved now.
local recovery, life = tonumber(ARGV[4]), ARGV[9]
local chat = read(KEYS[1], tonumber(ARGV[1]), recovery)
local all = read(KEYS[2], tonumber(ARGV[3]), recovery)

-- What was on its way when the silence began says nothing new.
if now >= chat.quiet then halve(chat) end
local quiet = math.max(chat.quiet, now + tonumber(ARGV[6]))
-- The burst is used up, for those who may use as much of it as the tolerance says: after the silence there is one call
-- of theirs, and then one after each pause.
redis.call('HSET', chat.key, 'quiet', whole(quiet), 'tat', whole(quiet + tonumber(ARGV[2])), 'at', whole(now))
redis.call('PEXPIRE', chat.key, life)

local together = tonumber(ARGV[7])
redis.call('ZADD', KEYS[3], whole(now), ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', whole(now - together))
redis.call('ZREMRANGEBYSCORE', KEYS[3], '(' .. whole(now), '+inf') -- by a clock that was set back since
redis.call('PEXPIRE', KEYS[3], ARGV[10])
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[8]) and now - all.since >= together then
  halve(all)
  redis.call('PEXPIRE', all.key, life)
end
return {chat.halvings, all.halvings}
