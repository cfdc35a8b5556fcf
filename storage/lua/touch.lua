-- Read an attempt and take its next step if nobody else is taking it. ARGV: owner of the step.
if redis.call('EXISTS', key) == 0 then return reply('gone') end
local step = next_step()
if step == 'score' and get('score') then return reply('done') end
return reply(claim(step, ARGV[1]))
