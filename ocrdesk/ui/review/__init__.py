"""Words are checked here, one by one or in groups."""
