"""The command line: opens the window, or works without one. Data goes to stdout, everything else to stderr."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path

from ocrdesk import __version__
from ocrdesk.engine.document import Batch, ReadingOrder
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.catalogue import available_recognizers
from ocrdesk.engine.recognition.ppocr.devices import available_devices
from ocrdesk.engine.steering import harmless_json
from ocrdesk.engine.words import N_, _
from ocrdesk.engine.written_names import written_path
from ocrdesk.interrupts import INTERRUPTED, Interrupted, Interrupts
from ocrdesk.limits import MUCH, check_limits
from ocrdesk.places import Places, find_places, tighten
from ocrdesk.settings import MODES
from ocrdesk.terminal import (
    LogLines,
    Parser,
    given_path,
    leave_streams,
    prepare_streams,
    print_data,
    say,
    shown,
)

BAD_USE = 2

_EPILOG = N_("""\
ocrdesk PATH…        opens the window and adds the files and folders
ocrdesk run PATH…    reads them without a window
ocrdesk list         shows what is in the library
ocrdesk find WORDS   finds them in everything that was read
ocrdesk export WHAT… --format F --out DIR    writes it as text, tables or documents
ocrdesk save BATCH FILE    saves a batch as one file, to be opened on another computer
ocrdesk open FILE…   adds such files to the library
ocrdesk report WHAT… [--html FILE]    says what a batch is worth, and which pages to scan again
ocrdesk receipts WHAT… [--xlsx FILE]  writes date, total, shop and more of receipts as a table
ocrdesk check        tells whether the library and the index of its texts are sound; --mend indexes again what is not

Exit status of run: 0 all pages read, 1 some failed or were left, 2 wrong usage, 130 interrupted (run again to go on).
Exit status of find: 0 something was found, 1 nothing was, 2 wrong usage, 130 interrupted.
Exit status of export, save, open, report, receipts: 0 all files written or opened, 1 some failed, 2 wrong usage,
130 interrupted.
Exit status of check: 0 sound or mended, 1 not, 2 wrong usage, 130 interrupted.
""")


def main(arguments: Sequence[str] | None = None, interrupts: Interrupts | None = None) -> int:
    """Runs the program; returns its exit status.

    Args:
        arguments: The arguments after the program's name; None means those it was called with.
        interrupts: Ends the program; None means that it listens for interrupts itself.
    """
    prepare_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with nullcontext(interrupts) if interrupts is not None else Interrupts() as heard:
            heard.check()
            return _command(words, heard)
    except OcrdeskError as error:
        say(f"ocrdesk: {error}")
        return BAD_USE
    except Interrupted:
        return INTERRUPTED
    finally:
        leave_streams()


def _command(words: Sequence[str], interrupts: Interrupts) -> int:
    commands: dict[str, Callable[[Sequence[str], Interrupts], int]] = {
        "run": _run, "list": _list, "find": _find, "export": _export, "save": _save, "open": _open,
        "report": _report, "receipts": _receipts, "check": _check,
    }  # fmt: skip
    if words[:1] and words[0] in commands:
        # Errors that were recovered from only go to a log, which there is not without a window.
        said = logging.StreamHandler()
        said.setFormatter(LogLines("ocrdesk: %(message)s"))
        logging.basicConfig(level=logging.ERROR, handlers=[said])
        logging.captureWarnings(True)
        return commands[words[0]](words[1:], interrupts)
    return _window(_window_parser().parse_args(words), interrupts)


def _window_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="ocrdesk",
        description=_("Turns folders of scans into text, offline."),
        epilog=_(_EPILOG),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", type=given_path, metavar="PATH", help=_("files and folders to add"))
    parser.add_argument("--version", action="version", version=f"ocrdesk {__version__}")
    menu = parser.add_mutually_exclusive_group()
    menu.add_argument("--install-desktop", action="store_true", help=_("put ocrdesk into the menu of your desktop"))
    menu.add_argument("--remove-desktop", action="store_true", help=_("take it out of the menu again"))
    _add_library(parser)
    return parser


def _run_parser() -> argparse.ArgumentParser:
    from ocrdesk.cli.export import add_options

    parser = Parser(
        prog="ocrdesk run",
        description=_("Reads files and folders without a window; picks up where it was stopped."),
    )
    parser.add_argument("paths", nargs="+", type=given_path, metavar="PATH")
    parser.add_argument(
        "--workers",
        type=_count,
        default=0,
        metavar="N",
        help=_("how many pages to read at once, 64 at most (default: one per core)"),
    )
    parser.add_argument(
        "--jsonl", metavar="FILE", help=_("write a line of JSON for each page to this file (-: standard output)")
    )
    parser.add_argument("--retry-failed", action="store_true", help=_("also retry pages that failed before"))
    parser.add_argument("--recognizer", choices=available_recognizers(), help=_("text recognition to use"))
    parser.add_argument("--mode", choices=MODES, help=_("best text, more pages a minute, or least in the way"))
    parser.add_argument("--device", choices=available_devices(), help=_("what the models run on (auto: the fastest)"))
    parser.add_argument(
        "--order",
        "--way",
        dest="reading_order",
        choices=list(ReadingOrder),
        type=ReadingOrder,
        help=_("order of the lines (default: as set for the batch)"),
    )
    parser.add_argument(
        "--language",
        metavar="A,B",
        help=_("languages of the pages, such as rus,eng (auto: the program chooses; default: as set for the batch)"),
    )
    add_options(parser.add_argument_group(_("export what was read")), needed=False)
    _add_library(parser)
    return parser


def _list_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="ocrdesk list", description=_("Shows the batches of the library."))
    parser.add_argument("--jsonl", action="store_true", help=_("print a line of JSON for each batch"))
    _add_library(parser)
    return parser


def _add_library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", type=given_path, metavar="DIR", help=_("keep the library in this folder"))


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("must be 1 or more"))
    return number


def _window(options: argparse.Namespace, interrupts: Interrupts) -> int:
    if options.install_desktop or options.remove_desktop:
        from ocrdesk.cli.desktop import put_into_menu, take_out_of_menu

        return put_into_menu() if options.install_desktop else take_out_of_menu()
    missing = [path for path in options.paths if not os.path.lexists(path)]
    if missing:
        raise OcrdeskError(_("“{missing}” does not exist. Check the name.").format(missing=missing[0]))
    if sys.platform.startswith("linux") and not _has_display():
        raise OcrdeskError(_("There is no display to open a window on. Use “ocrdesk run PATH…” to read without one."))
    check_limits(MUCH)
    places = find_places(options.library)
    _stand_somewhere()
    try:
        from ocrdesk.app import open_window
    except ImportError as error:
        raise OcrdeskError(
            _(
                "The window cannot be opened because a part of the system is missing ({error}). On Debian and "
                "Ubuntu: sudo apt install libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
                "libxcb-keysyms1 libgssapi-krb5-2. “ocrdesk run PATH…” reads without a window."
            ).format(error=error)
        ) from error
    return open_window(places, options.paths, interrupts)


def _stand_somewhere() -> None:
    """Changes to the home folder if the working directory is gone, because dialogs need one."""
    try:
        Path.cwd()
    except FileNotFoundError:
        os.chdir(Path.home())


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _places(options: argparse.Namespace) -> Places:
    """Returns the folders to use without a window."""
    places = find_places(options.library)
    tighten(places)
    return places


def _run(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.export import choices_of
    from ocrdesk.cli.run import run_in_terminal

    options = _run_parser().parse_args(words)
    check_limits(MUCH)
    return run_in_terminal(
        _places(options),
        options.paths,
        workers=options.workers,
        jsonl=options.jsonl,
        retry_failed=options.retry_failed,
        recognizer=options.recognizer,
        mode=options.mode,
        device=options.device,
        reading_order=options.reading_order,
        language=options.language,
        export=choices_of(options),
        interrupts=interrupts,
    )


def _find(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.find import find_in_terminal

    parser = Parser(
        prog="ocrdesk find",
        description=_("Prints the lines of all pages in which words are found."),
        epilog=_(
            'All words must be on a page, in any order. "a phrase" (in quotes of its own), -word (after --) for pages '
            "without it, one OR other, begin*, name:scan and folder:2019 are understood, too."
        ),
    )
    parser.add_argument("words", nargs="+", metavar="WORDS", help=_("what to look for"))
    parser.add_argument(
        "--batch", action="append", default=[], metavar="BATCH", help=_("only in this batch, given by number or name")
    )
    parser.add_argument(
        "--similar",
        action=argparse.BooleanOptionalAction,
        help=_("also find words that may have been misread (default: if nothing else is found)"),
    )
    parser.add_argument("--json", action="store_true", help=_("print a line of JSON for each line found"))
    _add_library(parser)
    options = parser.parse_args(words)
    return find_in_terminal(
        _places(options).library,
        " ".join(options.words),
        interrupts,
        batches=options.batch,
        tolerant=options.similar,
        as_json=options.json,
    )


def _export(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.export import add_options, choices_of, export_in_terminal

    parser = Parser(prog="ocrdesk export", description=_("Exports what is in the library; nothing is read again."))
    parser.add_argument("what", nargs="*", metavar="BATCH|PATH", help=_("number or name of a batch, a file, a folder"))
    parser.add_argument("--all", action="store_true", help=_("all batches, each in a folder with its name"))
    add_options(parser, needed=True)
    _add_library(parser)
    options = parser.parse_args(words)
    if options.all == bool(options.what):
        parser.error(_("name what to export, or use --all"))
    choices = choices_of(options)
    assert choices is not None
    return export_in_terminal(_places(options).library, options.what, choices, interrupts)


def _save(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.batch_files import save_in_terminal

    parser = Parser(prog="ocrdesk save", description=_("Saves a batch as one file."))
    parser.add_argument("batch", metavar="BATCH", help=_("its number or name"))
    parser.add_argument("file", type=given_path, metavar="FILE", help="NAME.ocrdesk")
    parser.add_argument("--pictures", action="store_true", help=_("include the pictures"))
    parser.add_argument("--replace", action="store_true", help=_("replace the file if it exists"))
    _add_library(parser)
    options = parser.parse_args(words)
    return save_in_terminal(
        _places(options),
        options.batch,
        options.file,
        interrupts,
        with_pictures=options.pictures,
        replace=options.replace,
    )


def _open(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.batch_files import open_in_terminal

    parser = Parser(
        prog="ocrdesk open", description=_("Opens saved batches; prints the number that each gets in the library.")
    )
    parser.add_argument("files", nargs="+", type=given_path, metavar="FILE")
    _add_library(parser)
    options = parser.parse_args(words)
    return open_in_terminal(_places(options), options.files, interrupts)


def _report(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.report import KINDS, report_in_terminal

    parser = Parser(
        prog="ocrdesk report",
        description=_(
            "Says what a person should know of pages before trusting their text; prints it if no file is named."
        ),
    )
    options, files = _parse_with_files(parser, KINDS, words)
    return report_in_terminal(_places(options).library, options.what, files, interrupts)


def _receipts(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.receipts import KINDS, receipts_in_terminal

    parser = Parser(
        prog="ocrdesk receipts",
        description=_("Finds the values of receipts: date, total, currency, tax, shop and number; prints them as CSV."),
    )
    options, files = _parse_with_files(parser, KINDS, words)
    return receipts_in_terminal(_places(options).library, options.what, files, interrupts)


def _parse_with_files(
    parser: Parser, kinds: Iterable[str], words: Sequence[str]
) -> tuple[argparse.Namespace, dict[str, Path]]:
    """Parses what is to be looked at and, for each kind of file, where it is to be written; returns these as well."""
    parser.add_argument("what", nargs="+", metavar="BATCH|PATH", help=_("number or name of a batch, a file, a folder"))
    for kind in kinds:
        parser.add_argument(f"--{kind}", type=given_path, metavar="FILE", help=_("write it to this file"))
    _add_library(parser)
    options = parser.parse_args(words)
    return options, {kind: path for kind in kinds if (path := getattr(options, kind)) is not None}


def _check(words: Sequence[str], interrupts: Interrupts) -> int:
    from ocrdesk.cli.check import check_in_terminal

    parser = Parser(
        prog="ocrdesk check",
        description=_("Tells whether the file of the library is whole, and whether the index has all its texts."),
    )
    parser.add_argument("--mend", action="store_true", help=_("index again what is not in the index as it is"))
    _add_library(parser)
    options = parser.parse_args(words)
    return check_in_terminal(_places(options), interrupts, mend=options.mend)


def _list(words: Sequence[str], interrupts: Interrupts) -> int:
    options = _list_parser().parse_args(words)
    library = Library(_places(options).library, writable=False)
    try:
        for batch in library.batches():
            interrupts.check()
            print_data(harmless_json(json.dumps(_listed(batch), ensure_ascii=False)) if options.jsonl else _row(batch))
    finally:
        library.close()
    return 0


def _listed(batch: Batch) -> dict[str, object]:
    counts = batch.counts
    return {
        "batch": batch.id,
        "name": batch.name,
        **written_path("folder", batch.origin),
        "pages": counts.total,
        "done": counts.done,
        "failed": counts.failed,
        "pending": counts.total - counts.done - counts.failed,
    }


def _row(batch: Batch) -> str:
    counts = batch.counts
    failed = _(", {failed} failed").format(failed=counts.failed) if counts.failed else ""
    return _("{id:>4}  {done:>6} of {total} read{failed}  {shown}  ({shown_2})").format(
        id=batch.id,
        done=counts.done,
        total=counts.total,
        failed=failed,
        shown=shown(batch.name),
        shown_2=shown(batch.origin),
    )
