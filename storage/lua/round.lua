-- What every script about a round begins with, after one_hash.lua. KEYS[1] is the round.
-- A position p (from 0) has these fields: q:p the planned question, o:p when it was opened, x:p when it was closed.
-- m:STEP is the message of a step: 'lobby', 'q:p' the question, 'r:p' its result, 'p:k' the pause number k, 'end'.
-- turn counts the changes of state, since is when the last was. closes is when the open question closes; until is when
-- something else happens by itself, starts when the round leaves the lobby by itself. elapsed is for how many ms the
-- question of a pause had been open, was the state that was paused; away for how many ms the bot was away before the
-- step that is next. x lists the updates that changed the round.
local LOBBY_MS, PAUSE_MS = 60 * 60 * 1000, 23 * 60 * 60 * 1000
-- So late, the bot says that it was away; and so late, the round ends if it is set so.
local LATE_MS, AWAY_MS = 60 * 1000, 10 * 60 * 1000
-- Votes in a poll that Telegram has closed itself are still on their way.
local POLL_MS = 1000

local function number(field)
  return tonumber(get(field) or 0)
end

local function set(...)
  redis.call('HSET', key, ...)
end

local function unset(...)
  redis.call('HDEL', key, ...)
end

local function is_over()
  local state = get('state')
  return state == 'done' or state == 'stopped'
end

-- The step of the state in which the round is.
local function this_step()
  local state, at = get('state'), get('at')
  if state == 'lobby' then return 'lobby' end
  if state == 'asking' then return 'q:' .. at end
  if state == 'between' then return 'r:' .. at end
  if state == 'paused' then return 'p:' .. get('pauses') end
  return 'end'
end

local function claim(owner)
  local step = this_step()
  if get('m:' .. step) then return 'done' end
  return hold(step, owner)
end

local function enter(state)
  set('state', state, 'since', now)
  redis.call('HINCRBY', key, 'turn', 1)
  unset('until', 'starts', 'closes')
end

local function finish(state, ending)
  enter(state)
  set('ended', now)
  if ending ~= '' then set('ending', ending) end
end

local function ask(at)
  enter('asking')
  set('at', at)
  unset('elapsed', 'o:' .. at, 'm:q:' .. at)
end

local function is_last(at)
  local count = number('count')
  local n = number('n')
  if count > 0 and count < n then n = count end
  return at + 1 >= n
end

local function following()
  local at = number('at')
  if is_last(at) then finish('done', '') else ask(at + 1) end
end

-- The result of the last question goes out with the final standing.
local function close()
  local at = number('at')
  set('x:' .. at, now)
  if get('together') == '1' or is_last(at) then following() else enter('between') end
end

local function seconds(at)
  local own = string.match(get('q:' .. at), '|(%d*)$')
  return tonumber(own) or number('seconds')
end

-- Telegram has confirmed the question, or somebody pressed first: what comes first opens it.
local function open(at)
  if get('o:' .. at) then return end
  local opened = now - number('elapsed')
  set('o:' .. at, opened, 'closes', opened + seconds(at) * 1000)
end

-- A player's number in this round, which they get when they are first heard of. KEYS: the round, then players, names.
local function join(user, name, life)
  local numbered = redis.call('HGET', KEYS[2], user)
  if numbered then return numbered, false end
  numbered = redis.call('HINCRBY', key, 'players', 1)
  redis.call('HSET', KEYS[2], user, numbered)
  redis.call('HSET', KEYS[3], numbered, name)
  redis.call('PEXPIRE', KEYS[2], life)
  redis.call('PEXPIRE', KEYS[3], life)
  return tostring(numbered), true
end
