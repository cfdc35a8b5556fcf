-- What every script about an attempt begins with. KEYS[1] is the attempt.
-- A position p (from 0) has these fields: q:p the planned question, s:p the options switched on,
-- a:p the answer, m:p the message that asks it, o:p when it was opened, v:p set once its verdict is shown.
-- t:p lists the presses that would switch options, x the updates that would stop or resume and the presses
-- that were refused as answers; both keep the last of them.
-- w:p is a message that goes once question p is asked: it says that it is on its way, or is an older copy of it.
-- While a quiz is being written the field writing is there, wanted says how many questions were asked for; shortfall
-- says in the end why there are fewer.
-- c:STEP says who is taking a step ('p' for asking question p, 'score') and since when.
local key = KEYS[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local CLAIM_MS = 5000

local function get(field)
  return redis.call('HGET', key, field)
end

local function reply(outcome)
  return {outcome, now, redis.call('HGETALL', key)}
end

-- Whether KEYS[2], a chat's active attempt, is of the chat that the attempt is played in.
local function in_its_chat()
  local suffix = ':' .. get('chat')
  return string.sub(KEYS[2], -#suffix) == suffix
end

-- The step that comes next: the question at the position, or the score of an attempt that has ended.
local function next_step()
  if get('state') == 'open' then return get('at') end
  return 'score'
end

-- Give the step to the owner unless it is done or another owner took it less than CLAIM_MS ago.
local function claim(step, owner)
  local done
  if step == 'score' then done = get('score') else done = get('m:' .. step) end
  if done then return 'done' end
  local held = get('c:' .. step)
  if held then
    local holder, since = string.match(held, '^(.*)|(%d+)$')
    if holder ~= owner and now - tonumber(since) < CLAIM_MS then return 'taken' end
  end
  redis.call('HSET', key, 'c:' .. step, owner .. '|' .. now)
  return 'yours'
end

-- Whether an id is in a list of the latest ones.
local function is_in(field, id)
  return string.find(',' .. (get(field) or ''), ',' .. id .. ',', 1, true) ~= nil
end

-- Add an id to a list of the latest ones; false when it is there already.
local function add_to(field, id)
  if is_in(field, id) then return false end
  redis.call('HSET', key, field, string.sub((get(field) or '') .. id .. ',', -2000))
  return true
end

-- Whether an update asks for the first time: an old one delivered again must not undo what came after it.
local function first_time(id)
  return add_to('x', id)
end
