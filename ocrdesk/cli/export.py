"""``ocrdesk export``: exports what is in the library, without a window."""

import argparse
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import get_args

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Batch, PageStatus
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import Existing, ExportChoices, apart
from ocrdesk.engine.export.export import CHUNK, Export
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.export.pages import Per
from ocrdesk.engine.intake.drops import absolute
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _, plural, written_number
from ocrdesk.interrupts import INTERRUPTED, Interrupts
from ocrdesk.terminal import given_path, say

ALL_WRITTEN, SOME_FAILED = 0, 1
_EXISTING: dict[str, Existing] = {kind.replace(" ", "-"): kind for kind in get_args(Existing) if kind != "ask"}


def add_options(parser: argparse._ActionsContainer, *, needed: bool) -> None:
    """Adds the options of an export to a command."""
    parser.add_argument("--format", choices=list(FORMATS), required=needed, help=_("format of the files to write"))
    parser.add_argument(
        "--out", type=given_path, metavar="DIR", required=needed, help=_("folder to write the files to")
    )
    parser.add_argument("--template", default="", help=_("for their names, as {folder}/{stem}-{page:03}"))
    parser.add_argument(
        "--per", choices=get_args(Per), help=_("what goes into one file (default: file for pdf, page for others)")
    )
    parser.add_argument(
        "--tables",
        action="store_true",
        help=_("xlsx and csv: only the tables, cell by cell, each as a sheet or file of its own"),
    )
    parser.add_argument("--existing", choices=list(_EXISTING), help=_("what to do with files that exist already"))


def choices_of(options: argparse.Namespace) -> ExportChoices | None:
    """Returns what was chosen, or None if nothing is to be exported.

    Raises:
        OcrdeskError: The options cannot be combined.
    """
    if options.format is None and options.out is None:
        if options.template or options.per or options.existing or options.tables:
            raise OcrdeskError(_("To export what was read, name the format and the folder: --format F --out DIR."))
        return None
    if options.format is None or options.out is None:
        raise OcrdeskError(_("--format and --out go together: name both."))
    existing = _EXISTING[options.existing] if options.existing else "ask"
    return ExportChoices(options.format, absolute(options.out), options.template, options.per, existing, options.tables)


def export_in_terminal(folder: Path, words: Sequence[str], choices: ExportChoices, interrupts: Interrupts) -> int:
    """Exports batches, given by number or name, and the pages of files and folders; all batches if nothing is given.

    Args:
        folder: The folder of the library.
        words: What to export.
        choices: How to export it.
        interrupts: Ends it after the current file.

    Returns:
        The exit status.

    Raises:
        OcrdeskError: The command was used wrongly, or the library cannot be read.
        Interrupted: The program was interrupted before anything was written.
    """
    with closing(Library(folder, writable=False)) as library, closing(Decoder()) as decoder:
        words = words or [str(batch.id) for batch in reversed(library.batches()) if batch.counts.total]
        if not words:
            raise OcrdeskError(_("The library has no pages yet. “ocrdesk run PATH” reads some."))
        page_ids = list(dict.fromkeys(page_id for word in words for page_id in pages_of(library, word)))
        batches = {batch.id for word in words if (batch := find_batch(library, word)) is not None}
        return export_pages(library, decoder, apart(choices) if len(batches) > 1 else choices, page_ids, interrupts)


def export_pages(
    library: Library, decoder: Decoder, choices: ExportChoices, page_ids: Sequence[int], interrupts: Interrupts
) -> int:
    """Exports pages and reports the result on stderr; returns the exit status.

    Raises:
        OcrdeskError: As in ``export_in_terminal``.
        Interrupted: The program was interrupted before anything was written.
    """
    export = Export(library, decoder, choices, page_ids)
    interrupts.check()
    plan = export.plan()
    interrupts.check()
    if plan.existing and choices.existing == "ask":
        what = plural(
            "“{path}” exists already.",
            "{count:,} of {total:,} files exist already.",
            len(plan.existing),
            path=plan.existing[0],
            total=len(plan.targets),
        )
        raise OcrdeskError(
            _("{what} Choose --existing replace, keep-both or skip; nothing was written.").format(what=what)
        )
    result = export.run(interrupts.wanted, Progress())
    for sentence in (*result.failed, *result.left_out):
        say(sentence)
    skipped = _(", {count:,} skipped").format(count=len(result.skipped)) if result.skipped else ""
    failed = _(", {count:,} failed").format(count=len(result.failed)) if result.failed else ""
    stopped = _(", interrupted") if result.was_cancelled else ""
    written = plural("{count} file written", "{count:,} files written", len(result.written))
    say(
        _("{written} to “{folder}”{skipped}{failed}{stopped}.").format(
            written=written, folder=choices.folder, skipped=skipped, failed=failed, stopped=stopped
        )
    )
    if result.was_cancelled:
        return INTERRUPTED
    return SOME_FAILED if result.failed or result.left_out else ALL_WRITTEN


class Progress:
    """Prints now and then how far the work is."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Prints that ``done`` of ``total`` are done, except at the end, since the result is printed anyway."""
        now = time.monotonic()
        if now - self._said >= 1 and done < total:
            self._said = now
            say(f"{written_number(done)}/{written_number(total)}")


def batch_named(library: Library, word: str) -> Batch:
    """Returns the batch with a number or a name.

    Raises:
        OcrdeskError: There is no such batch, or there are several.
    """
    if (batch := find_batch(library, word)) is None:
        raise OcrdeskError(_("The library has no batch “{word}”. “ocrdesk list” shows its batches.").format(word=word))
    return batch


def find_batch(library: Library, word: str) -> Batch | None:
    """Returns the batch with a number or a name; None if there is none.

    Raises:
        OcrdeskError: There are several.
    """
    batches = library.batches()
    named = [batch for batch in batches if word == str(batch.id)] or [batch for batch in batches if word == batch.name]
    if len(named) > 1:
        numbers = ", ".join(str(batch.id) for batch in named)
        raise OcrdeskError(
            _("{count} batches are called “{word}”. Give the number of one: {numbers}.").format(
                count=len(named), word=word, numbers=numbers
            )
        )
    return named[0] if named else None


def pages_of(library: Library, word: str) -> list[int]:
    """Returns the pages of a batch, given by number or name, or else those of a file or a folder.

    Raises:
        OcrdeskError: There are none, or several batches have this name.
    """
    batch = find_batch(library, word)
    if batch is not None:
        found = library.page_ids(batch.id)
    else:
        found = _pages_below(library, absolute(Path(word))) if word else []
    if not found:
        raise OcrdeskError(
            _(
                "The library has no pages of “{word}”. “ocrdesk list” shows its batches, “ocrdesk run PATH” reads more."
            ).format(word=word)
        )
    return found


def _pages_below(library: Library, path: Path) -> list[int]:
    """Returns the pages of a file or a folder; one in several batches is taken once, preferably where it was read."""
    chosen: dict[tuple[Path, int], tuple[int, bool]] = {}
    for batch in library.batches():
        page_ids = library.page_ids(batch.id)
        for start in range(0, len(page_ids), CHUNK):
            pages = library.pages(page_ids[start : start + CHUNK])
            for page in (pages[page_id] for page_id in page_ids[start : start + CHUNK] if page_id in pages):
                known = chosen.get((page.path, page.frame))
                is_read = page.status is PageStatus.DONE
                if page.path.is_relative_to(path) and (known is None or (is_read and not known[1])):
                    chosen.pop((page.path, page.frame), None)  # its position is that in the batch where it was read
                    chosen[page.path, page.frame] = page.id, is_read
    return [page_id for page_id, _ in chosen.values()]
