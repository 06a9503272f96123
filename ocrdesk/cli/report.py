"""``ocrdesk report``: says what a person should know of pages, without a window."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from ocrdesk.cli.export import ALL_WRITTEN, find_batch, pages_of
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.report.report import report_on
from ocrdesk.engine.report.sentences import as_text
from ocrdesk.engine.report.writing import WRITERS
from ocrdesk.engine.whole_files import written
from ocrdesk.engine.words import _, plural
from ocrdesk.interrupts import INTERRUPTED, Interrupts
from ocrdesk.terminal import print_data, say, shown

KINDS = tuple(WRITERS)


def report_in_terminal(folder: Path, words: Sequence[str], files: Mapping[str, Path], interrupts: Interrupts) -> int:
    """Writes a report on batches, given by number or name, and on the pages of files and folders.

    Args:
        folder: The folder of the library.
        words: What to report on.
        files: The files to write, by their kinds; if there are none, the report is printed.
        interrupts: Ends it before anything is written.

    Returns:
        The exit status.

    Raises:
        OcrdeskError: The command was used wrongly, the library cannot be read or a file cannot be written.
    """
    with closing(Library(folder, writable=False)) as library:
        page_ids = tuple(dict.fromkeys(page_id for word in words for page_id in pages_of(library, word)))
        report = report_on(
            library, Scope(page_ids=page_ids), _title(library, words, page_ids), interrupts.wanted.is_set
        )
    if report is None:
        return INTERRUPTED
    if not files:
        for line in as_text(report).splitlines():
            print_data(shown(line))
    for kind, path in files.items():
        with written(path) as file:
            WRITERS[kind](report, file)
        say(_("Written to “{path}”.").format(path=path))
    return ALL_WRITTEN


def _title(library: Library, words: Sequence[str], page_ids: Sequence[int]) -> str:
    if len(words) > 1:
        return plural("{count} page", "{count:,} pages", len(page_ids))
    batch = find_batch(library, words[0])
    return batch.name if batch is not None else words[0]
