"""Text recognition: turns pictures into lines of text."""
