"""What an update from Telegram does; one file per conversation."""
