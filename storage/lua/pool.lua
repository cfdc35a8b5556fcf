-- What the scripts of a pool begin with.
-- KEYS: about, order, questions, statistics, withdrawn, reports; then what the script says. ARGV: ms a pool lives since
-- it was last used, then what the script says.
-- order holds the ids of the questions that may be asked, by when they came; questions those of the withdrawn too.
local ABOUT, ORDER, QUESTIONS, STATISTICS, WITHDRAWN, REPORTS = 1, 2, 3, 4, 5, 6

local function live_on()
  for place = ABOUT, REPORTS do redis.call('PEXPIRE', KEYS[place], ARGV[1]) end
end
