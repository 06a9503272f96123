"""Hides the text of a page's fields and stamps from readers without changing their looks or the values of fields."""

import logging
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from ocrdesk.engine.export.pdf_unseen import copied

log = logging.getLogger(__name__)

BEGIN_SILENCE, END_SILENCE = b"/Span <</ActualText ( )>> BDC\n", b"\nEMC"
"""What stands between these counts as a space."""


def silence_added(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Hides the text of fields and stamps that the file says the looks of; readers draw those of others themselves."""
    form = pdf.Root.get("/AcroForm", Dictionary())
    are_drawn_anew = bool(form.get("/NeedAppearances", False))
    for added in _added(page):
        if are_drawn_anew and added.get("/Subtype") == Name.Widget:
            continue
        looks = added.get("/AP", Dictionary()).get("/N")
        if isinstance(looks, pikepdf.Stream):
            added.AP = copied(added.AP)
            added.AP.N = _silent(pdf, looks)
        elif isinstance(looks, Dictionary):  # one for each state, such as on and off
            states = copied(looks)
            for state, its in looks.items():
                if isinstance(its, pikepdf.Stream):
                    states[state] = _silent(pdf, its)
            added.AP = copied(added.AP)
            added.AP.N = states


def remove_silent(page: pikepdf.Page) -> None:
    """Takes away the fields and stamps whose text is hidden."""
    page.obj.Annots = Array(
        [added for added in _added(page) if not _is_silent(added.get("/AP", Dictionary()).get("/N"))]
    )


def _added(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    there = page.obj.get("/Annots", Array())
    return (added for added in there.as_list() if isinstance(added, Dictionary))


def _is_silent(looks: pikepdf.Object | None) -> bool:
    if isinstance(looks, pikepdf.Stream):
        return _content_of(looks).startswith(BEGIN_SILENCE)
    return isinstance(looks, Dictionary) and len(looks) > 0 and all(map(_is_silent, (its for _, its in looks.items())))


def _content_of(looks: pikepdf.Stream) -> bytes:
    try:
        return looks.read_bytes()
    except pikepdf.PdfError as error:
        log.info("A field or a stamp cannot be unpacked", exc_info=error)
        return b""


def _silent(pdf: pikepdf.Pdf, looks: pikepdf.Stream) -> pikepdf.Stream:
    """Returns a copy, because stamps of other pages may look the same."""
    content = _content_of(looks)
    if not content or content.startswith(BEGIN_SILENCE):
        return looks
    silent = pdf.make_stream(BEGIN_SILENCE + content + END_SILENCE)
    for key, value in looks.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            silent[key] = value
    return silent
