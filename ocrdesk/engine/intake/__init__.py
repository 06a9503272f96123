"""How pages come in: from files and folders, dropped, walked, watched, moved and locked."""
