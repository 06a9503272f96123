"""ocrdesk reads folders of scans into text, offline."""

__version__ = "0.1.0"
