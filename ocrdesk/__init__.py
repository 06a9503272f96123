"""ocrdesk reads folders of scans into text, offline."""

from ocrdesk import environment as environment

__version__ = "0.1.0"
