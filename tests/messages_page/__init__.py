"""The page docs/messages.md: everything the bot says, as a phone shows it. `python -m tests.messages_page` writes it.

Its decks are small and its dice are loaded, so that the page changes when the bot's words do and not otherwise.
"""
