"""Builds the objects of the program with a window: folders, log, library, runner, window; nothing else does that."""

import ctypes
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import shiboken6
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWidgets import QApplication

from ocrdesk import __version__
from ocrdesk.engine import private
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import LibraryInUse, OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.engine.words import _
from ocrdesk.garbage import Garbage
from ocrdesk.interrupts import LAST_SECONDS, Interrupts
from ocrdesk.places import LOG_NAME, Places, tighten
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import FAST, QUIET, Settings, load_settings
from ocrdesk.terminal import LogLines, say
from ocrdesk.ui.desk.batch_model import BatchModel
from ocrdesk.ui.desk.chosen import Chosen
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import History
from ocrdesk.ui.desk.removals import Removals
from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.icons import program_icon
from ocrdesk.ui.kit.language import speak
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.questions import last_words
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.kit.under_way import UnderWay
from ocrdesk.ui.window import closing
from ocrdesk.ui.window.main_window import MainWindow
from ocrdesk.ui.window.menus import make_actions
from ocrdesk.ui.window.second_start import SecondStarts, hand_over
from ocrdesk.ui.window.starting import open_when_free
from ocrdesk.uncaught import Uncaught

log = logging.getLogger(__name__)

Begin = Callable[[MainWindow], None]
"""What a window does once it is shown."""


def open_window(places: Places, paths: Sequence[Path], interrupts: Interrupts | None = None) -> int:
    """Opens the window, adds files and folders, and runs until it is closed; returns the exit status.

    Args:
        places: Where the library, the settings and the log are.
        paths: Files and folders to add.
        interrupts: Closes the window.

    Raises:
        OcrdeskError: The system lacks what a window needs.
    """
    interrupts = interrupts or Interrupts()
    _require_window_system()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("ocrdesk")
    app.setApplicationDisplayName("ocrdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("io.github.ocrdesk.ocrdesk")
    app.setWindowIcon(program_icon())
    app.setQuitOnLastWindowClosed(False)  # a hidden window may still be finishing its work
    tighten(places)
    begin: Begin | None = partial(MainWindow.begin, paths=paths)
    status = 0
    try:
        _log_to(places.log)
        while begin is not None:
            status, begin = _run_window(app, places, interrupts, begin)
    except OcrdeskError as error:
        if isinstance(error, LibraryInUse) and hand_over(places.library, paths):
            return 0
        say(f"ocrdesk: {error}")
        with interrupts.told(partial(QMetaObject.invokeMethod, app, "quit", Qt.ConnectionType.QueuedConnection)):
            last_words(str(error))
        return 2
    return status


def _run_window(app: QApplication, places: Places, interrupts: Interrupts, begin: Begin) -> tuple[int, Begin | None]:
    """Runs one window until it is closed.

    Args:
        app: The program.
        places: Where the library, the settings and the log are.
        interrupts: Closes the window.
        begin: What the window does first.

    Returns:
        The exit status; and what the next window does first, if this one was closed to be built anew.

    Raises:
        OcrdeskError: The library cannot be opened.
    """
    settings = load_settings(places.settings)
    speak(app, settings.language)
    apply_appearance(app, settings.appearance)
    library = open_when_free(partial(Library, places.library), interrupts)
    if library is None:
        return 0, None
    decoder = Decoder()

    def maker(settings: Settings) -> Callable[[], Recognizer]:
        return maker_of(settings, places, say=lambda words: runner.noticed.emit(words))

    runner = BatchRunner(library, decoder, maker(settings), settings.workers_here, quiet=settings.mode == QUIET)
    desk = desk_of(library, decoder, runner, places)
    window = MainWindow(desk, settings, maker)

    def end(has_all_ended: bool) -> None:
        if not has_all_ended:
            log.warning("The program leaves although something has not ended")
            logging.shutdown()
            interrupts.leave(0)
        app.exit(0)

    window.closing.over.connect(end)
    close = partial(QMetaObject.invokeMethod, window, "close", Qt.ConnectionType.QueuedConnection)
    with Garbage(), Uncaught(partial(_tell, desk)), interrupts.told(close, runner.give_up):
        window.show()
        begin(window)
        SecondStarts(places.library, window).asked.connect(window.come_forward)
        gc.freeze()  # these objects stay; scanning them for garbage would block the window for 40 ms at a time
        status = app.exec()
        have_tasks_ended = True
        if not window.closing.has_begun:  # the session ended without closing the window
            window.closing.close()
            have_tasks_ended = desk.tasks.wait(closing.LOOKS_SECONDS)
        if not runner.close(LAST_SECONDS) or not have_tasks_ended:
            interrupts.leave(status)
    decoder.close()
    library.close()
    if not window.comes_back or interrupts.wanted.is_set():
        return status, None
    batch_id = desk.chosen.batch_id
    gc.unfreeze()
    shiboken6.delete(window)  # or it would go on to follow the desktop
    return status, partial(MainWindow.go_on, batch_id=batch_id)


def desk_of(library: Library, decoder: Decoder, runner: BatchRunner, places: Places) -> Desk:
    """Makes the object with everything that the parts of the window share."""
    batches = BatchModel(library, runner)
    chosen = Chosen(batches, runner)
    notices, under_way, tasks = NoticeBar(), UnderWay(), Tasks()
    history = History(notices, under_way, tasks)
    return Desk(
        library,
        decoder,
        runner,
        places,
        Choices(places.settings),
        ThumbnailFiles(places.thumbnails),
        notices,
        under_way,
        tasks=tasks,
        acts=tasks.lane(),
        batches=batches,
        chosen=chosen,
        history=history,
        removals=Removals(library, runner, chosen, history),
        actions=make_actions(),
    )


def maker_of(settings: Settings, places: Places, say: Callable[[str], None]) -> Callable[[], Recognizer]:
    """Returns a factory of recognizers as in the settings; ``say`` is called if the device set there cannot be used."""
    return recognizer_maker(
        settings.recognizer,
        fast=settings.mode == FAST,
        device=settings.device,
        say=say,
        kept=places.models,
        packs=places.languages,
    )


class _LogFile(RotatingFileHandler):
    """A private log file, because it names documents. What cannot be written, on a full disk say, is dropped."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, opener=private.opener)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        pass


def _log_to(folder: Path) -> None:
    try:
        private.make_folder(folder)
        handler = _LogFile(folder / LOG_NAME, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError as error:
        say(_("ocrdesk: no log can be kept in “{folder}” ({strerror}).").format(folder=folder, strerror=error.strerror))
        return
    handler.setFormatter(LogLines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log.info("ocrdesk %s, Python %s", __version__, sys.version.split()[0])


def _tell(desk: Desk, error: BaseException) -> None:
    """Reports an uncaught error to the user."""
    log.critical("Unexpected error", exc_info=error)
    if isinstance(error, OcrdeskError):
        desk.notices.warn(str(error))
    else:
        desk.notices.warn(
            _("Something went wrong inside ocrdesk. What was read is kept; the log tells more."),
            [(_("Show log"), partial(desk.actions.call, "show_log"))],
        )


def _require_window_system() -> None:
    """Raises an error if a library of Qt's X11 plug-in is missing, because Qt would just abort the program."""
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
            _(
                "The window needs {missing}. On Debian and Ubuntu: sudo apt install {packages}. “ocrdesk run "
                "PATH…” reads without a window."
            ).format(missing=", ".join(missing), packages=" ".join(missing))
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
