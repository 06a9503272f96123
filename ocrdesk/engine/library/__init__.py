"""The library: one SQLite file that holds batches, pages and their checkpoints. All SQL is in this package."""

from ocrdesk.engine.library.library import Library, PageFilter, PageOrder

__all__ = ["Library", "PageFilter", "PageOrder"]
