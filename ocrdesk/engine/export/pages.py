"""What every format is given: pages with their text, one after the other, never all at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from ocrdesk.engine.decode import ShownLetter, StoredPicture
from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.layout.page_text import PageText

Per = Literal["page", "file", "folder", "batch"]
"""What one file is made of; "file" is each file that was read."""


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """A page as the formats see it.

    Attributes:
        page: What the library knows of it. A page that failed, or has no text, is exported too: as a row that says so.
        batch: Name of its batch.
        index: Its number in the export, from 1.
        path: Of its file, relative to the folder of its batch, with forward slashes; absolute if it lies elsewhere.
        text: All its text in reading order; empty where it was not read.
        picture: Gives its picture compressed; raises ``PageUnreadable``. Costly: only for formats that hold pictures.
        letters_on: Gives the letters that readers find on the first page of a PDF, which this page was made into.
        tell: Told what is wrong with the page in the file, as the end of a sentence that begins with its name.
        is_of_whole_file: Whether the file being written has all pages of the page's own file, in order, and no others.
    """

    page: Page
    batch: str
    index: int
    path: PurePosixPath
    text: PageText
    picture: Callable[[], StoredPicture]
    letters_on: Callable[[bytes], tuple[ShownLetter, ...]] = lambda content: ()
    tell: Callable[[str], object] = lambda what: None
    is_of_whole_file: bool = False

    @property
    def status(self) -> str:
        """Where it stands, for a person: ``done``, ``no text``, ``failed`` or ``not read yet``."""
        if self.page.status is PageStatus.FAILED:
            return "failed"
        if self.page.status is PageStatus.DONE:
            return "done" if self.text.blocks else "no text"
        return "not read yet"

    @property
    def note(self) -> str | None:
        """What stands in the place of its text where it has none: ``no text`` or ``failed: why``."""
        if self.text.blocks:
            return None
        if self.page.status is PageStatus.FAILED and self.page.message:
            return f"failed: {self.page.message}"
        return self.status


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to.

    Attributes:
        key: What the command line calls it.
        name: What people see.
        suffix: Of its files, with the dot.
        a_page: Whether one file a page can be written.
        a_batch: Whether one file for several pages can be written.
        write: Writes pages to a file opened for writing, which may be sought in; takes them one by one.
        usual: What one file is made of if nobody says.
        a_table: Whether each table is a file of its own.
        has_all_pages: Whether a file for a file that was read has all its pages, also those that are in no batch.
    """

    key: str
    name: str
    suffix: str
    a_page: bool
    a_batch: bool
    write: Callable[[Iterable[ExportedPage], BinaryIO], None]
    usual: Per = "page"
    has_all_pages: bool = False
    a_table: bool = False
