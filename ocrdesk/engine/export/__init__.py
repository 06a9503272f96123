"""What was read, written for other programs."""
