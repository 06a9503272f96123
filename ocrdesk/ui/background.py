"""Work off the GUI thread that is no reading of pages: walking folders, loading pictures."""

from collections.abc import Callable

from PySide6.QtCore import QRunnable


class Background(QRunnable):
    """Calls a function in a thread of a pool."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()
