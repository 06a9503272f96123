"""The list of batches, and what can be done with one."""
