"""Opens pictures and folders in other programs, which get the environment that ocrdesk itself was given."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from ocrdesk import environment
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.notices import NoticeBar

# Of Windows and macOS the programs are named by their whole path: Windows looks for others in the working directory.
_EXPLORER = os.environ.get("SYSTEMROOT", r"C:\Windows") + r"\explorer.exe"
_OPEN = "/usr/bin/open"
_OPENER = "xdg-open"


def open_outside(path: Path) -> bool:
    """Opens a file or a folder in the program that the system has for it; tells whether one could be started."""
    if sys.platform == "win32":
        return _start(_EXPLORER, native=f'"{path}"')
    if sys.platform == "darwin":
        return _start(_OPEN, str(path))
    address = path.absolute().as_uri()  # names that are no UTF-8 survive in it
    opener = QStandardPaths.findExecutable(_OPENER)
    if opener:
        return _start(opener, address)
    return QDesktopServices.openUrl(QUrl(address))  # may know a way where that is not installed


def show_folder(path: Path, notices: NoticeBar) -> None:
    """Opens a folder, or that of a file, with the file selected where the system can do that."""
    folder = path if path.is_dir() else path.parent
    if sys.platform == "win32":
        _start(_EXPLORER, native=f'/select,"{path}"')
    elif sys.platform == "darwin":
        _start(_OPEN, "-R", str(path))
    elif not open_outside(folder):
        notices.warn(_("No file manager could be started. The folder is “{folder}”.").format(folder=folder))


def _start(program: str, *arguments: str, native: str = "") -> bool:
    """Starts a program that outlives this one and holds nothing of its terminal.

    Args:
        program: Its whole path.
        arguments: What it is given.
        native: What it is given on Windows, quoted as it wants that itself.
    """
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    if sys.platform == "win32":
        process.setNativeArguments(native)
    process.setProcessEnvironment(given_environment())
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    return bool(process.startDetached())


def given_environment() -> QProcessEnvironment:
    """The environment that the program was given; variables that it left alone stay the very bytes they were."""
    variables = QProcessEnvironment.systemEnvironment()
    for name in {*os.environ, *environment.GIVEN}:
        value = environment.GIVEN.get(name)
        if value is None:
            variables.remove(name)
        elif value != os.environ.get(name):
            variables.insert(name, value)
    return variables
