-- What every script about a collection begins with. KEYS[1] is the collection.
-- p:KEY is a part, r:KEY what became of it, l:KEY the name of one that was left out; parts counts both. stage: open, done (begin once all is read), begun, dropped.
-- version counts the changes, shown is the one that the status message shows, last the newest message that has to do
-- with the collection, round which run of the reading task is the next, closed_by the update that ended it, showing who shows it since when.
local key = KEYS[1]

local function get(field)
  return redis.call('HGET', key, field)
end

local function reply(outcome)
  return {outcome, redis.call('HGETALL', key)}
end

local function is_open()
  local stage = get('stage')
  return stage == 'open' or stage == 'done'
end

local function changed()
  redis.call('HINCRBY', key, 'version', 1)
end

local function heard(message)
  if tonumber(message) > tonumber(get('last')) then redis.call('HSET', key, 'last', message) end
end
