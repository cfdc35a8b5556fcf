-- Do what is due by the clock, and take the step that is next if nobody else is taking it. ARGV: owner of the step.
if redis.call('EXISTS', key) == 0 then return reply('gone') end

local function is_due_at()
  local state = get('state')
  if state == 'lobby' and get('starts') then return math.min(number('starts'), number('until')) end
  -- A result that is not sent yet is followed by nothing, but if that lasts, the bot was away.
  if state == 'between' and not get('until') then return number('since') + number('pause') * 1000 end
  if state ~= 'asking' then return number('until') end
  local polls = 0
  if get('mode') == 'polls' then polls = POLL_MS end
  if get('closes') then return number('closes') + polls end
  -- Nobody has seen the question yet: it is not closed, but if that lasts, the bot was away.
  return number('since') + seconds(get('at')) * 1000
end

local function advance()
  if is_over() then return end
  local due, state = is_due_at(), get('state')
  if due == 0 or now < due then return end
  local late = now - due
  if state == 'paused' or (state == 'lobby' and not get('starts')) then return finish('stopped', 'left') end
  if late >= AWAY_MS and get('absence') == 'end' then
    set('away', late)
    return finish('stopped', 'away')
  end
  if late >= LATE_MS then
    set('away', late)
    if state == 'asking' then return ask(get('at')) end
    if state == 'lobby' then
      enter('lobby')
      set('until', now + LOBBY_MS)
      return unset('m:lobby')
    end
  end
  if state == 'lobby' then
    if number('players') == 0 then return finish('stopped', 'nobody') end
    return ask(0)
  end
  if state == 'asking' and get('closes') then return close() end
  if state == 'between' and get('until') then return following() end
end

advance()
return reply(claim(ARGV[1]))
