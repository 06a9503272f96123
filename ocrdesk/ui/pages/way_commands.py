"""How the lines of pages and batches are put in order, and what of them counts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.document import Way
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.ui.kit.actions import Actions, menu_of
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.notices import NoticeBar


class WayCommands(QObject):
    """Does what the actions of the reading order say. No page is read again for it.

    Attributes:
        pages_changed: Pages of the selected batch have another text.
    """

    pages_changed = Signal()

    def __init__(
        self,
        window: QObject,
        actions: Actions,
        library: Library,
        errands: Errands,
        notices: NoticeBar,
        chosen_batch: Callable[[], int | None],
        chosen_pages: Callable[[], list[int]],
    ) -> None:
        super().__init__(window)
        self._texts, self._page_ids = library.texts, library.page_ids
        self._errands = errands
        self._acts = Errands(self)
        self._notices = notices
        self._chosen_batch = chosen_batch
        self._chosen_pages = chosen_pages
        self._page_menu, self._batch_menu = menu_of(actions.page_way), menu_of(actions.batch_way)
        self._page_menu.aboutToShow.connect(self._check_page_way)
        self._batch_menu.aboutToShow.connect(self._check_batch_way)
        self._page_menu.triggered.connect(lambda action: self.read_pages(_way(action.data())))
        self._batch_menu.triggered.connect(lambda action: self.read_batch(Way(action.data())))

    def read_pages(self, way: Way | None) -> None:
        """Reads the chosen pages in a way of their own, or as their batch."""
        page_ids = self._chosen_pages()
        keep = partial(self._texts.read_pages, page_ids, way)
        self._acts.run(keep, lambda _: self._follow(page_ids), self._sorry, at_once=True)

    def read_batch(self, way: Way) -> None:
        """Reads the chosen batch in another way."""
        if (batch_id := self._chosen_batch()) is not None:
            self._texts.read_batch(batch_id, way)
            self.follow_batch(batch_id)

    def follow_batch(self, batch_id: int) -> None:
        """Shows that the texts of a batch are others: the page looked at now, the lists as soon as they are ready."""
        self._follow(self._page_ids(batch_id))

    def _follow(self, page_ids: list[int]) -> None:
        self.pages_changed.emit()
        renew = partial(self._texts.renew, page_ids, self._errands.stop.is_set)
        self._errands.run(renew, lambda _: self.pages_changed.emit(), self._sorry)

    def _sorry(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))

    def _check_page_way(self) -> None:
        ways = self._texts.ways_of(self._chosen_pages())
        for action in self._page_menu.actions():
            action.setChecked(ways == {_way(action.data())})
            action.setEnabled(bool(ways))

    def _check_batch_way(self) -> None:
        batch_id = self._chosen_batch()
        way = self._texts.way_of(batch_id) if batch_id is not None else None
        for action in self._batch_menu.actions():
            action.setChecked(action.data() == way)
            action.setEnabled(batch_id is not None)


def _way(kept: str | None) -> Way | None:
    """What an action carries; Qt gives a Way back as the text that it is."""
    return Way(kept) if kept is not None else None
