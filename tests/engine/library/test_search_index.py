"""What the index has of each page, whatever becomes of the page."""
