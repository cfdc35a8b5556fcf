-- Ask a question nobody any more. ARGV: ms to live, id, why.
local was_there = redis.call('ZREM', KEYS[ORDER], ARGV[2])
if was_there == 1 then redis.call('HSET', KEYS[WITHDRAWN], ARGV[2], ARGV[3]) end
live_on()
return {was_there}
