"""Takes pages of other PDF files over, with all that belongs to them, and adds a text layer."""

import io
import logging
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name

from ocrdesk.engine.decode import ShownLetter
from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.export.pages import ExportedPage
from ocrdesk.engine.export.pdf_font import InvisibleFont
from ocrdesk.engine.export.pdf_silence import BEGIN_SILENCE, END_SILENCE, remove_silent, silence_added
from ocrdesk.engine.export.pdf_text import FONT_NAME, Placement, differs, text_layer, to_fractions, turned
from ocrdesk.engine.export.pdf_there import TextThere
from ocrdesk.engine.export.pdf_unseen import Box, copied, inherited, remove_unseen_text
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.facts import has_useless_text
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.ordinary_files import open_ordinary
from ocrdesk.engine.reading_names import OWN_TEXT

log = logging.getLogger(__name__)

_ABOUT = {"dc:title": "/Title", "dc:creator": "/Author", "dc:description": "/Subject", "pdf:Keywords": "/Keywords"}


class PdfSource:
    """A PDF file from which pages are taken; it is only changed in memory.

    Attributes:
        path: The file.
        pdf: Its content, with the text added to its pages.
        wanted: The wanted pages, by their 0-based numbers, without their texts.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file.

        Raises:
            PdfError: The file is damaged or protected.
            OSError: The file cannot be opened.
        """
        self.path = path
        self.wanted: dict[int, ExportedPage] = {}
        with ExitStack() as opened:
            file = opened.enter_context(open_ordinary(path))
            self.pdf = opened.enter_context(pikepdf.open(file))
            self._font = InvisibleFont(self.pdf)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Closes the file; what was taken from it must have been written by then."""
        self._opened.close()

    def add(self, page: ExportedPage) -> None:
        """Adds the text of a page to it, except words that it already has.

        Raises:
            IndexError: The file has fewer pages than before.
        """
        known = page.page
        there = self.pdf.pages[known.frame]
        is_corrected = bool(page.corrections) or any(line.is_corrected for line in page.text.lines)
        if (known.recognizer != OWN_TEXT or is_corrected) and known.status is PageStatus.DONE:
            if known.turn:
                there.obj.Rotate = known.rotation
            if page.text.lines or page.corrections:
                self._lay_text(there, page)
        self.wanted[known.frame] = replace(page, text=PageText(()))

    def about(self) -> dict[str, object]:
        """Returns its title, author, subject and keywords, as far as it has them, by their names in XMP."""
        about = self.pdf.open_metadata(set_pikepdf_as_editor=False)
        kept: dict[str, object] = {name: about[name] for name in (*_ABOUT, "dc:subject") if name in about}
        for name, key in _ABOUT.items():
            if name not in kept and str(self.pdf.docinfo.get(key, "")).strip():
                value = xml_text(str(self.pdf.docinfo[key]))
                kept[name] = [value] if name == "dc:creator" else value
        return kept

    def finish(self) -> None:
        """Completes what the pages need; no text can be added to them after this."""
        self._font.finish()

    def _lay_text(self, there: pikepdf.Page, page: ExportedPage) -> None:
        """Puts the text before the page's content, so that the graphics state its content leaves does not affect it."""
        seen = _seen_box(there)
        try:
            remove_unseen_text(self.pdf, there, seen)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
            log.info("The content of %s cannot be taken apart", page.page.path, exc_info=error)
        left, bottom, right, top = seen
        to_points: Placement = np.array([[right - left, 0, 0], [0, bottom - top, 0], [left, top, 1]], np.float64)
        placement = to_fractions(page.page) @ turned(-page.page.rotation) @ to_points
        resources = copied(inherited(there.obj, "/Resources"))
        fonts = copied(resources.get("/Font", Dictionary()))
        name = next(name for number in range(len(fonts) + 1) if (name := f"{FONT_NAME}{number or ''}") not in fonts)
        is_silent = has_useless_text(page.page.remark)
        if not is_silent:
            letters = TextThere(self._letters_on(there, page, is_silent))
            is_silent = differs(page.text.lines, page.corrections, placement, letters)
        if is_silent:  # all that is found on it is what is laid on it now
            self._silence(there)
            letters = TextThere(self._letters_on(there, page, is_silent))
            if differs(page.text.lines, page.corrections, placement, letters):
                silence_added(self.pdf, there)
                letters = TextThere(self._letters_on(there, page, is_silent))
        content = text_layer(page.text.lines, placement, self._font, name, letters)
        if content:
            fonts[name] = self._font.reference
            resources.Font = fonts
            there.obj.Resources = resources
            there.contents_add(self.pdf.make_stream(content), prepend=True)

    def _silence(self, there: pikepdf.Page) -> None:
        """Hides the text in a page's content from readers without changing its looks: all of it counts as a space.

        That goes for text in regions that are ignored, too: what is laid on the page is its text as a person wants it.
        """
        there.contents_add(self.pdf.make_stream(BEGIN_SILENCE), prepend=True)
        there.contents_add(self.pdf.make_stream(END_SILENCE))

    def _letters_on(self, there: pikepdf.Page, page: ExportedPage, is_silent: bool) -> tuple[ShownLetter, ...]:
        """Returns the letters that readers find on the page now.

        If its text is hidden, these are only those of its fields and stamps that are not.
        """
        if not ("/Annots" in there.obj if is_silent else _may_have_text(there.obj)):
            return ()
        with closing(pikepdf.new()) as alone:
            alone.add_pages_from(self.pdf, [page.page.frame], outlines="ignore")
            if "/AcroForm" in self.pdf.Root and self.pdf.Root.AcroForm.get("/NeedAppearances", False):
                alone.Root.AcroForm.NeedAppearances = True
            if is_silent:
                alone.pages[0].obj.Contents = alone.make_stream(b"")
                remove_silent(alone.pages[0])
            content = io.BytesIO()
            alone.save(content)
        try:
            return page.letters_on(content.getvalue())
        except PageUnreadable as error:
            log.info("Nothing is known of the letters on %s", page.page.path, exc_info=error)
            return ()


def _may_have_text(page: pikepdf.Object) -> bool:
    """Whether a page may have text, unlike a plain scan, which needs no closer look."""
    if "/Annots" in page:
        return True
    resources = inherited(page, "/Resources")
    parts = resources.get("/XObject", Dictionary()).items()
    has_forms = any(isinstance(part, pikepdf.Stream) and part.get("/Subtype") == Name.Form for _, part in parts)
    return has_forms or bool(len(resources.get("/Font", Dictionary())))


def _seen_box(page: pikepdf.Page) -> Box:
    """Returns the visible part of a page: left, bottom, right, top."""
    boxes = [[float(side) for side in box.as_list()] for box in (page.mediabox, page.cropbox)]
    (left, bottom, right, top), crop = ((*map(min, b[:2], b[2:]), *map(max, b[:2], b[2:])) for b in boxes)
    inner = max(left, crop[0]), max(bottom, crop[1]), min(right, crop[2]), min(top, crop[3])
    return inner if inner[0] < inner[2] and inner[1] < inner[3] else (left, bottom, right, top)


def take_pages(pdf: pikepdf.Pdf, source: pikepdf.Pdf, frames: list[int]) -> None:
    """Appends pages of another PDF with layers, fields, bookmarks and labels; if all are taken, with attachments."""
    before = len(pdf.pages)
    begin_plain_labels(pdf)
    pdf.add_pages_from(source, frames)
    if "/PageLabels" in source.Root:
        _take_labels(pdf, before, [source.pages[frame].label for frame in frames])
    if len(set(frames)) == len(source.pages):
        _take_attachments(pdf, source)


def begin_plain_labels(pdf: pikepdf.Pdf) -> None:
    """Labels the next page with its number if pages before it have labels of their own."""
    if "/PageLabels" in pdf.Root:
        place = len(pdf.pages)
        pikepdf.NumberTree(pdf.Root.PageLabels)[place] = Dictionary(S=Name.D, St=place + 1)


def _take_labels(pdf: pikepdf.Pdf, first: int, labels: list[str]) -> None:
    if "/PageLabels" not in pdf.Root:
        pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array([0, Dictionary(S=Name.D)])))
    tree = pikepdf.NumberTree(pdf.Root.PageLabels)
    for place, label in enumerate(labels, start=first):
        tree[place] = Dictionary(P=pikepdf.String(label))


def _take_attachments(pdf: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    names = source.Root.get("/Names", Dictionary())
    if "/EmbeddedFiles" not in names:
        return
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    if "/EmbeddedFiles" not in pdf.Root.Names:
        pdf.Root.Names.EmbeddedFiles = pikepdf.NameTree.new(pdf).obj
    taken = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
    for name, attached in pikepdf.NameTree(names.EmbeddedFiles).items():
        numbers = (f"{name} ({number})" if number > 1 else name for number in range(1, len(taken) + 2))
        free = next(number for number in numbers if number not in taken)
        taken[free] = pdf.copy_foreign(source.make_indirect(attached))
