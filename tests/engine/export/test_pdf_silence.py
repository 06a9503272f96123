"""What a person corrected that a PDF has in its fields and stamps."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from drawn import needs_pdftotext, page_of, pdf_of_pages, said_by
from pdfs import text_pdf
from pikepdf import Array, Dictionary, Name

from ocrdesk.engine.document import Line
from ocrdesk.engine.export.pdf_silence import BEGIN_SILENCE, END_SILENCE, remove_silent, silence_added
from ocrdesk.engine.reading_names import OWN_TEXT

A4 = {"width": 595, "height": 842}


def line_at(text, left, baseline, *, corrected=False):
    right, top = left + 10 * len(text), baseline - 15
    polygon = ((left, top), (right, top), (right, baseline + 4), (left, baseline + 4))
    return Line(text, 0.9, polygon, is_corrected=corrected)


def with_added(scans, *, needs_looks=False):
    """A typed page with a field and a stamp, both with their looks; the stamp is on a second page, too."""
    pdf = pikepdf.open(io.BytesIO(text_pdf("Surname:")))
    font = pdf.pages[0].obj.Resources.Font.F
    made = []
    for kind, text, place in (("Widget", b"Ashdovvn", (60, 690)), ("Stamp", b"RECEIVED", (300, 100))):
        looks = pdf.make_stream(b"/Tx BMC BT /F 20 Tf 4 9 Td (%s) Tj ET EMC" % text)
        looks.Type, looks.Subtype, looks.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 30])
        looks.Resources = Dictionary(Font=Dictionary(F=font))
        rect = Array([*place, place[0] + 200, place[1] + 30])
        made.append(
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), F=4, Rect=rect, AP=Dictionary(N=looks))
            )
        )
    field, stamp = made
    field.FT, field.T, field.V, field.DA = Name.Tx, "surname", "Ashdovvn", pikepdf.String("/Helv 20 Tf 0 g")
    pdf.pages[0].obj.Annots = Array([field, stamp])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)))
    if needs_looks:
        pdf.Root.AcroForm.NeedAppearances = True
    pdf.save(scans / "form.pdf")
    return scans / "form.pdf"


def exported(file, name, stamp="RECEIVED"):
    lines = [
        line_at("Surname:", 60, 80),
        line_at(name, 64, 143, corrected=name != "Ashdovvn"),
        line_at(stamp, 304, 733, corrected=stamp != "RECEIVED"),
    ]
    return pdf_of_pages(page_of(file, *lines, **A4, recognizer=OWN_TEXT))


@needs_pdftotext
@pytest.mark.parametrize(("name", "stamp"), [("Ashdown", "RECEIVED"), ("Ashdovvn", "RETURNED")])
def test_a_field_or_a_stamp_that_was_corrected_is_found_as_it_is_now(scans, tmp_path, name, stamp):
    file = with_added(scans)
    pdf = exported(file, name, stamp)
    assert sorted(said_by("pdftotext", pdf, tmp_path).split()) == sorted(["Surname:", name, stamp])
    assert str(pdf.pages[0].obj.Annots[0].V) == "Ashdovvn", "what was filled in is the file's own"
    document = io.BytesIO()
    pdf.save(document)
    looks, before = (
        pdfium.PdfDocument(it)[0].render(may_draw_forms=True).to_numpy()
        for it in (document.getvalue(), file.read_bytes())
    )
    assert (looks == before).all()


@needs_pdftotext
def test_fields_and_stamps_that_nobody_corrected_stay_as_they_are(scans, tmp_path):
    pdf = exported(with_added(scans), "Ashdovvn")
    assert b"ActualText" not in pdf.pages[0].obj.Annots[0].AP.N.read_bytes()
    assert sorted(said_by("pdftotext", pdf, tmp_path).split()) == ["Ashdovvn", "RECEIVED", "Surname:"]


def test_a_field_that_readers_draw_themselves_is_not_touched(scans):
    pdf = exported(with_added(scans, needs_looks=True), "Ashdown")
    field, stamp = pdf.pages[0].obj.Annots
    assert b"ActualText" not in field.AP.N.read_bytes()
    assert b"ActualText" in stamp.AP.N.read_bytes()


# One page of a file alone


@pytest.fixture
def pdf(scans):
    """The file with a field and a stamp, opened; the field says its looks in two states."""
    with pikepdf.open(with_added(scans)) as pdf:
        field = pdf.pages[0].obj.Annots[0]
        looks = field.AP.N
        field.AP.N = Dictionary(On=looks, Off=looks)
        yield pdf


def looks_of(pdf) -> list[bytes]:
    field, stamp = pdf.pages[0].obj.Annots
    return [its.read_bytes() for its in (field.AP.N.On, field.AP.N.Off, stamp.AP.N)]


def test_all_looks_are_silent_once(pdf):
    before = looks_of(pdf)
    silence_added(pdf, pdf.pages[0])
    silence_added(pdf, pdf.pages[0])
    assert looks_of(pdf) == [BEGIN_SILENCE + looks + END_SILENCE for looks in before]
    assert pdf.pages[0].obj.Annots[0].AP.N.On.BBox == Array([0, 0, 200, 30])


def test_a_field_that_readers_draw_anew_keeps_its_looks(pdf):
    pdf.Root.AcroForm.NeedAppearances = True
    *field, stamp = looks_of(pdf)
    silence_added(pdf, pdf.pages[0])
    assert looks_of(pdf) == [*field, BEGIN_SILENCE + stamp + END_SILENCE]


def test_looks_that_others_have_as_well_stay(pdf):
    stamp = pdf.pages[0].obj.Annots[1]
    shared, before = stamp.AP.N, stamp.AP.N.read_bytes()
    silence_added(pdf, pdf.pages[0])
    assert shared.read_bytes() == before


def test_only_what_is_silent_in_all_its_states_is_taken_away(pdf):
    page = pdf.pages[0]
    field, _stamp = page.obj.Annots
    silence_added(pdf, page)
    field.AP.N.Off = pdf.make_stream(b"BT (seen) Tj ET")
    remove_silent(page)
    assert [added.Subtype for added in page.obj.Annots] == [Name.Widget]
    silence_added(pdf, page)
    remove_silent(page)
    assert len(page.obj.Annots) == 0
