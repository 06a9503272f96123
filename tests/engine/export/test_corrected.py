"""What a person corrected is in every export, and nothing of what was misread there."""

import json
import threading
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pytest
from drawn import drawing, needs_pdftotext, page_of, pdf_of_pages, said_by, texts_in
from exported import exported, text_of, written_by
from fakes import batch_of, keep, line
from pdfs import picture_pdf, text_pdf

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.document import Correction, Line, Reading, Source, Word
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.export.formats import FORMATS, OF_TABLES
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.layout.page_text import Paragraph
from ocrdesk.engine.reading_names import OWN_TEXT

ROWS = (("Apples", "Kilo", "1.20"), ("Pears", "Bund", "2.40"), ("Plums", "Bund", "3.60"), ("Cherrles", "Kilo", "4.80"))
CELLS = Reading(
    tuple(
        line(text, 20 + 150 * column, 20 + 30 * row, 80, 14)
        for row, cells in enumerate(ROWS)
        for column, text in enumerate(cells)
    ),
    500,
    200,
)


def all_of(file) -> str:
    if file.suffix == ".pdf":
        with pikepdf.open(file) as pdf:
            return " ".join(texts_in(pdf))
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return file.read_text("utf-8")


@pytest.mark.parametrize(("key", "tables"), [*((key, False) for key in FORMATS), *((key, True) for key in OF_TABLES)])
def test_every_format_has_what_was_corrected(library, decoder, scans, tmp_path, key, tables):
    (scans / "list.pdf").write_bytes(picture_pdf(drawing(), dpi=72))
    _, (page_id,) = batch_of(library, [Source(scans / "list.pdf", "list.pdf")], scans)
    keep(library, page_id, CELLS)
    (misread,) = (it for it in library.texts.of(page_id).lines if it.text == "Cherrles")
    library.corrections.keep(page_id, corrected(misread, "Cherries"))
    choices = ExportChoices(key, tmp_path / "out", tables=tables)
    result = Export(library, decoder, choices, [page_id]).run(threading.Event())
    (file,) = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert not result.failed
    assert "Cherries" in all_of(file) and "Cherrles" not in all_of(file)


def own(text: str, confidence: float = 0.5) -> Line:
    """A line as it is read of the typed pages, with its words."""
    polygon = ((60, 66), (60 + 10 * len(text), 66), (60 + 10 * len(text), 84), (60, 84))
    words, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        (part,) = slices_of(polygon, [(start / len(text), place / len(text))])
        words.append(Word(word, confidence, part))
    return Line(text, confidence, polygon, words)


def in_part(text: str, *sure: str) -> Line:
    it = own(text)
    words = [replace(word, confidence=1.0) if word.text in sure else word for word in it.words]
    confidence = 1.0 if len(sure) == len(words) else 0.5
    return replace(it, words=words, is_corrected=bool(sure), confidence=confidence)


PAGE = exported(
    Paragraph(((in_part("all of it", "all", "of", "it"),), (in_part("one word", "word"),), (own("as read"),)), True)
)


@pytest.mark.parametrize("key", ["json", "jsonl"])
def test_json_says_which_lines_were_corrected(key):
    found = json.loads(text_of(FORMATS[key], [PAGE]))
    lines = (found["pages"][0] if key == "json" else found)["lines"]
    assert [line.get("corrected") for line in lines] == [True, True, None]
    assert [[word["confidence"] for word in line["words"]] for line in lines] == [[1, 1, 1], [0.5, 1], [0.5, 0.5]]


def test_alto_says_it_at_the_highest_level_possible():
    alto = ElementTree.fromstring(written_by(FORMATS["alto"], PAGE))
    lines = list(alto.iter("{http://www.loc.gov/standards/alto/ns-v4#}TextLine"))
    assert [line.get("CS") for line in lines] == ["true", None, None]
    words = [[it.get("CS") for it in line if it.tag.endswith("String")] for line in lines]
    assert words == [[None] * 3, [None, "true"], [None] * 2]


def test_page_xml_says_it_of_lines():
    root = ElementTree.fromstring(written_by(FORMATS["page"], PAGE))
    lines = [it for it in root.iter() if it.tag.endswith("TextLine")]
    assert [line[-1].get("comments") for line in lines] == ["corrected", "corrected", None]


A4 = {"width": 595, "height": 842}


@needs_pdftotext
@pytest.mark.parametrize("recognizer", [OWN_TEXT, "PP-OCRv6"])
def test_what_a_pdf_itself_says_otherwise_is_found_no_more(scans, tmp_path, recognizer):
    (scans / "typed.pdf").write_bytes(text_pdf("Surnarne: Miller"))
    it = own("Surname: Miller", 1.0)
    it = replace(it, is_corrected=True)
    page = page_of(scans / "typed.pdf", it, **A4, recognizer=recognizer)
    assert said_by("pdftotext", pdf_of_pages(page), tmp_path).split() == ["Surname:", "Miller"]


@needs_pdftotext
def test_a_pdf_whose_text_was_only_looked_at_stays_as_it_is(scans, tmp_path):
    (scans / "typed.pdf").write_bytes(text_pdf("Surname: Miller"))
    it = replace(own("Surname: Miller", 1.0), is_corrected=True)
    pdf = pdf_of_pages(page_of(scans / "typed.pdf", it, **A4, recognizer=OWN_TEXT))
    assert "/OcrText" not in pdf.pages[0].obj.Resources.Font
    assert said_by("pdftotext", pdf, tmp_path).split() == ["Surname:", "Miller"]


@needs_pdftotext
@pytest.mark.parametrize("recognizer", [OWN_TEXT, "PP-OCRv6"])
@pytest.mark.parametrize(
    ("after", "rest"), [(None, []), ("Miller", ["Miller"]), ("Surname: Miller", ["Surname:", "Miller"])]
)
def test_what_was_removed_is_found_no_more_in_a_pdf_with_text_of_its_own(scans, tmp_path, recognizer, after, rest):
    (scans / "typed.pdf").write_bytes(text_pdf("Surname: Miller"))
    it = own("Surname: Miller", 1.0)
    correction = Correction(it.polygon, after, (0,), it.text)
    lines = laid_over([replace(it, numbers=(0,))], [correction])
    page = page_of(scans / "typed.pdf", *lines, **A4, recognizer=recognizer, text=bool(lines))
    pdf = pdf_of_pages(replace(page, corrections=[correction]))
    assert said_by("pdftotext", pdf, tmp_path).split() == rest


@needs_pdftotext
def test_an_export_has_what_was_removed_from_its_pages(library, decoder, scans, tmp_path):
    (scans / "typed.pdf").write_bytes(text_pdf("Surname: Miller"))
    _, (page_id,) = batch_of(library, [Source(scans / "typed.pdf", "typed.pdf")], scans)
    typed = Reading((own("Surname: Miller", 1.0),), 595, 842)
    library.checkpoints.keep(page_id, typed, seconds=1, rotation=0, recognizer=OWN_TEXT)
    library.corrections.keep(page_id, corrected(library.texts.of(page_id).lines[0], None))
    Export(library, decoder, ExportChoices("pdf", tmp_path / "out"), [page_id]).run(threading.Event())
    (file,) = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
    with pikepdf.open(file) as pdf:
        assert said_by("pdftotext", pdf, tmp_path).split() == []
