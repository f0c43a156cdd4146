"""Interviews and quizzes, drawn from a pack."""
