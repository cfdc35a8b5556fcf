"""`quizbot doctor`: what it finds, in words, against real servers; it never shows a secret."""
