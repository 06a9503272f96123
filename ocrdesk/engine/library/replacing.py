"""Finds places in which something is to be replaced, and has them corrected, page by page."""

from collections.abc import Callable, Iterable
from itertools import groupby

from ocrdesk.engine.corrections.replacing import Place, Sought, places_in
from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.corrections import Corrections, Former
from ocrdesk.engine.library.texts import PageTexts


class Replacing:
    """Replaces in the texts of pages; a part of the library."""

    def __init__(self, connection: Connection, texts: PageTexts, corrections: Corrections) -> None:
        self._connection = connection
        self._texts = texts
        self._corrections = corrections

    def find(
        self,
        sought: Sought,
        batch_id: int | None = None,
        page_id: int | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> list[Place]:
        """Returns the places in which something is to be replaced, page by page in the order shown.

        Args:
            sought: What is to be replaced.
            batch_id: The batch; None: all batches.
            page_id: The page; None: all pages of them.
            is_over: Called now and then; if it returns True, the rest is left out.
        """
        rows = self._connection.search(
            "SELECT page.id FROM page JOIN batch ON batch.id = batch_id WHERE hidden = 0 AND status = 'done' "
            "AND (:batch IS NULL OR batch_id = :batch) AND (:page IS NULL OR page.id = :page) "
            "AND (EXISTS (SELECT 1 FROM line WHERE page_id = page.id AND text LIKE :like ESCAPE '\\') "
            "OR (corrected > 0 AND "
            "EXISTS (SELECT 1 FROM correction WHERE page_id = page.id AND after LIKE :like ESCAPE '\\'))) "
            "ORDER BY batch_id DESC, position",
            is_over,
            batch=batch_id,
            page=page_id,
            like=sought.like,
        )
        places: list[Place] = []
        for row in rows:
            if is_over():
                break
            places += places_in(row["id"], self._texts.of(row["id"]).lines, sought)
        return places

    def keep(self, places: Iterable[Place]) -> list[Former]:
        """Replaces in some places, page by page; a page that was removed meanwhile is left out.

        Returns:
            What the pages had before, for ``put_back``.

        Raises:
            LibraryError: It could not be stored; then nothing is replaced, as far as it can be put back.
        """
        former: list[Former] = []
        try:
            for page_id, some in groupby(places, key=lambda place: place.page_id):
                try:
                    former.append(self._corrections.keep(page_id, *(place.change for place in some)))
                except Gone:
                    continue
        except BaseException:
            self.put_back(former)
            raise
        return former

    def put_back(self, former: Iterable[Former]) -> list[Former]:
        """Gives pages the corrections back that they had; returns what they had until now.

        Raises:
            LibraryError: It could not be stored.
        """
        now: list[Former] = []
        for page in former:
            try:
                now.append(self._corrections.put_back(page))
            except Gone:
                continue
        return now
