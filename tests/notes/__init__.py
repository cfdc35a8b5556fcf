"""Quizzes from what students send, played through the real bot."""
