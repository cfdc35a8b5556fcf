-- Somebody is ready; the round begins when so many are. KEYS: round, players, names. ARGV: chat, user, name, ms to live.
if redis.call('EXISTS', key) == 0 then return {'gone', now, {}} end
if ARGV[1] ~= get('chat') then return {'elsewhere', now, {}} end
local function answer(outcome, joined)
  return {outcome, now, {'language', get('language'), 'players', get('players'), 'joined', joined and '1' or '0'}}
end
if is_over() then return answer('closed') end
local _, joined = join(ARGV[2], ARGV[3], ARGV[4])
if get('state') ~= 'lobby' then return answer('running', joined) end
local quorum = number('quorum')
if quorum > 0 and number('players') >= quorum then
  ask(0)
  return answer('started', joined)
end
return answer('ready', joined)
