"""A Telegram of one's own: a Bot API server, a control API and a terminal client."""
