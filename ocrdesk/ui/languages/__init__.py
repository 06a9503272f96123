"""The languages in which pages are read: ticked for batches and pages, and added as files."""
