"""Pictures of the screen where programs must ask the desktop for them, as under Wayland: by the XDG desktop portal."""

import logging
import secrets
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

log = logging.getLogger(__name__)

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SCREENSHOT, REQUEST = "org.freedesktop.portal.Screenshot", "org.freedesktop.portal.Request"

PATIENCE = 60_000
"""Milliseconds: the desktop may ask the person for leave, who may be away."""

_GRANTED, _CANCELLED = 0, 1


class Portal(QObject):
    """Asks once for a picture of all screens.

    Attributes:
        answered: Carries the path of the picture, a file that is the program's to remove; empty where the person
            refused, or no picture can be had.
        refused: The person wants no picture to be taken.
    """

    answered = Signal(str)
    refused = Signal()

    def __init__(self, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus or QDBusConnection.sessionBus()
        self._is_over = False
        self._call: QDBusPendingCallWatcher | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(lambda: self._fail("no answer"))

    def ask(self) -> None:
        """Asks the desktop; it answers later."""
        token = f"ocrdesk_{secrets.token_hex(4)}"
        sender = self._bus.baseService().removeprefix(":").replace(".", "_")
        request = f"{PATH}/request/{sender}/{token}"
        # Before the call, so that no answer is missed.
        self._bus.connect(SERVICE, request, REQUEST, "Response", self, SLOT("_answer(uint,QVariantMap)"))
        message = QDBusMessage.createMethodCall(SERVICE, PATH, SCREENSHOT, "Screenshot")
        message.setArguments(["", {"handle_token": token, "interactive": False}])
        self._call = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)
        self._call.finished.connect(self._on_called)
        self._patience.start()

    def _on_called(self, call: QDBusPendingCallWatcher) -> None:
        if call.isError():
            self._fail(call.error().message())

    @Slot("uint", "QVariantMap")
    def _answer(self, code: int, results: dict[str, object]) -> None:
        if code == _CANCELLED:
            self._end(self.refused.emit)
        elif code == _GRANTED and (path := QUrl(str(results.get("uri", ""))).toLocalFile()):
            self._end(lambda: self.answered.emit(path))
        else:
            self._fail(f"it answered {code} {results}")

    def _fail(self, why: str) -> None:
        log.warning("The desktop gave no picture of the screen: %s", why)
        self._end(lambda: self.answered.emit(""))

    def _end(self, tell: Callable[[], object]) -> None:
        if not self._is_over:
            self._is_over = True
            self._patience.stop()
            tell()
