-- Take a press, or a vote in a poll, as a player's answer to the open question.
-- KEYS: round, players, names, answers to the question. ARGV: chat (empty: a poll's is not known), user, name, press,
-- position, 'b' and the place of an option or 'p' and all places separated by commas, ms to live.
-- An answer is 'options|ms taken|presses': the latest presses, so that none counts a second time.
if redis.call('EXISTS', key) == 0 then return {'gone', now, {}} end
local user, press, at, what = ARGV[2], ARGV[4], ARGV[5], ARGV[6]
local planned = get('q:' .. at)
if not planned then return {'invalid', now, {}} end
local kind, order = string.match(planned, '^[^|]*|[^|]*|([^|]*)|([^|]*)|')

local function answer(outcome, chosen, joined)
  local question = string.match(planned, '^([^|]*)')
  return {outcome, now, {'language', get('language'), 'quiz', get('quiz'), 'version', get('version'),
    'question', question, 'order', order, 'chosen', chosen or '', 'change', get('change'),
    'joined', joined and '1' or '0'}}
end

if ARGV[1] ~= '' and ARGV[1] ~= get('chat') then return answer('elsewhere') end
local numbered = redis.call('HGET', KEYS[2], user)
local before = numbered and redis.call('HGET', KEYS[4], numbered)
local chosen, took, presses = '', '0', ''
if before then
  chosen, took, presses = string.match(before, '^([^|]*)|(%d+)|(.*)$')
  if string.find(',' .. presses, ',' .. press .. ',', 1, true) then return answer('repeated', chosen) end
end
if is_over() then return answer('closed') end
if get('state') == 'paused' then return answer('paused') end
if get('state') ~= 'asking' or at ~= get('at') then return answer('late') end
local is_vote = string.sub(what, 1, 1) == 'p'
if not is_vote and get('closes') and now >= number('closes') then return answer('late') end

local now_chosen
if is_vote then
  now_chosen = ''
  for place in string.gmatch(string.sub(what, 2), '%d+') do
    now_chosen = now_chosen .. string.sub(order, place + 1, place + 1)
  end
else
  local place = tonumber(string.sub(what, 2))
  if not place or place < 0 or place >= #order then return answer('invalid') end
  local option = string.sub(order, place + 1, place + 1)
  if kind == 'multiple' then
    now_chosen = string.find(chosen, option, 1, true) and string.gsub(chosen, option, '') or chosen .. option
  elseif before and get('change') ~= '1' then
    return answer('final', chosen)
  else
    now_chosen = option
  end
end

open(at)
local joined
numbered, joined = join(user, ARGV[3], ARGV[7])
if now_chosen ~= chosen then took = math.max(0, now - number('o:' .. at)) end
presses = string.sub(presses .. press .. ',', -500)
redis.call('HSET', KEYS[4], numbered, now_chosen .. '|' .. took .. '|' .. presses)
redis.call('PEXPIRE', KEYS[4], ARGV[7])
return answer('taken', now_chosen, joined)
