"""Pages of PDF files in new documents: every word once, and all that belongs to them."""

import io
import logging
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from drawn import drawing, needs_pdftotext, needs_qpdf, page_of, pdf_of_pages, said_by, texts_in
from pdfs import picture_pdf, text_pdf
from pikepdf import Array, Dictionary, Name

from ocrdesk.engine.document import Line
from ocrdesk.engine.export import pdf_document
from ocrdesk.engine.facts import Fact, together
from ocrdesk.engine.reading_names import OWN_TEXT

A4 = {"width": 595, "height": 842}


def line_at(text: str, left: float, baseline: float, size: float = 20) -> Line:
    """A line as it is read of Helvetica, of which letters are about half as wide as high."""
    right, top = left + size * 0.5 * len(text), baseline - size * 0.75
    return Line(text, 0.9, ((left, top), (right, top), (right, baseline + size / 5), (left, baseline + size / 5)))


@pytest.fixture
def form(scans):
    """A typed page with a field that was filled in, a stamp, and a note that nobody sees."""
    pdf = pikepdf.open(io.BytesIO(text_pdf("Surname:")))
    helvetica = pdf.pages[0].obj.Resources.Font.F
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="surname", V="Ashdown", F=4,
        DA=pikepdf.String("/Helv 20 Tf 0 g"), Rect=Array([60, 690, 260, 720]),
    )  # fmt: skip
    stamp = pikepdf.Stream(pdf, b"BT /F 20 Tf 4 14 Td (RECEIVED) Tj ET")
    stamp.Type, stamp.Subtype, stamp.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 40])
    stamp.Resources = Dictionary(Font=Dictionary(F=helvetica))
    stamped = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([300, 100, 500, 140]),
        AP=Dictionary(N=pdf.make_indirect(stamp)),
    )  # fmt: skip
    field = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([field, pdf.make_indirect(stamped)])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DA=pikepdf.String("/Helv 20 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=helvetica)),
    )  # fmt: skip
    pdf.save(scans / "form.pdf")
    return scans / "form.pdf"


@needs_pdftotext
def test_every_word_of_a_page_that_was_read_as_a_picture_is_there_once(form, tmp_path):
    read = [line_at("Surname:", 60, 80), line_at("Ashdown", 62, 142), line_at("RECEIVED", 304, 728)]
    pdf = pdf_of_pages(page_of(form, *read, line_at("by hand", 300, 300), **A4))
    found = said_by("pdftotext", pdf, tmp_path).split()
    assert sorted(found) == ["Ashdown", "RECEIVED", "Surname:", "by", "hand"]
    assert texts_in(pdf) == ["by hand"]
    assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["surname"]


@needs_pdftotext
@pytest.mark.parametrize("remark", [Fact.PDF_TEXT_UNTRUE(), Fact.PDF_TEXT_UNSEEN()])
def test_text_that_is_not_what_is_seen_is_found_no_more_and_the_page_looks_as_before(scans, tmp_path, remark):
    shifted = text_pdf("Surname:", meaning=lambda code: code + 1)
    (scans / "shifted.pdf").write_bytes(shifted)
    read = page_of(scans / "shifted.pdf", line_at("Surname:", 60, 80), **A4, remark=together("Large.", remark))
    pdf = pdf_of_pages(read)
    assert said_by("pdftotext", pdf, tmp_path).split() == ["Surname:"]
    document = io.BytesIO()
    pdf.save(document)
    page = pdfium.PdfDocument(document.getvalue())[0]
    assert page.get_textpage().get_text_range().split() == ["Surname:"]
    assert (page.render().to_numpy() == pdfium.PdfDocument(shifted)[0].render().to_numpy()).all()


@needs_pdftotext
@pytest.mark.parametrize("recognizer", ["PP-OCRv6", f"{OWN_TEXT} and PP-OCRv6"])
def test_old_text_that_is_not_seen_takes_no_word_away_nor_does_it_double_one(form, tmp_path, recognizer):
    """The field and the stamp are seen, whatever lies in the content."""
    with pikepdf.open(form, allow_overwriting_input=True) as pdf:
        old = b"BT /F 20 Tf 60 500 Td (Tbe o1d harhour) Tj ET 1 g 50 480 400 60 re f "
        pdf.pages[0].contents_add(pdf.make_stream(old), prepend=True)
        pdf.save(form)
    read = [line_at("Surname:", 60, 80), line_at("Ashdown", 62, 142), line_at("RECEIVED", 304, 728)]
    shown = page_of(
        form,
        *read,
        line_at("The old harbour", 60, 342),
        **A4,
        recognizer=recognizer,
        remark=together("Large.", Fact.PDF_TEXT_UNSEEN()),
    )
    found = said_by("pdftotext", pdf_of_pages(shown), tmp_path).split()
    assert sorted(found) == ["Ashdown", "RECEIVED", "Surname:", "The", "harbour", "old"]


def test_a_page_of_which_all_is_there_is_not_touched(form):
    pdf = pdf_of_pages(page_of(form, line_at("Surname:", 60, 80), **A4))
    assert "/OcrText" not in pdf.pages[0].obj.Resources.Font


def test_a_plain_scan_is_not_looked_at_twice(scans):
    (scans / "scan.pdf").write_bytes(picture_pdf(drawing(), dpi=72))
    page = page_of(scans / "scan.pdf")
    looked = []
    pdf = pdf_of_pages(replace(page, letters_on=lambda content: looked.append(content) or ()))
    assert looked == []
    assert len(texts_in(pdf)) == 5


def test_a_document_that_was_made_before_gets_its_new_text_only(scans):
    (scans / "scan.pdf").write_bytes(picture_pdf(drawing(), dpi=72))
    pdf_of_pages(page_of(scans / "scan.pdf")).save(scans / "made.pdf")
    again = pdf_of_pages(page_of(scans / "made.pdf", line_at("another reading", 60, 80)))
    content = b"".join(part.read_bytes() for part in again.pages[0].obj.Contents)
    assert content.count(b"Tj") == 1


# What belongs to a document


@pytest.fixture
def rich(scans):
    """Three pages with all that a document may have."""
    with pikepdf.open(io.BytesIO(text_pdf("page {page}", pages=3))) as pdf:
        hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Draft")))
        pdf.pages[0].obj.Resources.Properties = Dictionary(D=hidden)
        pdf.pages[0].contents_add(pdf.make_stream(b"/OC /D BDC BT /F 60 Tf 60 300 Td (DRAFT) Tj ET EMC"))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([hidden]), D=Dictionary(OFF=Array([hidden]), Order=Array([hidden]))
        )
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem("Begin", 0), pikepdf.OutlineItem("End", 2)]
        pdf.Root.PageLabels = Dictionary(
            Nums=Array([0, Dictionary(S=Name.r), 2, Dictionary(S=Name.D, P=pikepdf.String("A-"), St=7)])
        )
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 50, 50]),
            Dest=Array([pdf.pages[2].obj, Name.Fit]),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        pdf.attachments["sums.csv"] = b"1;2"
        pdf.docinfo[Name.Title], pdf.docinfo[Name.Author] = "The parish", "S. Carradine"
        pdf.save(scans / "rich.pdf")
    return scans / "rich.pdf"


def pages_of(path, frames=range(3)):
    return [page_of(path, line_at(f"read {frame}", 60, 500), frame=frame, **A4) for frame in frames]


def test_all_that_belongs_to_it_is_kept(rich):
    pdf = pdf_of_pages(*pages_of(rich))
    (hidden,) = pdf.Root.OCProperties.D.OFF
    assert hidden == pdf.pages[0].obj.Resources.Properties.D
    with pdf.open_outline() as outline:
        kept = [(item.title, pdf.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]
    assert kept == [("Begin", 0), ("End", 2)]
    assert [page.label for page in pdf.pages] == ["i", "ii", "A-7"]
    assert pdf.pages[0].obj.Annots[0].Dest[0] == pdf.pages[2].obj
    assert pdf.attachments["sums.csv"].get_file().read_bytes() == b"1;2"
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("The parish", "S. Carradine")
    assert [texts_in(pdf, number) for number in range(3)] == [["read 0"], ["read 1"], ["read 2"]]


def test_layers_that_are_off_stay_unseen(rich, scans):
    pdf_of_pages(*pages_of(rich)).save(scans / "new.pdf")
    seen = []
    for path in (rich, scans / "new.pdf"):
        document = pdfium.PdfDocument(path)
        seen.append(document[0].render().to_numpy().tobytes())
        document.close()
    assert seen[0] == seen[1]


@pytest.mark.parametrize("part_pages", [2, 200])
def test_several_documents_in_one_keep_what_is_theirs(rich, scans, monkeypatch, part_pages):
    monkeypatch.setattr(pdf_document, "PART_PAGES", part_pages)
    drawing().save(scans / "a.jpg")
    (scans / "other.pdf").write_bytes(rich.read_bytes())
    pdf = pdf_of_pages(
        page_of(scans / "a.jpg"), *pages_of(rich), page_of(scans / "a.jpg"), *pages_of(scans / "other.pdf")
    )
    assert len(pdf.pages) == 8
    assert [page.label for page in pdf.pages] == ["1", "i", "ii", "A-7", "5", "i", "ii", "A-7"]
    assert sorted(pdf.attachments) == ["sums.csv", "sums.csv (2)"]
    assert len(pdf.Root.OCProperties.D.OFF) == 2
    with pdf.open_outline() as outline:
        kept = [(item.title, pdf.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]
    assert kept == [("Begin", 1), ("End", 3), ("Begin", 5), ("End", 7)]
    assert str(pdf.docinfo.Title) == "scans"


def test_a_page_alone_takes_what_is_its_own(rich):
    pdf = pdf_of_pages(*pages_of(rich, [2]))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["End"]
    assert [page.label for page in pdf.pages] == ["A-7"]
    assert not list(pdf.attachments)
    assert str(pdf.docinfo.Title) == "The parish"


def test_pages_with_text_of_their_own_are_untouched_but_all_there(rich):
    pdf = pdf_of_pages(*[page_of(rich, frame=frame, recognizer=OWN_TEXT) for frame in range(3)])
    assert [page.label for page in pdf.pages] == ["i", "ii", "A-7"]
    assert all("/OcrText" not in page.obj.Resources.Font for page in pdf.pages)


def test_what_cannot_be_kept_does_not_stop_the_pages(rich, monkeypatch, caplog):
    caplog.set_level(logging.WARNING)

    def stumble(*arguments, **more):
        raise pikepdf.PdfError("a damaged tree")

    monkeypatch.setattr(pdf_document, "take_pages", stumble)
    pdf = pdf_of_pages(*pages_of(rich))
    assert [texts_in(pdf, number) for number in range(3)] == [["read 0"], ["read 1"], ["read 2"]]
    assert "without what belongs to them" in caplog.text


@needs_qpdf
def test_others_find_nothing_wrong(rich, form, tmp_path):
    pdf = pdf_of_pages(*pages_of(rich), page_of(form, line_at("by hand", 300, 300), **A4))
    assert "No syntax or stream encoding errors" in said_by("qpdf", pdf, tmp_path, "--check")
