"""Which pages of a batch pass a filter and have words in them, and in which order."""

from collections.abc import Callable

from ocrdesk.engine.library.connection import Connection, folded
from ocrdesk.engine.library.rows import FILTERS, PageFilter, PageOrder

_HAS = "({0} LIKE :like ESCAPE '\\' OR (length({0}) < length(CAST({0} AS BLOB)) AND instr(folded({0}), :words)))"
"""LIKE takes A and a for the same letter, but not É and é. Python is asked about texts that are not plain ASCII only,
which takes longer."""


def find_pages(
    connection: Connection,
    batch_id: int,
    show: PageFilter,
    order: PageOrder,
    descending: bool,
    containing: str,
    doubtful_below: float,
    is_over: Callable[[], bool],
) -> list[int]:
    """The pages of a batch that pass a filter, in order; arguments as in ``Library.page_ids``."""
    where = f"batch_id = :batch AND {FILTERS[show]}"
    words = folded(containing.strip())
    if words:
        in_lines = f"EXISTS (SELECT 1 FROM line WHERE page_id = page.id AND {_HAS.format('text')})"
        where += f" AND ({_HAS.format('name')} OR {in_lines})"
    direction = "DESC" if descending else "ASC"
    rows = connection.search(
        f"SELECT id FROM page WHERE {where} ORDER BY {order.value} {direction}, position",
        is_over,
        batch=batch_id,
        doubtful_below=doubtful_below,
        words=words,
        like=f"%{_escaped(words)}%",
    )
    return [row[0] for row in rows]


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
