"""Finds the pages of a batch that match a filter, in a given order, and texts that contain given words."""

import json
import os
from collections.abc import Callable, Sequence
from itertools import groupby

from ocrdesk.engine.document import FolderOfPages
from ocrdesk.engine.library.connection import Connection, folded
from ocrdesk.engine.library.rows import FILTERS, PageFilter, PageOrder

_HAS = "({0} LIKE :like ESCAPE '\\' OR (length({0}) < length(CAST({0} AS BLOB)) AND instr(folded({0}), :words)))"
"""LIKE treats A and a as the same letter, but not É and é. So texts with more than ASCII are also compared in Python,
which is slower."""


def find_pages(
    connection: Connection,
    batch_id: int,
    show: PageFilter,
    order: PageOrder,
    descending: bool,
    among: Sequence[int] | None,
    with_page: int | None,
    is_over: Callable[[], bool],
) -> list[int]:
    """Returns the pages of a batch that match a filter, in order; takes the same arguments as ``Library.page_ids``."""
    where = FILTERS[show]
    if among is not None:
        where += " AND id IN (SELECT value FROM json_each(:among))"
    if with_page is not None:
        where = f"(id = :with_page OR {where})"
    direction = "DESC" if descending else "ASC"
    rows = connection.search(
        "SELECT json_group_array(id) FROM "
        f"(SELECT id FROM page WHERE batch_id = :batch AND {where} ORDER BY {order.value} {direction}, position)",
        is_over,
        batch=batch_id,
        among=json.dumps(among),
        with_page=with_page,
    )
    return [page_id for row in rows for page_id in json.loads(row[0])]  # no row: it is over


def find_folders(
    connection: Connection, batch_id: int, page_ids: Sequence[int], is_over: Callable[[], bool]
) -> list[FolderOfPages]:
    """Returns the folders that pages lie in, in the order of the pages."""
    names = "SELECT json_group_array(id), json_group_array(name) FROM page WHERE batch_id = :batch"
    rows = connection.search(names, is_over, batch=batch_id)
    named = [page for ids, names in rows for page in zip(json.loads(ids), json.loads(names), strict=True)]
    folders = {page_id: name.replace(os.sep, "/").rpartition("/")[0] for page_id, name in named}
    in_order = (folders[page_id] for page_id in page_ids if page_id in folders)  # others were removed meanwhile
    return [FolderOfPages(name, sum(1 for _ in pages)) for name, pages in groupby(in_order)]


def contains(column: str) -> str:
    """Returns the SQL for whether a column contains words, in ``Connection.search``; its values: ``as_sought``."""
    return _HAS.format(column)


def as_sought(words: str) -> dict[str, str]:
    """Returns the values for ``contains``."""
    words = folded(words.strip())
    return {"words": words, "like": f"%{_escaped(words)}%"}


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
