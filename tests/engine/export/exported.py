"""Pages as the formats are given them."""

import io
import threading
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from fakes import cell, line

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.export.export import Export, ExportResult
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table

PROSE = Paragraph(((line("A bro-", top=10),), (line("ken word.", top=30),)), True)
RECEIPT = Paragraph(((line("Bread", top=50), line("2.40", left=200, top=50)), (line("Sum", top=70),)), False)
TABLE = Table(
    (
        (cell(), cell(line("Sales", left=120, top=90), columns=2)),
        (
            cell(line("Store", top=110)),
            cell(line("2023", left=100, top=110)),
            cell(line("2024", left=200, top=110)),
        ),
        (cell(line("Har-", top=130), line("bour", top=145)), cell(), cell(line("1,250.50", left=200, top=130))),
    )
)
"""A heading over two columns, a cell of two lines, and an empty one."""


def exported(
    *blocks: Paragraph | Table,
    name: str = "in/a.jpg",
    status: PageStatus = PageStatus.DONE,
    index: int = 1,
    **known: object,
) -> ExportedPage:
    page = Page(index, 1, Path("/scans") / name, 0, name, status, **known)
    return ExportedPage(page, "scans", index, PurePosixPath(name), PageText(blocks), no_picture)


def no_picture():
    raise AssertionError("no picture is needed for text")


def said(*texts: str) -> Paragraph:
    """Prose, a line each."""
    return Paragraph(tuple((line(text),) for text in texts), True)


BLANK = exported(name="blank.png", index=2)
FAILED = exported(name="bad.png", status=PageStatus.FAILED, message="Damaged.", index=3)


def written_by(format: Format, *pages: ExportedPage) -> bytes:
    file = io.BytesIO()
    format.write(iter(pages), file)
    return file.getvalue()


def text_of(format: Format, pages: Sequence[ExportedPage]) -> str:
    return written_by(format, *pages).decode("utf-8")


class NoDecoder:
    """Fails where a picture is opened: no text format needs one."""

    def load_page(self, path, frame=0, *, as_picture=False):
        raise AssertionError("a picture was opened")


def run(export: Export, cancel: threading.Event | None = None) -> ExportResult:
    return export.run(cancel or threading.Event())


def tree(folder: Path) -> dict[str, str]:
    """The texts of all files in a folder, by their paths in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}
