"""Own text and the ink of its page: what is not seen is not taken, and what no letter covers is left to be read."""

from contextlib import closing

import numpy as np
import pikepdf
import pytest
from hand_made import HELVETICA, form, hand_made, picture, stream, words
from pdfs import A4, pdf_of, text_pdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.decode.files import open_file, rest_of_page
from ocrdesk.engine.decode.pdf_ink import seen_letters
from ocrdesk.engine.decode.pdf_letters import Letter
from ocrdesk.engine.own_text import letters_beside

SENTENCE = "A sentence of a letter, long enough to be sampled"
OTHER = "Words that an old program read on this page"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "letter.pdf"


def own_text(path):
    with closing(open_file(path)) as file:
        return file.own_text(0)


def texts(path) -> list[str]:
    own = own_text(path)
    return [] if own is None else [line.text for line in own.reading.lines]


def rest(path, distrusted=()) -> np.ndarray:
    with closing(open_file(path)) as file:
        return rest_of_page(file, 0, distrusted).pixels


def colour(red: float, green: float, blue: float) -> bytes:
    return b"%f %f %f rg " % (red, green, blue)


def scan(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (1240, 1754), "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((150, 200 + 80 * number), line, fill="black", font=ImageFont.load_default(30))
    return picture


# What is seen


def test_text_in_a_font_that_is_neither_in_the_file_nor_here_is_kept(path):
    korean = "임대차 계약서"
    with closing(pikepdf.new()) as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Nobody-Has-This"), DW=1000,
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Korea1", Supplement=1),
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/Nobody-Has-This"), Flags=6, ItalicAngle=0, Ascent=752,
                Descent=-271, CapHeight=737, StemV=58, FontBBox=Array([0, -148, 1001, 880]),
            ),
        )  # fmt: skip
        page.obj.Resources = Dictionary(
            Font=Dictionary(
                F=Dictionary(
                    Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Nobody-Has-This"),
                    Encoding=Name("/UniKS-UCS2-H"), DescendantFonts=Array([font]),
                )
            )
        )  # fmt: skip
        code = korean.encode("utf-16-be").hex()
        page.obj.Contents = pdf.make_stream(f"BT /F 14 Tf 60 770 Td <{code}> Tj ET".encode())
        pdf.save(path)
    assert texts(path) == [korean]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"1 1 1 rg ", b""),
        (b"", picture(40, 690, 400, 30)),
        (b"", b"0 g 40 690 400 30 re f "),
        (b"0 0 10 10 re W n ", b""),
    ],
    ids=["white on white", "under a picture", "blackened", "clipped away"],
)
def test_words_that_nobody_sees_are_not_taken(path, before, after):
    hand_made(path, words(SENTENCE, 50, 600) + b"q " + before + words(OTHER, 50, 700) + b"Q " + after)
    assert texts(path) == [SENTENCE]


def test_a_part_of_a_line_that_was_blackened_is_not_taken(path):
    hand_made(path, words("The agent is John Smith of London", 50, 700) + b"0 g 116 690 62 30 re f ")
    left, right = texts(path)
    assert left.startswith("The agent is")
    assert "ohn" not in left
    assert "Smi" not in right
    assert right.endswith("of London")


@pytest.mark.parametrize(
    "content",
    [
        b"0 g 0 0 595 842 re f 1 1 1 rg " + words(SENTENCE, 50, 700),
        picture(0, 0, 595, 842) + words(SENTENCE, 50, 700),
        colour(0.9, 0.9, 0.9) + words(SENTENCE, 50, 700),
        colour(1, 1, 0) + words(SENTENCE, 50, 700),
        words(SENTENCE, 50, 700, size=4),
        words(SENTENCE, 50, 700) + words(SENTENCE, 50.3, 700),
    ],
    ids=["white on black", "on a picture", "a watermark", "yellow", "small print", "twice, as heavy print is made"],
)
def test_words_that_are_seen_are_taken_however_they_look(path, content):
    hand_made(path, content)
    assert texts(path) == [SENTENCE]


@pytest.mark.parametrize("paper", [255, 240])
@pytest.mark.parametrize("lower", [0, 4])
def test_white_words_over_a_scan_are_not_taken(path, paper, lower):
    """They cover some of its ink, and beside that nobody sees them."""
    grey = b"%f g " % (paper / 255)
    ink = b"".join(b"%d 697 2 14 re f %d 697 4 2 re f " % (x, x) for x in range(50, 320, 7))
    paper_and_ink = grey + b"0 0 595 842 re f 0 g " + ink
    hand_made(path, paper_and_ink + words(SENTENCE, 50, 400) + b"1 g " + words(OTHER, 50, 700 - lower))
    assert texts(path) == [SENTENCE]


@pytest.mark.parametrize("light", [b"1 1 1 rg ", b"1 1 0 rg "], ids=["white", "yellow"])
def test_light_words_on_a_dark_band_of_a_scan_are_taken(path, light):
    band = picture(0, 0, 595, 842) + b"0 0 0.4 rg 40 690 400 30 re f 0.2 g 40 690 400 8 re f "
    hand_made(path, band + light + words(SENTENCE, 50, 700))
    assert texts(path) == [SENTENCE]


def test_letters_that_are_as_grey_as_their_ground_are_seen_by_what_they_cover_of_the_rest():
    boxes = [(10.0 * place, 0.0, 10.0 * place + 8, 20.0) for place in range(5)]
    letters = [Letter(letter, box, 0, False) for letter, box in zip("photo", boxes, strict=True)]
    ground = np.full((20, 50), 255, np.uint8)
    ground[:, 30:] = 128
    ground[8, 30:] = 100
    drawn = ground.copy()
    drawn[6:14, [4, 14, 24, 34, 44]] = 128
    assert seen_letters(letters, drawn, ground, 1.0) == letters
    drawn[:, :30] = 255
    assert seen_letters(letters, drawn, ground, 1.0) == [], "they only cover"


def test_a_dot_too_small_to_be_seen_is_not_lost(path):
    hand_made(path, words("Nr. 5, vol. 7, p. 12.", 50, 700, size=5))
    assert texts(path) == ["Nr. 5, vol. 7, p. 12."]


def test_a_soft_hyphen_is_a_hyphen_where_it_is_drawn(path):
    """Older programs draw hyphens with it; others mark where a word could be parted, and draw nothing."""
    hand_made(path, words("co\xadoperate on the way", 50, 700))
    assert texts(path) == ["co-operate on the way"]
    boxes = [(10.0 * place, 0.0, 10.0 * place + 8, 20.0) for place in range(4)]
    letters = [Letter(letter, box, 0, False) for letter, box in zip("co\xado", boxes, strict=True)]
    blank = np.full((20, 50), 255, np.uint8)
    drawn = blank.copy()
    drawn[8:12, [5, 15, 35]] = 0
    assert [letter.text for letter in seen_letters(letters, drawn, blank, 1.0)] == ["c", "o", "o"]
    drawn[8:12, 25] = 0
    assert [letter.text for letter in seen_letters(letters, drawn, blank, 1.0)] == ["c", "o", "-", "o"]


def layered(state: bytes) -> bytes:
    content = words(SENTENCE, 50, 700) + b"/OC /L BDC " + words(OTHER, 50, 600) + b"EMC "
    properties = b"/OCProperties<</OCGs[7 0 R]/D<</%s[7 0 R]>>>>" % state
    resources = b"<</Font<</F 3 0 R>>/Properties<</L 7 0 R>>>>"
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R%s>>" % properties,
        b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"null",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources%s>>" % resources,
        stream(content),
        b"<</Type/OCG/Name(Layer)>>",
    ])  # fmt: skip


def test_a_layer_that_is_off_is_not_read(path):
    path.write_bytes(layered(b"OFF"))
    assert texts(path) == [SENTENCE]
    path.write_bytes(layered(b"ON"))
    assert texts(path) == [SENTENCE, OTHER]


def test_old_text_under_a_scan_is_not_taken_and_is_told_of(path):
    path.write_bytes(text_pdf(SENTENCE, OTHER, picture=scan("What the scan shows")))
    assert texts(path) == [SENTENCE, OTHER], "on the scan it is seen"
    hand_made(path, words(SENTENCE, 50, 700) + words(OTHER, 50, 600) + picture(0, 0, 595, 842))
    own = own_text(path)
    assert own.reading.lines == ()
    assert "cannot be seen on the page" in own.remark


# What is left


def test_a_page_that_its_text_covers_leaves_nothing(path):
    hand_made(path, words(SENTENCE, 50, 700) + words(OTHER, 50, 600))
    own = own_text(path)
    assert own.rest is None
    assert letters_beside(own) == 0
    assert (rest(path) == 255).all()


def test_rules_frames_and_a_shadow_are_no_text_that_is_left(path):
    lines = b"".join(b"50 %d m 500 %d l S " % (y, y) for y in range(100, 600, 20)) + b"40 90 470 530 re S "
    hand_made(path, lines + words(SENTENCE, 60, 700) + words(SENTENCE, 60.4, 699.6))
    own = own_text(path)
    assert own.rest is not None
    assert letters_beside(own) == 0


def test_a_scan_that_is_a_letter_of_a_font_is_left_and_the_stamp_is_not(path):
    rows = b"".join(b"%d %d 7 20 re f " % (x, y) for x in range(100, 900, 14) for y in range(500, 1300, 60))
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1415]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</a 8 0 R>>"
        b"/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]/Resources<<>>>>"
    )
    letter = stream(b"1000 0 0 0 1000 1415 d1 " + rows)
    scanned = b"BT /T 595 Tf (a) Tj ET "
    resources = b"<</Font<</F 3 0 R/T 7 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources%s>>" % resources
    tree = b"<</Type/Pages/Kids[5 0 R]/Count 1>>"
    content = stream(scanned + words("A stamp", 50, 30))
    path.write_bytes(pdf_of([CATALOG, tree, HELVETICA, b"null", page, content, font, letter]))
    own = own_text(path)
    assert [line.text for line in own.reading.lines] == ["A stamp"]
    assert own.rest is not None
    assert (own.rest < 50).mean() > 0.05


def test_a_headline_of_huge_letters_is_text(path):
    hand_made(path, words("GO", 20, 400, size=380) + words("Entrance one shilling", 50, 50, size=9))
    assert texts(path) == ["GO", "Entrance one shilling"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_on_a_scan_are_left_and_the_stamp_is_not(path, rotate):
    content = text_pdf("A stamp", picture=scan("What the scan shows", "and more of it"), rotate=rotate)
    path.write_bytes(content.replace(b"60 762", b"60 100"))
    own = own_text(path)
    assert [line.text for line in own.reading.lines] == ["A stamp"]
    assert letters_beside(own) > 15
    assert own.rotation == rotate


def test_text_that_a_tiling_pattern_draws_is_left(path):
    pattern = stream(
        words("Written in a pattern", 50, 400),
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 595 842]/XStep 595/YStep 842"
        b"/Resources<</Font<</F 3 0 R>>>>",
    )
    resources = b"<</Font<</F 3 0 R>>/Pattern<</T 7 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources%s>>" % resources
    path.write_bytes(
        pdf_of([
            CATALOG,
            b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"null",
            page,
            stream(b"/Pattern cs /T scn 0 0 595 842 re f 0 g " + words("A footer", 50, 30)),
            pattern,
        ])
    )  # fmt: skip
    assert texts(path) == ["A footer"]
    assert letters_beside(own_text(path)) >= 8


def test_text_in_a_font_that_is_not_trusted_is_drawn(path):
    hand_made(path, words(SENTENCE, 50, 700))
    assert own_text(path).fonts == (0,)
    assert (rest(path) == 255).all()
    assert rest(path, (0,)).min() < 50
    assert (rest(path, (1,)) == 255).all()


def test_text_of_a_form_is_hidden_with_the_rest_of_the_text(path):
    hand_made(path, b"/X Do ", form(words(SENTENCE, 50, 700), b"0 0 595 842"))
    assert (rest(path) == 255).all()


# Turned


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_that_are_drawn_letter_by_letter_are_read_however_their_page_is_turned(path, rotate):
    letters = enumerate("words without spaces")
    content = b"".join(words(letter, 50 + 7.2 * place, 700) for place, letter in letters if letter != " ")
    hand_made(path, content, entries=b"/Rotate %d" % rotate, font=HELVETICA.replace(b"Helvetica", b"Courier"))
    assert texts(path) == ["words without spaces"]


# Samples


def test_samples_are_pieces_of_lines_as_the_page_shows_them(path):
    hand_made(path, b"".join(words(SENTENCE, 50, 780 - 20 * row) for row in range(30)))
    samples = own_text(path).samples
    assert len(samples) == 2
    for sample in samples:
        assert SENTENCE.startswith(sample.text)
        assert len(sample.text) > 10
        height, width, _ = sample.pixels.shape
        assert 5 < width / height < 15
        assert sample.pixels.min() < 60 < sample.pixels.max()


@pytest.mark.parametrize(("meant", "is_sampled"), [(0x61, True), (0x4E00, True), (0x430, False), (0x5D0, False)])
def test_no_sample_is_taken_of_a_script_that_recognizers_do_not_read(path, meant, is_sampled):
    path.write_bytes(text_pdf("abcdefgh abcdefgh", meaning=lambda code: meant + code - 97))
    own = own_text(path)
    assert len(own.reading.lines) == 1
    assert bool(own.samples) is is_sampled


# The file


def test_a_page_may_have_units_larger_than_a_point(path):
    hand_made(path, words("Tall", 0.5, 10, size=0.5), box=(0, 0, 8, 11), entries=b"/UserUnit 72")
    with closing(open_file(path)) as file:
        own, picture = file.own_text(0), file.load(0, None)
    assert picture.pixels.shape == (3300, 2400, 3)
    assert picture.remark is None
    (line,) = own.reading.lines
    (left, top), _, (right, bottom), _ = line.polygon
    rows, columns = np.nonzero(picture.pixels[..., 0] < 128)
    assert left - 10 < columns.min() <= columns.max() < right + 10
    assert top < rows.min() <= rows.max() < bottom


@pytest.mark.parametrize(("unit", "height"), [(b"0", 3509), (b"-3", 3509), (b"/x", 3509), (b"2", 7017)])
def test_a_unit_that_makes_no_sense_is_a_point(path, unit, height):
    hand_made(path, b"0 0 10 10 re f", box=(0, 0, 100, A4[3]), entries=b"/UserUnit " + unit)
    with closing(open_file(path)) as file:
        assert file.load(0, None).pixels.shape[0] == height


def test_embedded_files_are_told_of_on_the_first_page(path):
    names = b"/Names<</EmbeddedFiles<</Names[(a)%s]>>>>"
    one = b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 7 0 R>>>>"
    for name, is_told in ((b"letter.pdf", True), (b"factur-x.xml", False)):
        path.write_bytes(
            pdf_of([
                b"<</Type/Catalog/Pages 2 0 R%s>>" % (names % (one % (name, name))),
                b"<</Type/Pages/Kids[5 0 R 5 0 R]/Count 2>>",
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                b"null",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>",
                stream(words(SENTENCE, 50, 700)),
                stream(b"x", b"/Type/EmbeddedFile"),
            ])
        )  # fmt: skip
        with closing(open_file(path)) as file:
            remarks = [file.own_text(0).remark, file.own_text(1).remark, file.load(0, None).remark]
        assert [remark is not None and "letter.pdf" in remark for remark in remarks] == [is_told, False, is_told]


def test_the_icon_of_a_note_is_not_drawn_and_a_stamp_is_text(path):
    look = form(words("RECEIVED 17 MAY", 2, 8), b"0 0 300 30")
    for kind, is_text in ((b"Text", False), (b"Stamp", True)):
        added = b"<</Type/Annot/Subtype/%s/F 4/Rect[50 300 350 330]/AP<</N 8 0 R>>>>" % kind
        hand_made(path, words(SENTENCE, 50, 700), added, look, entries=b"/Annots[7 0 R]")
        assert texts(path) == [SENTENCE, "RECEIVED 17 MAY"][: 1 + is_text]
        assert (rest(path) == 255).all()
