"""The letters of a PDF page: what they are and where they stand, in lines."""

import io
from contextlib import closing

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from pdfs import text_pdf

from ocrdesk.engine.decode.files import open_file
from ocrdesk.engine.decode.pdf_letters import Letter, Placement, letters_on, line_of, runs_of, text_of

SENTENCE = "A sentence with words"


def letters(text: str, advance: float = 10, size: float = 10) -> list[Letter]:
    """Letters one after the other, each so far from the one before."""
    return [
        Letter(letter, (number * advance, 0.0, number * advance + size, size), 0, False)
        for number, letter in enumerate(text)
    ]


def spread(text: str, gap: float) -> list[Letter]:
    """Square letters that have such a gap, in heights, where a space stands."""
    placed, x = [], 0.0
    for letter in text:
        wide = 10 * gap if letter == " " else 10.0
        placed.append(Letter(letter, (x, 0.0, x + wide, 10.0), 0, False))
        x += wide
    return placed


@pytest.fixture
def own_lines(tmp_path):
    def own_lines(content: bytes) -> list[str]:
        (tmp_path / "a.pdf").write_bytes(content)
        with closing(open_file(tmp_path / "a.pdf")) as file:
            return [line.text for line in file.own_text(0).reading.lines]

    return own_lines


# Places


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, 450, -90])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (-50, 30, 250, 180), (900, 700, 940, 910)])
def test_a_place_is_what_pdfium_says_it_is(rotate, box):
    document = pdfium.PdfDocument(text_pdf("a", rotate=rotate, mediabox=box))
    page = document[0]
    width, height = round(page.get_width() * 4), round(page.get_height() * 4)
    placement = Placement(page, width, height)
    left, bottom, right, top = box
    for x, y in ((left, bottom), (right, top), ((left + right) / 2, bottom + 1), (left - 40, top + 7)):
        across, down = pdfium_c.c_int(), pdfium_c.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        placed = placement.box(x, y, x, y)
        assert placed[:2] == pytest.approx((across.value, down.value), abs=1.01)
        assert placed[:2] == placed[2:]
    page.close()
    document.close()


# Lines


@pytest.mark.parametrize("matrix", ["0 1 -1 0 560 200", "0 -1 1 0 540 600"])
def test_a_line_on_its_side_beside_upright_ones_is_one_line(own_lines, matrix):
    with closing(pikepdf.open(io.BytesIO(text_pdf("Upright words stand here", "and here are more of them")))) as pdf:
        beside = f"BT /F 14 Tf {matrix} Tm (In the margin, 14 Jan) Tj ET"
        pdf.pages[0].contents_add(pdf.make_stream(beside.encode()))
        changed = io.BytesIO()
        pdf.save(changed)
    lines = own_lines(changed.getvalue())
    assert sorted(lines) == ["In the margin, 14 Jan", "Upright words stand here", "and here are more of them"]


# What stands there


def test_a_code_that_no_character_has_is_an_unknown_letter():
    content = text_pdf("abc", meaning=lambda code: code)
    content = content.replace(b"<62> <0062>", b"<62> <DBFFDFFF>")  # U+10FFFF, which nobody may use
    document = pdfium.PdfDocument(content)
    page = document[0]
    text = page.get_textpage()
    found = letters_on(page, text, Placement(page, 595, 842))
    assert [letter.is_unknown for letter in found] == [False, True, False]
    for opened in (text, page, document):
        opened.close()


def test_a_code_that_means_nothing_and_draws_nothing_is_white():
    document = pdfium.PdfDocument(text_pdf("a c", meaning=lambda code: 0xE000 if code == ord(" ") else code))
    page = document[0]
    text = page.get_textpage()
    found = letters_on(page, text, Placement(page, 595, 842))
    assert [(letter.text, letter.is_unknown) for letter in found] == [("a", False), (" ", False), ("c", False)]
    for opened in (text, page, document):
        opened.close()


@pytest.mark.parametrize(
    ("codes", "read"),
    [
        ([0x110000, 98, 99], ["\ufffd", "b", "c"]),
        ([97, 0xC3A9E28AAC & 0xFFFFFFFF, 99], ["a", "\ufffd", "c"]),
        ([0xD835, 0xDC1A, 99], ["𝐚", "c"]),
        ([97, 0xDC1A, 99], ["a", "\ufffd", "c"]),
        ([0xFFFE, 98, 99], [" ", "b", "c"]),
    ],
)
def test_no_code_is_too_strange(monkeypatch, codes, read):
    document = pdfium.PdfDocument(text_pdf("abc"))
    page = document[0]
    text = page.get_textpage()
    monkeypatch.setattr(pdfium_c, "FPDFText_GetUnicode", lambda text, index: codes[index])
    found = letters_on(page, text, Placement(page, 595, 842))
    assert [letter.text for letter in found] == read
    assert [letter.is_unknown for letter in found] == [letter == "\ufffd" for letter in read]
    for opened in (text, page, document):
        opened.close()


def test_letters_are_numbered_by_their_fonts_and_know_their_objects():
    document = pdfium.PdfDocument(text_pdf("ab", "cd"))
    page = document[0]
    text = page.get_textpage()
    found = [letter for letter in letters_on(page, text, Placement(page, 595, 842)) if letter.is_mark]
    assert [letter.font for letter in found] == [0, 0, 0, 0]
    assert len({letter.part for letter in found}) == 2
    for opened in (text, page, document):
        opened.close()


def drawn(text: str, start: float = 0, step: float = 10) -> list[Letter]:
    """Letters that an object of the page draws, each so far to the right of the one before."""
    at = [start + number * step for number in range(len(text))]
    return [Letter(letter, (x, 0, x + 10, 10), 0, False, part=1) for letter, x in zip(text, at, strict=True)]


class Page(Placement):
    """A drawing of a thousand pixels a side."""

    def __init__(self) -> None:
        self.width = self.height = 1000


def test_letters_of_a_script_that_runs_from_right_to_left_stay_in_their_order():
    (run,) = runs_of(drawn("שלום עולם", 90, -10), 0, Page())
    assert text_of(run) == "שלום עולם"


def test_cells_that_are_read_from_the_right_are_lines_of_their_own():
    cells = [*drawn("שם", 300, -10), *drawn("עיר", 150, -10)]
    assert [text_of(run) for run in runs_of(cells, 0, Page())] == ["שם", "עיר"]


def test_words_of_another_script_within_what_is_read_from_the_right_do_not_part_it():
    line = [*drawn("קנינו ", 390, -10), *drawn("Office365", 230, 10), *drawn(" אתמול", 220, -10)]
    assert [text_of(run) for run in runs_of(line, 0, Page())] == ["קנינו Office365 אתמול"]


def test_what_goes_on_far_to_the_left_in_the_same_row_is_another_line():
    footer = letters("Page 4")
    right = [letter.at((letter.box[0] + 400, 0, letter.box[2] + 400, 10)) for letter in letters("Form 7")]
    assert [text_of(run) for run in runs_of([*right, *footer], 0, Page())] == ["Form 7", "Page 4"]


# Stored spaces and what is never seen


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2060"])
def test_what_is_never_seen_is_not_in_the_line(unseen):
    assert text_of(letters(f"ab{unseen}c d")) == "abc d"
    assert line_of(letters(f"abc{unseen}")).polygon[1][0] == 30, "nor does it take room"


def test_a_zero_width_space_that_a_file_stores_does_not_part_a_word(own_lines):
    meanings = {ord("#"): 0x200B}
    assert own_lines(text_pdf("archi#ve", meaning=lambda code: meanings.get(code, code))) == ["archive"]


@pytest.mark.parametrize("gap", [0.05, 0.25, 0.5])
@pytest.mark.parametrize("text", ["附 件 三", "会 议 纪 要 ， 第 二 页 。", "目 录"])
def test_a_space_after_each_chinese_character_is_none(text, gap):
    assert text_of(spread(text, gap)) == text.replace(" ", "")


def test_a_wide_gap_between_chinese_words_is_a_space():
    assert text_of(spread("姓名 张三", 1.5)) == "姓名 张三"
    assert text_of(spread("姓名 张三 住址", 0.8)) == "姓名 张三 住址"


@pytest.mark.parametrize("text", ["第 3 页", "ocr 与 pdf", "two words"])
def test_spaces_beside_other_letters_stay(text):
    assert text_of(spread(text, 0.3)) == text
