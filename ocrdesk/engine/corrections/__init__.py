"""What a person corrected in the text of pages: made, laid over the lines, and found in another reading."""
