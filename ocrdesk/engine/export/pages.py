"""The input of every format: pages with their text, one after the other, never all at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from ocrdesk.engine.decode import ShownLetter, StoredPicture
from ocrdesk.engine.document import Correction, Page, PageStatus
from ocrdesk.engine.layout.page_text import PageText

Per = Literal["page", "file", "folder", "batch"]
"""What each exported file is made of; "file" means each file that was read."""


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """A page as the formats see it.

    Attributes:
        page: What the library knows about it. A page that failed or has no text is exported, too, with a note.
        batch: Name of its batch.
        index: Its number in the export, from 1.
        path: The path of its file, relative to the folder of its batch, with forward slashes; absolute if it is outside
            that folder.
        text: All its text in reading order; empty if it was not read.
        picture: Returns its picture compressed; raises ``PageUnreadable``. Slow, so only for formats with pictures.
        letters_on: Returns the letters that readers find on the first page of a PDF made of this page.
        tell: Called with a sentence if something is wrong with the page in the file.
        corrections: What a person corrected in the text; those in regions that are ignored are among them.
        is_of_whole_file: Whether the file being written has exactly the pages of the page's own file, in order.
    """

    page: Page
    batch: str
    index: int
    path: PurePosixPath
    text: PageText
    picture: Callable[[], StoredPicture]
    letters_on: Callable[[bytes], tuple[ShownLetter, ...]] = lambda content: ()
    tell: Callable[[str], object] = lambda sentence: None
    corrections: Sequence[Correction] = ()
    is_of_whole_file: bool = False

    @property
    def status(self) -> str:
        """Its state as shown to the user: ``done``, ``no text``, ``failed`` or ``not read yet``."""
        if self.page.status is PageStatus.FAILED:
            return "failed"
        if self.page.status is PageStatus.DONE:
            return "done" if self.text.blocks else "no text"
        return "not read yet"

    @property
    def note(self) -> str | None:
        """What is written in place of its text if it has none: ``no text`` or ``failed: why``."""
        if self.text.blocks:
            return None
        if self.page.status is PageStatus.FAILED and self.page.message:
            return f"failed: {self.page.message}"
        return self.status


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to.

    Attributes:
        key: Its name on the command line.
        name: The name shown.
        suffix: The suffix of its files, with the dot.
        a_page: Whether it supports one file for each page.
        a_batch: Whether it supports one file for several pages.
        write: Writes pages, taken one by one, to a seekable file that is open for writing.
        usual: What each file is made of by default.
        a_table: Whether each table gets a file of its own.
        has_all_pages: Whether the file made of a file that was read has all its pages, including those in no batch.
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
