"""How fast the bot answers, beside the leanest program that does the same and a plain python-telegram-bot one."""
