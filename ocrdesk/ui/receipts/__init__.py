"""The receipts of a batch as a table: each value beside its strip of the picture, and what they add up to."""
