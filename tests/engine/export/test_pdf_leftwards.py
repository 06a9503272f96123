"""Text that is read from right to left in a PDF, as readers find it."""

import unicodedata
from collections import Counter

import pypdfium2 as pdfium
import pytest
from drawn import HEIGHT, WIDTH, needs_pdftotext, page_of, pdf_of_pages, rectangle, said_by
from PIL import Image

from ocrdesk.engine.direction import mostly_runs_left, order_on_paper, runs_left
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.export.pdf_leftwards import bare, from_left

HEBREW = (
    "חשבונית מס׳ 4718 מיום 23.05.2024",
    "חברת צמרת הגליל בע״מ, רחוב הנביאים 17, חיפה",
    "מסב כדורי 6204 - 12 יחידות, 384.50 ₪ כל אחת",
    "קנינו Office 365 ב-2024 אצל Deutsche Bahn ושילמנו.",
    "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
)
ARABIC = (
    "فاتورة رقم 4718 بتاريخ 23.05.2024",
    "شركة النخيل للتجارة، شارع الملك فيصل، بناية 17، عمّان",
    "عدد القطع ١٢ والسعر 384.50 دينارًا والمجموع 4614 دينارًا.",
    "تم تثبيت PostgreSQL على نظام Windows أمس.",
    "بِسْمِ اللَّهِ الرَّحْمَٰنِ",
)
LETTER, HIGH, GAP = 7, 20, 8
"""How wide a letter is, how high a line, and how wide the white between words, in pixels."""


def printed(text, top, page_does):
    """A line as it is printed at the right edge of a page, with its words in the order in which they are read."""
    spans, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        spans.append(range(start, place))
    at = {place: number for number, place in enumerate(order_on_paper(text, leftwards=runs_left(text, page_does)))}
    left = begin = WIDTH - 20 - sum(LETTER * len(span) + GAP for span in spans)
    places = {}
    for number in sorted(range(len(spans)), key=lambda number: min(at[place] for place in spans[number])):
        places[number] = rectangle(left, top, left + LETTER * len(spans[number]), top + HIGH)
        left += LETTER * len(spans[number]) + GAP
    words = [Word(text[span.start : span.stop], 0.9, places[number]) for number, span in enumerate(spans)]
    return Line(text, 0.9, rectangle(begin, top, left - GAP, top + HIGH), tuple(words))


@pytest.fixture
def pdf_of(tmp_path):
    def make(*texts, measured=True):
        path = tmp_path / "page.png"
        Image.new("RGB", (WIDTH, HEIGHT), "white").save(path)
        lines = [printed(text, 40 + 40 * number, mostly_runs_left(texts)) for number, text in enumerate(texts)]
        lines = lines if measured else [Line(line.text, 0.9, line.polygon) for line in lines]
        return pdf_of_pages(page_of(path, *lines))

    return make


def words_in(text):
    """Words as they are compared: without the characters that say which way text runs."""
    plain = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return Counter(unicodedata.normalize("NFKC", plain).split())


def seen_by_pdfium(pdf, folder):
    pdf.save(folder / "seen.pdf")
    page = pdfium.PdfDocument(folder / "seen.pdf")[0]
    return page.get_textpage()


@pytest.mark.parametrize("texts", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
@pytest.mark.parametrize("measured", [True, False], ids=["words", "lines"])
def test_pdfium_finds_every_word_and_every_two_in_a_row(pdf_of, tmp_path, texts, measured):
    page = seen_by_pdfium(pdf_of(*texts, measured=measured), tmp_path)
    assert words_in(page.get_text_range()) == words_in(" ".join(texts))
    for text in texts[:3]:
        for phrase in map(" ".join, zip(text.split(), text.split()[1:], strict=False)):
            assert page.search(phrase).get_next() is not None, phrase


@needs_pdftotext
@pytest.mark.parametrize("texts", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
@pytest.mark.parametrize("measured", [True, False], ids=["words", "lines"])
def test_pdftotext_finds_every_word(pdf_of, tmp_path, texts, measured):
    assert words_in(said_by("pdftotext", pdf_of(*texts, measured=measured), tmp_path)) == words_in(" ".join(texts))


@needs_pdftotext
def test_pdftotext_keeps_white_around_hebrew_within_english(pdf_of, tmp_path):
    text = "The word שלום means peace and nothing else"
    assert words_in(said_by("pdftotext", pdf_of(text), tmp_path)) == words_in(text)


@needs_pdftotext
def test_lines_and_words_come_in_the_order_in_which_they_are_read(pdf_of, tmp_path):
    found = said_by("pdftotext", pdf_of("שלום עולם יפה", "מה נשמע היום"), tmp_path)
    assert list(words_in(found)) == ["שלום", "עולם", "יפה", "מה", "נשמע", "היום"]


def place(left):
    return rectangle(left, 0, left + 40, 20)


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("שלום", "םולש"),
        ("Office", "Office"),
        ("17,", "17,"),
        ("בע״מ,", ",מ״עב"),
        ("(שלום)", "(םולש)"),
        ("ב-2024", "-2024ב"),
        ("בָּ", "בָּ"[1:] + "ב"),
        ("أً.", "ً.أ"),
    ],
)
def test_a_word_is_written_so_that_turning_it_gives_it_back(word, shown):
    ((text, _, _),) = from_left([(word, place(0), False)], page_runs_left=True)
    assert text == shown


def test_words_stand_from_left_to_right_and_say_before_which_is_white():
    words = [("שלום", place(200), False), ("עו", place(100), True), ("לם", place(50), False), ("יפה", place(0), True)]
    assert [(text, is_apart) for text, _, is_apart in from_left(words, page_runs_left=True)] == [
        ("הפי", False),
        ("םל", True),
        ("וע", False),
        ("םולש", True),
    ]


def test_marks_stand_only_where_white_would_be_taken_to_the_other_side():
    words = [
        ("שלום,", place(200), False),
        ("Office", place(50), True),
        ("365", place(100), True),
        ("של", place(0), True),
    ]
    marked = [text for text, _, _ in from_left(words, page_runs_left=True) if bare(text) != text]
    assert marked == ["\u200fOffice", "\u200f,םולש"]
