"""Everything that reads, keeps and arranges pages. Knows no Qt."""
