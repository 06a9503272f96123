"""Folders and files that are added, watched, looked for again."""
