"""The steps of a quiz, and what happens later."""
