"""Writes what was read in formats for other programs."""
