import pytest
from fakes import cell, line

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.engine.quality import is_word_doubtful
from ocrdesk.ui.panel.shown_text import ShownText, marked_words

PROSE = Paragraph(
    tuple(
        (line(text),)
        for text in ("-3-", "a guarantee for emigra-", "tion, the North-", "South line and 𠀀 1914-", "1918,or so")
    ),
    is_prose=True,
)
LIST = Paragraph(((line("Bread"), line("3.85")), (line("Milk"), line("1.20"))), is_prose=False)
TABLE = Table(((cell(line("Har-"), line("bour")), cell(), cell(line("12"))),))
PAGE = PageText((PROSE, LIST, TABLE))


def part(shown: ShownText, number: int, within=None) -> str:
    begin, end = shown.span(number, within)
    return shown.text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def test_as_it_is_printed_every_line_is_found_letter_for_letter():
    shown = ShownText(PAGE, as_printed=True)
    assert shown.text == PAGE.text
    assert [part(shown, number) for number in range(len(PAGE.lines))] == [line.text for line in PAGE.lines]


def test_in_paragraphs_every_line_is_found_though_it_goes_on_and_broken_words_are_whole():
    shown = ShownText(PAGE, as_printed=False)
    assert shown.text == PAGE.flowing
    assert [part(shown, number) for number in range(len(PAGE.lines))] == [
        "-3-",
        "a guarantee for emigra",
        "tion, the North-",
        "South line and 𠀀 1914-",
        "1918,or so",
        "Bread",
        "3.85",
        "Milk",
        "1.20",
        "Har",
        "bour",
        "12",
    ]
    assert part(shown, 2, (6, 9)) == "the"


@pytest.mark.parametrize("hyphen", ["-", "¬", "\u00ad", "‐"])
def test_whatever_the_hyphen_looks_like_what_follows_is_found(hyphen):
    rows = (f"well{hyphen}", "known, well-known", "and more")
    shown = ShownText(PageText((Paragraph(tuple((line(row),) for row in rows), True),)), as_printed=False)
    assert "well-known, well-known and more" in shown.text
    assert part(shown, 1) == "known, well-known"
    assert part(shown, 2) == "and more"


@pytest.mark.parametrize("as_printed", [True, False])
def test_the_line_at_a_place_is_told(as_printed):
    shown = ShownText(PAGE, as_printed=as_printed)
    for number in range(len(PAGE.lines)):
        begin, end = shown.span(number)
        assert shown.line_at((begin + end) // 2) == number
    assert ShownText(PageText((PROSE, LIST)), as_printed=True).line_at(10_000) is None


def test_rows_are_known_as_prose_and_as_those_of_a_table():
    printed, flowing = (ShownText(PAGE, as_printed=how) for how in (True, False))
    assert [printed.is_prose(row) for row in (0, 4, 5, 6)] == [True, True, False, False]
    assert [flowing.is_prose(row) for row in (0, 1, 2)] == [True, False, False]
    assert printed.table_at(9) is TABLE
    assert flowing.table_at(5) is TABLE
    assert printed.table_at(6) is None
    assert flowing.table_at(3) is None


def test_lines_that_follow_each_other_are_copied_as_they_are_shown_and_others_each_in_a_row():
    printed, flowing = (ShownText(PAGE, as_printed=how) for how in (True, False))
    assert flowing.of_lines([2, 1]) == "a guarantee for emigration, the North-"
    assert printed.of_lines([1, 2]) == "a guarantee for emigra-\ntion, the North-"
    assert printed.of_lines([5, 6]) == "Bread\t3.85"
    assert flowing.of_lines([3, 5]) == "South line and 𠀀 1914-\nBread"


# Words

POLYGON = ((0.0, 0.0), (100.0, 0.0), (100.0, 10.0), (0.0, 10.0))
PLACES = slices_of(POLYGON, [(0, 0.2), (0.3, 0.5), (0.6, 1)])
MEASURED = Line(
    "in Vienna in",
    0.4,
    POLYGON,
    tuple(
        Word(text, confidence, place)
        for text, confidence, place in zip(("in", "Vienna", "in"), (0.9, 0.5, 0.4), PLACES, strict=True)
    ),
)
WHOLE = line("no words measured", confidence=0.5)


def is_doubtful(read) -> bool:
    return is_word_doubtful(read) if isinstance(read, Word) else read.confidence < 0.7


def test_only_the_doubtful_words_of_a_line_are_marked_each_where_it_stands():
    marked = list(marked_words([line("sure"), MEASURED, WHOLE], is_doubtful))
    assert [(word.line, word.span) for word in marked] == [(1, (3, 9)), (1, (10, 12)), (2, (0, 17))]
    assert [word.polygon for word in marked] == [PLACES[1], PLACES[2], WHOLE.polygon]


def rows(shown):
    return shown.text.split("\n")


@pytest.mark.parametrize("as_printed", [True, False])
def test_a_line_that_is_opened_has_a_row_to_itself_and_all_others_are_found_where_they_stand(as_printed):
    lines = tuple((line(text),) for text in ("Another part of these emi-", "grants is still in", "the Burgenland."))
    shown = ShownText(PageText((Paragraph(lines, is_prose=True),)), as_printed=as_printed)
    for number, wanted in enumerate(("Another part of these emi", "grants is still in", "the Burgenland.")):
        opened = shown.opened(number)
        assert rows(opened)[opened.opened_row].rstrip("-") == wanted
        found = [opened.text[slice(*opened.span(other))].rstrip("-") for other in range(3)]
        assert found == ["Another part of these emi", "grants is still in", "the Burgenland."]


def test_cells_after_one_that_is_opened_stay_under_their_headings():
    table = Table(
        (tuple(map(cell, map(line, ("Bourne", "12", "3.50")))), (cell(line("Mill")), cell(), cell(line("4"))))
    )
    shown = ShownText(PageText((table,)), as_printed=True)
    opened = shown.opened(1)
    assert rows(opened) == ["Bourne", "12", "\t\t3.50", "Mill\t\t4"]
    assert opened.opened_row == 1
    assert opened.table_at(3) is table
    assert opened.table_at(4) is None


def test_there_is_room_for_a_line_that_is_to_be_added():
    lines = tuple((line(text),) for text in ("first", "second"))
    shown = ShownText(PageText((Paragraph(lines, is_prose=False),)), as_printed=True)
    assert rows(shown.with_room(0)) == ["first", "", "second"]
    assert shown.with_room(0).opened_row == 1
    assert rows(shown.with_room(None)) == ["", "first", "second"]
    assert shown.with_room(None).opened_row == 0
    assert shown.with_room(1).span(1) == shown.span(1)
    assert rows(ShownText(PageText(()), as_printed=True).with_room(None)) == ["", ""]
