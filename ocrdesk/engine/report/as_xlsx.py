"""A report as an Excel workbook: its numbers, the pages to scan again, and a sheet for each list."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import BinaryIO

from ocrdesk.engine.export.xlsx import MOST_ROWS, new_book, new_sheet, row_cells, save_book
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.language_names import language_name
from ocrdesk.engine.report.report import Report
from ocrdesk.engine.report.sentences import bar_label, figures, heading, measures, reasons
from ocrdesk.engine.whole_files import set_aside
from ocrdesk.engine.words import _

Row = Sequence[str | int | float | None]


def write_xlsx(report: Report, file: BinaryIO) -> None:
    """Writes a report as a workbook."""
    with ExitStack() as aside:
        book = new_book()
        book.properties.title = xml_text(report.title)
        with save_book(book, file):
            for title, columns, widths, rows in _sheets(report):
                sheet = new_sheet(book, title, columns, widths, aside.enter_context(set_aside(file)))
                for number, row in enumerate(rows):
                    if number + 1 < MOST_ROWS:
                        sheet.append(row_cells(sheet, row))


def _sheets(report: Report) -> Iterable[tuple[str, Sequence[str], Sequence[int], Iterable[Row]]]:
    numbers: list[Row] = [(it.figure.number, it.name) for it in figures(report)]
    numbers.append((round(report.seconds, 1), _("seconds of reading")))
    yield _("Numbers"), (_("How many"), _("What")), (12, 40), numbers
    yield (
        _("Scan again"),
        (_("Page"), _("Why"), _("Measured"), _("To check")),
        (40, 40, 60, 12),
        ((it.name, reasons(it), measures(it), it.to_check) for it in report.scan_again),
    )
    for distribution in (report.confidence, report.print_size):
        title, unit = heading(distribution)
        rows: list[Row] = [(bar_label(distribution, bar), bar.words, len(bar.page_ids)) for bar in distribution.bars]
        yield title, (unit, _("Words"), _("Pages")), (30, 12, 12), rows
    yield (
        _("Languages"),
        (_("Language"), _("Words"), _("Pages")),
        (20, 12, 12),
        ((language_name(it.language), it.words, len(it.page_ids)) for it in report.languages),
    )
    yield (
        _("Read before"),
        (_("Page"), _("The same file"), _("Batch")),
        (40, 40, 30),
        ((it.name, it.of_name, it.of_batch) for it in report.read_before),
    )
    yield (
        _("Slowest pages"),
        (_("Page"), _("Seconds")),
        (40, 12),
        ((it.name, round(it.seconds, 2)) for it in report.slowest),
    )
