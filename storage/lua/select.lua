-- Switch one option of a question with several right answers on or off.
-- ARGV: press id, position, place of the option, '1' for on or '0' for off, who claims the next step.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
local position = ARGV[2]
local plan = get('q:' .. position)
if not plan then return reply('invalid') end
if get('a:' .. position) then
  claim(next_step(), ARGV[5])
  return reply('late')
end
-- An old press delivered again must not undo what was pressed after it, nor do what was refused before.
local first = add_to('t:' .. position, ARGV[1])
if get('state') ~= 'open' then return reply('closed') end
local kind, order = string.match(plan, '^[^|]*|[^|]*|([^|]*)|([^|]*)|')
local place = tonumber(ARGV[3])
if position ~= get('at') or kind ~= 'multiple' or place < 0 or place >= #order then return reply('invalid') end
if not first then return reply('selected') end

local option = string.sub(order, place + 1, place + 1)
local selected = get('s:' .. position) or ''
local kept = {}
for each in string.gmatch(order, '.') do
  local on = string.find(selected, each, 1, true)
  if each == option then on = ARGV[4] == '1' end
  if on then kept[#kept + 1] = each end
end
table.sort(kept)
redis.call('HSET', key, 's:' .. position, table.concat(kept))
if not get('o:' .. position) then redis.call('HSET', key, 'o:' .. position, now) end
return reply('selected')
