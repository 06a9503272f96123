"""Searching every batch: what is typed, what was found, and the way from one place to the next."""
