-- Take one press as the answer to a question, once.
-- KEYS: attempt, the chat's active attempt. ARGV: attempt id, press id, position, what was pressed
-- ('skip', 'submit', or the place of an option), the selection shown with 'submit', message id, ms a
-- finished attempt lives, ms an unfinished one lives from its last answer on, who claims the next step.
-- A press already taken is 'repeated': the same reply as the first time, so that what it began can be finished.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
local press, position, what = ARGV[2], ARGV[3], ARGV[4]
local plan = get('q:' .. position)
if not plan or not in_its_chat() then return reply('invalid') end

local answered = get('a:' .. position)
if answered then
  claim(next_step(), ARGV[9])
  if string.match(answered, '^(.-)|') == press then return reply('repeated') end
  return reply('late')
end

-- A press that was refused must not count when it is delivered again, even if it would be right by then.
local function refuse(outcome)
  add_to('x', press)
  return reply(outcome)
end
if get('state') ~= 'open' then return refuse('closed') end
if position ~= get('at') then return refuse('invalid') end

local kind, order = string.match(plan, '^[^|]*|[^|]*|([^|]*)|([^|]*)|')
local chosen
if what == 'skip' then
  chosen = '-'
elseif what == 'submit' and kind == 'multiple' then
  chosen = get('s:' .. position) or ''
  if chosen ~= ARGV[5] then return refuse('changed') end
  if chosen == '' then return refuse('empty') end
elseif kind ~= 'multiple' then
  local place = tonumber(what)
  if not place or place < 0 or place >= #order then return reply('invalid') end
  chosen = string.sub(order, place + 1, place + 1)
else
  return reply('invalid')
end

if is_in('x', press) then return reply('invalid') end
local opened = get('o:' .. position) or now
local took = math.max(0, now - opened)
redis.call('HSET', key, 'o:' .. position, opened,
  'a:' .. position, table.concat({press, chosen, now, took, ARGV[6]}, '|'))
local following = redis.call('HINCRBY', key, 'at', 1)
-- While the quiz is still being written, the next question may come yet.
if not get('q:' .. following) and not get('writing') then
  redis.call('HSET', key, 'state', 'done', 'ended', now)
  redis.call('PEXPIRE', key, ARGV[7])
  if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
else
  redis.call('PEXPIRE', key, ARGV[8])
  if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('PEXPIRE', KEYS[2], ARGV[8]) end
end
claim(next_step(), ARGV[9])
return reply('taken')
