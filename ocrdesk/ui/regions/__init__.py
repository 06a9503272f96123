"""What of a page is left out or alone is read: drawn, kept, followed."""
