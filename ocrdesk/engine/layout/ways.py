"""The ways in which the lines of a page can be read one after the other."""

from enum import StrEnum


class Way(StrEnum):
    """A way of reading."""

    AUTO = "auto"
    """Columns of prose one after the other, tables and receipts row by row."""

    COLUMNS = "columns"
    """Whatever stands side by side is read one after the other, from the left."""

    SINGLE = "single"
    """One column: what stands side by side belongs to one line."""

    ROWS = "rows"
    """Row by row, cells parted by tabs: receipts, tables."""

    DETECTED = "detected"
    """As the lines were found."""
