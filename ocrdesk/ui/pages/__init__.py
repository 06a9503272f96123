"""The pages of a batch as grid and table, and what can be done with them."""
