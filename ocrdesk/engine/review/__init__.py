"""Checking doubtful words one after another: which comes next, what it says, and what becomes of it."""
