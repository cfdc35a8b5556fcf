"""File formats of quizzes, one file each."""
