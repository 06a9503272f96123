"""A page with a letter that was misread, and what becomes of its text."""

from dataclasses import replace

from fakes import batch_of, keep, line

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import Reading

LETTER = Reading(
    (line("Dear Mr Smlth,", 0, 0, 300), line("the goods havo come", 0, 40, 400), line("Yours", 0, 80, 100)), 500, 200
)
AGAIN = replace(
    LETTER,
    lines=(line("Yours", 1, 81, 99), line("Dear Mr Smlth,", 2, 1, 299), line("tho goods havo come", 0, 39, 398)),
)
"""The same page, read by another recognizer."""


def letter_in(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, LETTER)
    return page_id


def lines_of(library, page_id):
    return library.texts.of(page_id).lines


def text_of(library, page_id):
    return [it.text for it in lines_of(library, page_id)]


def correct(library, page_id, number, text, **values):
    return library.corrections.keep(page_id, corrected(lines_of(library, page_id)[number], text, **values))
