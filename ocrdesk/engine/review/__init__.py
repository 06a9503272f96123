"""Checking what is doubtful: word by word, and many at once."""
