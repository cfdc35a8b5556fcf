"""What is served over HTTP: the webhook that Telegram posts to, and how the bot is."""
