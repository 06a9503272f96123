"""A start while another ocrdesk with the same library is about to end."""

import time
from collections.abc import Callable

from PySide6.QtCore import QMetaObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QProgressBar

from ocrdesk.engine.errors import LibraryClosing, OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _
from ocrdesk.interrupts import Interrupts
from ocrdesk.ui.kit.dialog import NARROW, Dialog
from ocrdesk.ui.window.closing import PAGES_SECONDS

_MOST_SECONDS = 1.2 * PAGES_SECONDS
_LOOK = 100
"""Milliseconds between attempts."""


def open_when_free(open_library: Callable[[], Library], interrupts: Interrupts) -> Library | None:
    """Opens a library; where another program holds it that is about to end, waits for that under a small window.

    Returns:
        The library, or None if nobody wants to wait for it.

    Raises:
        OcrdeskError: It cannot be opened.
    """
    try:
        return open_library()
    except LibraryClosing:
        dialog = StillFinishing(open_library)
    reject = lambda: QMetaObject.invokeMethod(dialog, "reject", Qt.ConnectionType.QueuedConnection)  # noqa: E731
    with interrupts.told(reject):
        dialog.exec()
    if dialog.error is not None:
        raise dialog.error
    return dialog.library


class StillFinishing(Dialog):
    """Says what is being waited for, and tries again and again.

    Attributes:
        library: The library, once it could be opened.
        error: Why it cannot be opened.
    """

    def __init__(self, open_library: Callable[[], Library]) -> None:
        words = _("It opens again as soon as they are done.")
        super().__init__(_("ocrdesk is still finishing its last pages…"), words, width=NARROW)
        self.setObjectName("stillFinishing")
        self.library: Library | None = None
        self.error: OcrdeskError | None = None
        self._open_library = open_library
        self._end = time.monotonic() + _MOST_SECONDS
        busy = QProgressBar()
        busy.setRange(0, 0)
        busy.setTextVisible(False)
        self.content.addWidget(busy)
        self.add_cancel()
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._try)
        self._timer.start()

    @Slot()
    def _try(self) -> None:
        try:
            self.library = self._open_library()
        except LibraryClosing as error:
            if time.monotonic() < self._end:
                return
            self.error = error
        except OcrdeskError as error:
            self.error = error
        self._timer.stop()
        self.done(Dialog.DialogCode.Accepted)
