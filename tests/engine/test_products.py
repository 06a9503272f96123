"""What the program wrote itself is no page of the folder it was written into; what others made is."""

import io
import os
import shutil
import threading

import pikepdf
import pytest
from fakes import keep, reading
from PIL import Image

from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.products import FILE_NAME, Products


@pytest.fixture
def read(library, decoder):
    """Reads a folder or a file, as a new look at it does."""

    def look(path, *, only_new: bool = True) -> Drop:
        drop = Drop([path], only_new=only_new)
        find_pages(library, drop, decoder.count_pages)
        return drop

    return look


@pytest.fixture
def exported(library, decoder, scans, read):
    """A folder with a picture and a PDF that were read and exported into it."""
    Image.new("L", (90, 50), 200).save(scans / "a.png")
    Image.new("L", (90, 50), 200).save(scans / "b.pdf")
    for page_id in (page_ids := read(scans, only_new=False).page_ids):
        keep(library, page_id, reading("word"))
    result = Export(library, decoder, ExportChoices("pdf", scans), page_ids).run(threading.Event())
    assert sorted(path.name for path in result.written) == ["a.pdf", "b (2).pdf"]
    return scans


def names(library, drop: Drop) -> list[str]:
    pages = library.pages(drop.page_ids)
    return [pages[page_id].name for page_id in drop.page_ids]


def left_out(library, drop: Drop) -> list[tuple[str, str]]:
    return [(file.path.name, file.why) for file in library.files.left_out(drop.batch_id)]


@pytest.mark.parametrize("only_new", [True, False])
def test_products_in_the_folder_are_left_out_and_said_so(library, exported, read, only_new):
    drop = read(exported, only_new=only_new)
    assert names(library, drop) == ["a.png", "b.pdf"]
    assert str(drop.left_out) == "2 searchable PDFs that ocrdesk wrote itself"
    assert left_out(library, drop) == [("a.pdf", Fact.OWN_EXPORT()), ("b (2).pdf", Fact.OWN_EXPORT())]
    assert library.batch(drop.batch_id).counts.left_out == 2


def test_a_product_that_was_moved_or_copied_is_still_one(library, exported, read):
    (exported / "more").mkdir()
    (exported / "a.pdf").rename(exported / "more" / "elsewhere.pdf")
    shutil.copy(exported / "b (2).pdf", exported / "more" / "copy.pdf")
    assert names(library, read(exported)) == ["a.png", "b.pdf"]


def test_the_mark_alone_hides_nothing(library, exported, read):
    (library.folder / FILE_NAME).unlink()  # as where the file was exported on another computer
    assert names(library, read(exported)) == ["a.pdf", "a.png", "b (2).pdf", "b.pdf"]


def test_the_record_alone_hides_nothing(library, exported, read):
    Image.new("L", (90, 50), 20).save(exported / "a.pdf")
    assert names(library, read(exported)) == ["a.pdf", "a.png", "b.pdf"]


def test_what_somebody_made_of_a_product_is_read(library, exported, read):
    with pikepdf.open(exported / "a.pdf", allow_overwriting_input=True) as pdf:
        pdf.add_blank_page()
        pdf.save(exported / "a.pdf")
        file = io.BytesIO()
        pdf.save(file)
        assert b"/OcrdeskExport" in file.getvalue()  # other programs keep the mark
    assert names(library, read(exported)) == ["a.pdf · 1", "a.pdf · 2", "a.png", "b.pdf"]


def test_a_product_that_is_named_is_read_and_stays(library, decoder, exported, read):
    batch_id = read(exported).batch_id
    find_pages(library, drop := Drop([exported / "a.pdf"], batch_id), decoder.count_pages)
    assert names(library, drop) == ["a.pdf"]
    again = read(exported)
    assert names(library, again) == ["a.pdf", "a.png", "b.pdf"]
    assert left_out(library, again) == [("b (2).pdf", Fact.OWN_EXPORT())]


def test_a_document_made_of_parts_is_a_product_too(library, decoder, exported, read, monkeypatch):
    monkeypatch.setattr("ocrdesk.engine.export.pdf_document.PART_PAGES", 1)
    page_ids = read(exported).page_ids
    choices = ExportChoices("pdf", exported, per="batch")
    assert Export(library, decoder, choices, page_ids).run(threading.Event()).failed == []
    assert (exported / "scans.pdf").exists()
    assert names(library, read(exported)) == ["a.png", "b.pdf"]


def test_a_record_that_cannot_be_written_stops_nothing(library, decoder, exported, read):
    (library.folder / FILE_NAME).unlink()
    (library.folder / FILE_NAME).mkdir()
    choices = ExportChoices("pdf", exported, existing="replace")
    result = Export(library, decoder, choices, read(exported).page_ids[:1]).run(threading.Event())
    assert result.failed == []


def test_a_record_that_was_cut_off_holds_what_is_there(library, exported, read):
    record = library.folder / FILE_NAME
    whole = record.read_text()
    record.write_text(whole[:-20] + "\n\xff\n", encoding="latin-1")
    assert len(left_out(library, read(exported))) == 1


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
def test_the_record_is_the_owner_s_alone(library, exported):
    assert (library.folder / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_record_that_grows_is_read_again(library, exported, tmp_path):
    mine = Products(library.folder)
    assert mine.has(exported / "a.pdf")
    other = Products(tmp_path)
    other.note(exported / "a.pdf")
    assert not mine.has(exported / "a.png")
    (library.folder / FILE_NAME).write_bytes(b"")
    assert not mine.has(exported / "a.pdf")
    mine.note(exported / "a.pdf")
    assert mine.has(exported / "a.pdf")
