-- Begin a round in its lobby, unless this id was begun before. ARGV: owner of the first step, ms to live, then fields.
if redis.call('EXISTS', key) == 1 then
  if not is_over() then claim(ARGV[1]) end
  return reply('repeated')
end
for field = 3, #ARGV, 2 do set(ARGV[field], ARGV[field + 1]) end
set('state', 'lobby', 'at', 0, 'turn', 0, 'since', now, 'began', now, 'players', 0, 'until', now + LOBBY_MS)
redis.call('PEXPIRE', key, ARGV[2])
claim(ARGV[1])
return reply('started')
