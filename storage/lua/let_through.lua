-- Let one call through, or say how long it must wait; a call that must wait is not counted anywhere.
-- ARGV: pause and tolerance of the chat, pause and tolerance of all, recovery, class of the call, ms to live.
-- Returns the µs to wait (0: go ahead) and Redis' time in µs.
-- What is counted here is not worth a wait for the disk before every message: lost in a crash or a failover, it lets one
-- burst too many out. What Telegram said (told_to_wait.lua) is written down as everything else.
redis.set_repl(redis.REPL_NONE)
local LONGEST_LINE = 60 * 1000000
local recovery, life = tonumber(ARGV[5]), ARGV[7]
local chat = read(KEYS[1], tonumber(ARGV[1]), recovery)
local all = read(KEYS[2], tonumber(ARGV[3]), recovery)

-- GCRA, the virtual scheduling algorithm of ITU-T I.371, annex A: a call conforms unless it comes earlier than its
-- theoretical arrival time less the tolerance; the next is then due a pause after the later of that time and now.
local function wait(counter, tolerance)
  return math.max(0, counter.tat - tolerance - now, counter.quiet - now)
end

local function count(counter)
  redis.call('HSET', counter.key, 'tat', whole(math.max(now, counter.tat) + counter.pause), 'at', whole(now))
  redis.call('PEXPIRE', counter.key, life)
end

local in_chat = wait(chat, tonumber(ARGV[2]))
if in_chat > 0 then return {in_chat, now} end
local in_all = wait(all, tonumber(ARGV[4]))
if in_all > 0 then
  -- Whoever is sent away comes back in turn, a pause after the one before: all at once would be sent away again.
  local line = 'line:' .. ARGV[6]
  local last = now + LONGEST_LINE -- further off it was set by a clock that was set back since
  local turn = math.max(now + in_all, math.min(last, tonumber(redis.call('HGET', all.key, line) or 0)))
  redis.call('HSET', all.key, line, whole(math.min(turn + all.pause, last)))
  redis.call('PEXPIRE', all.key, life)
  return {turn - now, now}
end
count(chat)
count(all)
return {0, now}
