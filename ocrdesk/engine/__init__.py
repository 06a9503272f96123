"""Everything that reads, stores and arranges pages. It does not use Qt."""
