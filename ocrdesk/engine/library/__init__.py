"""The library: one SQLite file with batches, pages and their checkpoints. All SQL is in this package."""

from ocrdesk.engine.library.files import BatchFiles, MovedPage
from ocrdesk.engine.library.library import Library
from ocrdesk.engine.library.rows import PageFilter, PageOrder

__all__ = ["BatchFiles", "Library", "MovedPage", "PageFilter", "PageOrder"]
