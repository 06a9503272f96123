"""Builds the window's program: places, log, library, runner, window. The only place where objects are joined."""

import ctypes
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from ocrdesk import __version__
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.recognizer import Recognizer, recognizer_maker
from ocrdesk.interrupts import Interrupts
from ocrdesk.places import Places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import FAST, QUIET, Settings, load_settings
from ocrdesk.ui.dialogs import last_words
from ocrdesk.ui.icons import program_icon
from ocrdesk.ui.main_window import MainWindow
from ocrdesk.ui.theme import apply_appearance

log = logging.getLogger(__name__)

LAST_PAGES_SECONDS = 60
"""How long a closed window waits for the pages in flight."""


def open_window(places: Places, paths: Sequence[Path]) -> int:
    """Opens the window, adds files and folders, and runs until it is closed; gives the exit status.

    Raises:
        OcrdeskError: The system lacks what a window needs.
    """
    _require_window_system()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("ocrdesk")
    app.setApplicationDisplayName("ocrdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("io.github.ocrdesk.ocrdesk")
    app.setWindowIcon(program_icon())
    settings = load_settings(places.settings)
    apply_appearance(app, settings.appearance)
    try:
        _log_to(places.log)
        library = Library(places.library, doubtful_below=settings.doubtful_below)
    except OcrdeskError as error:
        print(f"ocrdesk: {error}", file=sys.stderr)
        last_words(str(error))
        return 2
    decoder = Decoder()

    def maker(settings: Settings) -> Callable[[], Recognizer]:
        return maker_of(settings, places, say=lambda words: runner.noticed.emit(words))

    runner = BatchRunner(library, decoder, maker(settings), settings.workers, quiet=settings.mode == QUIET)
    window = MainWindow(library, decoder, runner, places, settings, maker)
    sys.excepthook = _excepthook(window)
    window.show()
    window.begin(paths)
    gc.freeze()  # what is here stays: to look through all of it for garbage would hold the window for 40 ms at a time
    with Interrupts(window.close):
        status = app.exec()
    finished = runner.close(LAST_PAGES_SECONDS)
    decoder.close()
    library.close()
    if not finished:  # a page hangs; it is taken up at the next start
        log.warning("A page was still being read %s s after the window was closed", LAST_PAGES_SECONDS)
        logging.shutdown()
        os._exit(status)
    return status


def maker_of(settings: Settings, places: Places, say: Callable[[str], None]) -> Callable[[], Recognizer]:
    """Gives what makes recognizers as the settings say; tells in a sentence where they ask for what cannot be had."""
    return recognizer_maker(
        settings.recognizer, fast=settings.mode == FAST, device=settings.device, say=say, kept=places.models
    )


def _log_to(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "ocrdesk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError as error:
        print(f"ocrdesk: no log can be kept in “{folder}” ({error.strerror}).", file=sys.stderr)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log.info("ocrdesk %s, Python %s", __version__, sys.version.split()[0])


def _excepthook(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        log.critical("Unexpected error", exc_info=(kind, error, trace))
        if isinstance(error, OcrdeskError):
            window.notices.warn(str(error))
        else:
            window.notices.warn(
                "Something went wrong inside ocrdesk. What was read is kept; the log tells more.",
                [("Show log", window.actions_.show_log.trigger)],
            )

    return hook


def _require_window_system() -> None:
    """Qt ends the whole program when a library of its X11 plug-in is missing; better to say so first."""
    on_x11 = sys.platform.startswith("linux") and os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY")
    if not on_x11 or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return
    packages = {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    }
    missing = [package for library, package in packages.items() if not _loads(library)]
    if missing:
        raise OcrdeskError(
            f"The window needs {', '.join(missing)}. On Debian and Ubuntu: sudo apt install {' '.join(missing)}. "
            "“ocrdesk run PATH…” reads without a window."
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
