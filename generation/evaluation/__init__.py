"""Makes quizzes to see how good they are: `quizbot eval`."""
