"""Makes pages of files and folders: dropped, walked, watched, moved and protected ones."""
