"""From pictures to lines of text."""
