-- What every script about an attempt begins with, after one_hash.lua. KEYS[1] is the attempt.
-- A position p (from 0) has these fields: q:p the planned question, s:p the options switched on,
-- a:p the answer, m:p the message that asks it, o:p when it was opened, v:p set once its verdict is shown.
-- t:p lists the presses that would switch options, x the updates that would stop or resume and the presses
-- that were refused as answers; both keep the last of them.
-- w:p is a message that goes once question p is asked: it says that it is on its way, or is an older copy of it.
-- While a quiz is being written the field writing is there, wanted says how many questions were asked for; shortfall
-- says in the end why there are fewer.
-- c:STEP says who is taking a step: 'p' for asking question p, 'score'.
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

-- Give the step to the owner unless it is done or another owner holds it.
local function claim(step, owner)
  local done
  if step == 'score' then done = get('score') else done = get('m:' .. step) end
  if done then return 'done' end
  return hold(step, owner)
end

-- Whether an update asks for the first time: an old one delivered again must not undo what came after it.
local function first_time(id)
  return add_to('x', id)
end
