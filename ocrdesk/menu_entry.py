"""Puts the program into the desktop's menu, and takes it out again.

That is a menu entry, icons, the type of saved batches, and “Read with ocrdesk” on folders in file managers. Installers
do this for all users; this does it for one, after an installation by pip, pipx or uv. It follows the specifications
of freedesktop.org for desktop entries, icon themes and shared MIME information.
"""

import shlex
import shutil
import sys
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import escape

from ocrdesk import environment
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.own_process import call
from ocrdesk.engine.words import N_, _, in_all_languages
from ocrdesk.resources import desktop_folder, icons_folder, program_file

NAME = "io.github.ocrdesk.ocrdesk"
BATCH_FILE_TYPE = "application/x-ocrdesk-batch"

_TYPES = (
    BATCH_FILE_TYPE, "application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp", "image/bmp", "image/gif",
    "image/jp2", "image/heif", "image/heic", "image/avif",
)  # fmt: skip
_GENERIC_NAME = N_("Text recognition")
_COMMENT = N_("Read the text in scans, photos and receipts")
_KEYWORDS = N_("OCR;scan;scanner;text;recognition;PDF;receipt;archive;")
_BATCH_FILE = N_("Saved ocrdesk batch")
_READ_FOLDER = N_("Read with ocrdesk")

_RENEW = (
    ("update-desktop-database", "applications"), ("update-mime-database", "mime"),
    ("gtk-update-icon-cache", "--ignore-theme-index", "--quiet", "icons/hicolor"),
)  # fmt: skip
"""Programs that renew what desktops keep of such files, where they are installed; the last word is their folder."""

_LONGEST_RENEWAL = 20.0
"""Seconds."""


def command_of_program() -> list[str]:
    """Returns the command that starts this program as it was installed."""
    if (program := program_file()) is not None:
        return [str(program)]
    script = Path(sys.executable).parent / "ocrdesk"
    return [str(script)] if script.exists() else [sys.executable, "-P", "-m", "ocrdesk"]


def user_folder() -> Path:
    """Returns the folder in which desktops look for what a user installed."""
    given = Path(environment.GIVEN.get("XDG_DATA_HOME") or "")
    return given if given.is_absolute() else Path.home() / ".local" / "share"


def is_in_menu() -> bool:
    """Whether the program is in the menu already, for this user or for all."""
    given = environment.GIVEN.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [user_folder(), *map(Path, filter(None, given.split(":")))]
    return any((folder / _ENTRY).exists() for folder in folders)


_ENTRY = PurePosixPath("applications", f"{NAME}.desktop")


def files(command: list[str]) -> dict[PurePosixPath, bytes]:
    """Returns the files to install, by their places in a folder such as ``~/.local/share``.

    Args:
        command: What starts the program.
    """
    entry = [
        "[Desktop Entry]", "Type=Application", "Name=ocrdesk", *_said("GenericName", _GENERIC_NAME),
        *_said("Comment", _COMMENT), *_said("Keywords", _KEYWORDS), f"Exec={_quoted(command)} %F", f"Icon={NAME}",
        "Terminal=false", "Categories=Graphics;Scanning;OCR;Qt;", f"MimeType={';'.join(_TYPES)};",
        "StartupNotify=true", "StartupWMClass=ocrdesk",
    ]  # fmt: skip
    made = {_ENTRY: _lines(entry), PurePosixPath("mime/packages", f"{NAME}.xml"): _mime_type(), **_on_folders(command)}
    of_type = f"mimetypes/{BATCH_FILE_TYPE.replace('/', '-')}"
    for folder, target in (("program", f"apps/{NAME}"), ("batch-file", of_type)):
        for picture in (desktop_folder() / folder).glob("*.png"):
            size = f"{picture.stem}x{picture.stem}"
            made[PurePosixPath("icons/hicolor", size, f"{target}.png")] = picture.read_bytes()
    scalable = PurePosixPath("icons/hicolor/scalable")
    made[scalable / f"apps/{NAME}.svg"] = (icons_folder() / "ocrdesk.svg").read_bytes()
    drawn = (desktop_folder() / "batch-file.svg").read_bytes()
    made[scalable / f"{of_type}.svg"] = drawn
    return made


def _said(key: str, text: str) -> list[str]:
    """An entry's lines of a text in all languages."""
    others = (f"{key}[{language}]={said}" for language, said in in_all_languages(text).items())
    return [f"{key}={text}", *others]


def _quoted(command: list[str]) -> str:
    """A command as entries want it: in double quotes, with what is special in these and in entries escaped."""

    def quoted(word: str) -> str:
        if not set(word) & set(" \t\n\"'\\><~|&;$*?#()`%"):
            return word
        for special in '\\"`$':
            word = word.replace(special, f"\\{special}")
        return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'

    return " ".join(map(quoted, command))


def _lines(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _mime_type() -> bytes:
    others = (
        f'    <comment xml:lang="{language}">{escape(said)}</comment>'
        for language, said in in_all_languages(_BATCH_FILE).items()
    )
    return _lines(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">',
            f'  <mime-type type="{BATCH_FILE_TYPE}">',
            f"    <comment>{escape(_BATCH_FILE)}</comment>", *others,
            '    <sub-class-of type="application/zip"/>', '    <glob pattern="*.ocrdesk"/>',
            "  </mime-type>", "</mime-info>",
        ]
    )  # fmt: skip


def _on_folders(command: list[str]) -> dict[PurePosixPath, bytes]:
    """Entries in the menus that file managers show for a folder.

    An application for folders would do as well, but on a computer that has not set one it would open all of them.
    """
    run, name = _quoted(command), f"{NAME}.folder"
    kde = [
        "[Desktop Entry]", "Type=Service", "MimeType=inode/directory;", "Actions=read;", "X-KDE-Priority=TopLevel", "",
        "[Desktop Action read]", *_said("Name", _READ_FOLDER), f"Icon={NAME}", f"Exec={run} %F",
    ]  # fmt: skip
    nemo = [
        "[Nemo Action]", *_said("Name", _READ_FOLDER), f"Comment={_COMMENT}", f"Exec={run} %F", f"Icon-Name={NAME}",
        "Selection=notnone", "Extensions=dir;", "Quote=double",
    ]  # fmt: skip
    others = [
        "[Desktop Entry]", "Type=Action", *_said("Name", _READ_FOLDER), f"Icon={NAME}", "Profiles=read;", "",
        "[X-Action-Profile read]", f"Exec={run} %F", "MimeTypes=inode/directory;",
    ]  # fmt: skip
    script = ["#!/bin/sh", f'exec {shlex.join(command)} "$@"']
    return {
        PurePosixPath("kio/servicemenus", f"{name}.desktop"): _lines(kde),
        PurePosixPath("nemo/actions", f"{name}.nemo_action"): _lines(nemo),
        PurePosixPath("file-manager/actions", f"{name}.desktop"): _lines(others),
        PurePosixPath("nautilus/scripts", _READ_FOLDER): _lines(script),
    }


def install() -> Path:
    """Puts the program into the user's menu; returns the file of the entry.

    Raises:
        OcrdeskError: This system has no such menu, or a file cannot be written.
    """
    _require_linux()
    folder = user_folder()
    try:
        write(folder, command_of_program())
    except OSError as error:
        raise OcrdeskError(
            _("The menu entry cannot be written ({strerror}). Make sure that you may write into {folder}.").format(
                strerror=error.strerror or error, folder=folder
            )
        ) from error
    _renew(folder)
    return folder / _ENTRY


def write(folder: Path, command: list[str]) -> None:
    """Writes the files of the menu entry into a folder such as ``~/.local/share`` or ``/usr/share``.

    Raises:
        OSError: One cannot be written.
    """
    for place, content in files(command).items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        # KDE and Nautilus only run what may be run.
        path.chmod(0o755 if place.parts[0] in ("kio", "nautilus") else 0o644)


def remove() -> bool:
    """Takes the program out of the user's menu, with every folder that is empty then; returns whether it was there.

    Raises:
        OcrdeskError: This system has no such menu, or a file cannot be removed.
    """
    _require_linux()
    folder, was_there = user_folder(), False
    try:
        for place in files(["ocrdesk"]):
            if (folder / place).exists():
                (folder / place).unlink()
                was_there = True
        if was_there:
            _renew(folder)
            _remove_what_is_empty(folder)
    except OSError as error:
        raise OcrdeskError(
            _("The menu entry cannot be removed: {strerror}. Remove {file} yourself.").format(
                strerror=error.strerror or error, file=folder / _ENTRY
            )
        ) from error
    return was_there


def _require_linux() -> None:
    if sys.platform in ("win32", "darwin"):
        raise OcrdeskError(_("On this system the installer puts ocrdesk into the menu. Use that."))


def _renew(folder: Path) -> None:
    """Lets desktops know of files that were added or removed."""
    for *command, within in _RENEW:
        if shutil.which(command[0]) and (folder / within).is_dir():
            call([*command, str(folder / within)], _LONGEST_RENEWAL)


def _remove_what_is_empty(folder: Path) -> None:
    """Removes the folders that ``install`` made and nothing is left in but what desktops make of such files."""
    packages = folder / "mime/packages"
    if packages.is_dir() and not any(packages.iterdir()):
        shutil.rmtree(folder / "mime")  # the rest of it is made of what was in that folder
    for cache in ("applications/mimeinfo.cache", "icons/hicolor/icon-theme.cache"):
        if not any(path.is_file() for path in (folder / cache).parent.rglob("*") if path != folder / cache):
            (folder / cache).unlink(missing_ok=True)
    made = {parent for place in files(["ocrdesk"]) for parent in place.parents if parent != PurePosixPath()}
    for place in sorted(made, key=lambda place: len(place.parts), reverse=True):
        if (folder / place).is_dir() and not any((folder / place).iterdir()):
            (folder / place).rmdir()
