-- What every script about one hash begins with, which KEYS[1] is. c:STEP says who is taking a step, and since when.
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

-- Give a step to the owner unless another one took it less than CLAIM_MS ago.
local function hold(step, owner)
  local held = get('c:' .. step)
  if held then
    local holder, since = string.match(held, '^(.*)|(%d+)$')
    if holder ~= owner and now - tonumber(since) < CLAIM_MS then return 'taken' end
  end
  redis.call('HSET', key, 'c:' .. step, owner .. '|' .. now)
  return 'yours'
end
