"""Text that nobody sees is taken away; what is seen stays where it is and looks as it did."""

import io

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from drawn import needs_pdftotext, said_by
from pikepdf import Array, Dictionary, Name

from ocrdesk.engine.decode.shown_text import shown_letters
from ocrdesk.engine.export.pdf_unseen import remove_unseen_text

BOX = (0, 0, 300, 200)
PICTURE = "q 300 0 0 200 0 0 cm /P Do Q "


def document(content: str, *, font: Dictionary | None = None, picture: dict[str, object] | None = None, form: str = ""):
    """A page of Helvetica, with a picture P of two shades and a form X."""
    pdf = pikepdf.new()
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pixels = pikepdf.Stream(pdf, bytes([200, 255, 230, 255]))
    pixels.Type, pixels.Subtype, pixels.Width, pixels.Height = Name.XObject, Name.Image, 2, 2
    pixels.ColorSpace, pixels.BitsPerComponent = Name.DeviceGray, 8
    for key, value in (picture or {}).items():
        pixels[key] = value
    drawn = pikepdf.Stream(pdf, form.encode())
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 200])
    fonts = Dictionary(F=pdf.make_indirect(font or helvetica))
    drawn.Resources = Dictionary(Font=fonts)
    clear = Dictionary(ca=0.5)
    resources = Dictionary(
        Font=fonts,
        XObject=Dictionary(P=pdf.make_indirect(pixels), X=pdf.make_indirect(drawn)),
        ExtGState=Dictionary(Clear=clear),
    )
    page = Dictionary(
        Type=Name.Page, MediaBox=Array(list(BOX)), Resources=resources, Contents=pdf.make_stream(content.encode())
    )
    pdf.pages.append(pikepdf.Page(page))
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def drawn(content: bytes) -> np.ndarray:
    opened = pdfium.PdfDocument(content)
    pixels = np.array(opened[0].render(scale=2).to_numpy())
    opened.close()
    return pixels


def cleaned(pdf: pikepdf.Pdf) -> str:
    """The letters that are left, after a look whether the page looks as before."""
    before = drawn(saved(pdf))
    remove_unseen_text(pdf, pdf.pages[0], BOX)
    assert np.array_equal(drawn(saved(pdf)), before)
    return "".join(letter.text for letter in shown_letters(saved(pdf)))


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (PICTURE + "BT /F 20 Tf 3 Tr 20 90 Td (old) Tj ET", ""),
        (PICTURE + "BT /F 20 Tf 7 Tr 20 90 Td (old) Tj ET", ""),
        (PICTURE + "q BT /F 20 Tf 7 Tr 20 90 Td (old) Tj ET Q BT /F 20 Tf 20 40 Td (new) Tj ET", "new"),
        # Seen through the shape of its letters.
        ("BT /F 90 Tf 7 Tr 20 90 Td (old) Tj ET " + PICTURE, "old"),
        ("q BT /F 90 Tf 7 Tr 20 90 Td (old) Tj ET 0 0 300 200 re f Q", "old"),
        # The state of a hidden part holds for what follows.
        ("BT /F 20 Tf 3 Tr 20 90 Td (old) Tj 0 Tr (new) Tj ET", "new"),
        ("BT /F 20 Tf 3 Tr 20 90 Td [(o) -300 (ld)] TJ 0 Tr (new) Tj ET", "new"),
        ("BT /F 20 Tf 3 Tr 2 Tc 5 Tw 80 Tz 20 90 Td (old w) Tj 0 Tr (new) Tj ET", "new"),
        ("BT /F 20 Tf 24 TL 3 Tr 20 150 Td (old) Tj (lines) ' 0 Tr (new) ' (er) Tj ET", "newer"),
        ('BT /F 20 Tf 24 TL 3 Tr 20 150 Td 9 4 (old words) " 0 Tr (new words) Tj ET', "newwords"),
        ("BT /F 20 Tf 3 Tr 20 90 Td (old) Tj 0 Tr 0 -20 Td (new) Tj ET", "new"),
        ("q 3 Tr Q BT /F 20 Tf 20 90 Td (new) Tj ET", "new"),
        # Under a picture of the whole page.
        ("BT /F 20 Tf 20 90 Td (old) Tj ET " + PICTURE + "BT /F 20 Tf 20 40 Td (new) Tj ET", "new"),
        ("BT /F 20 Tf 20 90 Td (old) Tj ET q 0 0 300 200 re W n " + PICTURE + "Q", ""),
        ("BT /F 20 Tf 20 90 Td (old) Tj ET q 300 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q", ""),
        ("BT /F 20 Tf 20 90 Td (new) Tj ET q 200 0 0 200 100 0 cm /P Do Q", "new"),
        ("BT /F 20 Tf 20 90 Td (new) Tj ET q 0 0 100 200 re W n " + PICTURE + "Q", "new"),
        ("BT /F 20 Tf 20 90 Td (new) Tj ET q /Clear gs " + PICTURE + "Q", "new"),
        ("BT /F 20 Tf 20 90 Td (new) Tj ET q 200 100 -100 200 50 0 cm /P Do Q", "new"),
        # In forms, which have the state of where they are drawn.
        (PICTURE + "/X Do", "form"),
        (PICTURE + "q 3 Tr /X Do Q", ""),
        (PICTURE + "q 3 Tr /X Do Q /X Do", "form"),
    ],
)  # fmt: skip
def test_what_is_left(content, left):
    found = cleaned(document(content, form="BT /F 20 Tf 20 90 Td (form) Tj ET"))
    assert found == left


@pytest.mark.parametrize("mask", [{"/ImageMask": True, "/BitsPerComponent": 1}, {"/Mask": Array([0, 100])}])
def test_a_picture_that_lets_through_hides_nothing(mask):
    assert cleaned(document("BT /F 20 Tf 20 90 Td (new) Tj ET " + PICTURE, picture=mask)) == "new"


def test_text_in_a_form_is_hidden_by_the_form_itself():
    pdf = document(PICTURE + "/X Do", form="BT /F 20 Tf 3 Tr 20 90 Td (old) Tj 0 Tr (new) Tj ET")
    shared = pdf.pages[0].obj.Resources
    pdf.pages.append(pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=Array(list(BOX)), Resources=shared)))
    assert cleaned(pdf) == "new"
    assert b"(old)" in pdf.pages[1].obj.Resources.XObject.X.read_bytes()  # another page may need it as it was


@pytest.mark.parametrize(
    "font",
    [
        Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Foo, FirstChar=97, Widths=Array([900] * 26)),
        Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Arial,Bold")),
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Italic")),
    ],
)
def test_what_is_seen_behind_hidden_text_stays_where_it_is_in_any_font(font):
    assert cleaned(document("BT /F 20 Tf 3 Tr 20 90 Td (old) Tj 0 Tr (new) Tj ET", font=font)) == "new"


def test_hidden_text_of_unknown_width_stays_where_something_seen_stands_behind_it():
    unknown = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Unheard)
    hidden = "BT /F 20 Tf 3 Tr 20 90 Td (old) Tj 0 Tr (new) Tj ET BT /F 20 Tf 3 Tr 20 40 Td (older) Tj ET"
    pdf = document(hidden, font=unknown)
    remove_unseen_text(pdf, pdf.pages[0], BOX)  # not drawn: readers choose now this font, now that
    assert pdf.pages[0].obj.Contents.read_bytes().count(b"Tj") == 2


def test_content_that_unfolds_without_end_is_left_alone():
    pdf = document("")
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, bytes(80_000_000))
    file = saved(pdf)
    assert len(file) < 200_000
    with pikepdf.open(io.BytesIO(file)) as pdf:
        remove_unseen_text(pdf, pdf.pages[0], BOX)


@needs_pdftotext
def test_others_do_not_find_it_either(tmp_path):
    pdf = document(PICTURE + "BT /F 20 Tf 7 Tr 20 90 Td (old) Tj ET")
    assert "old" in said_by("pdftotext", pdf, tmp_path)
    remove_unseen_text(pdf, pdf.pages[0], BOX)
    assert "old" not in said_by("pdftotext", pdf, tmp_path)
