"""Quizzes that ship with the bot, and the function that reads them."""
