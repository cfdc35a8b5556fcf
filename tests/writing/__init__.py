"""Quizzes that a model writes while they are played: the real bot, the real client, a scripted provider."""
