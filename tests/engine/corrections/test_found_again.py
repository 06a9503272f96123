from dataclasses import replace

import pytest
from lines import WIDE, measured, stacked, texts_of

from ocrdesk.engine.corrections.changes import corrected, merged, moved, new_line, split
from ocrdesk.engine.corrections.found_again import found_again
from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.corrections.overlap import Sheet
from ocrdesk.engine.document import Line

SHEET = Sheet(500, 200, 0)
PAGE = stacked("Dear Mr Smlth,", "the goods havo come", "Yours")


def again(change, lines, now=SHEET, **values):
    """What the lines are with the corrections of another reading."""
    found = found_again(change.corrections, lines, SHEET, now, **values)
    return found, texts_of(laid_over(lines, found))


def numbers(found):
    return [it.numbers for it in found]


def test_a_line_that_is_read_again_has_its_correction_though_lines_have_other_numbers():
    lines = [replace(line, numbers=(2 - number,)) for number, line in enumerate(PAGE)][::-1]
    found, texts = again(corrected(PAGE[1], "the goods have come"), lines)
    assert numbers(found) == [(1,)]
    assert texts == ["Yours", "the goods have come", "Dear Mr Smlth,"]


@pytest.mark.parametrize("text", ["thc gocds hawo come", "the goods have come", "tlie g00ds 1iavo c0rne"])
def test_it_may_be_read_otherwise(text):
    lines = stacked("Dear Mr Smith,", text, "Yours")
    assert again(corrected(PAGE[1], "the goods have come"), lines)[1][1] == "the goods have come"


def test_what_was_unreadable_may_be_unreadable_otherwise_in_the_same_place_but_not_beside_it():
    change = corrected(measured("|||||", 0, 0), "Seven")
    assert numbers(again(change, [measured("=====", 3, 2)])[0]) == [(0,)]
    assert numbers(again(change, [measured("=====", 30, 2)])[0]) == [()]
    assert numbers(again(change, [measured("=====", 0, 30)])[0]) == [()]
    assert numbers(again(change, [measured("=====", 3, 2)], is_other_file=True)[0]) == [()]


def test_a_recognizer_that_cuts_the_line_gives_all_its_pieces():
    pieces = [measured("havo come", 10 * WIDE, 30, 0), PAGE[0], measured("the goods", 0, 30, 5)]
    pieces[1] = replace(pieces[1], numbers=(3,))
    found, texts = again(corrected(PAGE[1], "the goods have come"), pieces)
    assert numbers(found) == [(5, 0)]
    assert sorted(texts) == ["Dear Mr Smlth,", "the goods have come"]


def test_a_piece_that_is_read_as_something_else_is_a_piece_though():
    pieces = [measured("the goods", 0, 30, 0), measured("||||", 10 * WIDE, 30, 1), measured("come", 15 * WIDE, 30, 2)]
    found, texts = again(corrected(PAGE[1], "the goods have come"), pieces)
    assert numbers(found) == [(0, 1, 2)] and texts == ["the goods have come"]


def test_a_recognizer_that_joins_lines_leaves_what_is_beside_the_correction():
    left, right = measured("Name Smlth", 0, 0, 0), measured("Born 1911", 11 * WIDE, 0, 1)
    whole = [measured("Name Smlth Born 1911", 0, 0, 0)]
    assert again(corrected(left, "Name Smith"), whole)[1] == ["Name Smith", "Born 1911"]
    assert again(corrected(right, "Born 1912"), whole)[1] == ["Name Smlth", "Born 1912"]


def test_the_halves_of_a_line_go_where_the_halves_are():
    change = split(PAGE[1], 10)
    assert numbers(again(change, PAGE)[0]) == [(1,), (1,)]
    cut = [measured("the goods", 0, 30, 0), measured("havo come", 10 * WIDE, 30, 1)]
    assert numbers(again(change, cut)[0]) == [(0,), (1,)]


def test_merged_lines_are_merged_again_from_the_top():
    lines = [PAGE[2], replace(PAGE[1], numbers=(0,)), replace(PAGE[0], numbers=(1,))]
    found, texts = again(merged(PAGE[:2]), lines)
    assert numbers(found) == [(1, 0)]
    assert texts == ["Yours", "Dear Mr Smlth, the goods havo come"]


def test_a_new_line_stays_and_stands_for_what_is_read_there_now():
    change = new_line(measured("Stamp", 300, 30).polygon, "Stamp")
    assert again(change, PAGE)[1] == [*texts_of(PAGE), "Stamp"]
    lines = [*PAGE, measured("Starnp", 300, 30, 3)]
    found, texts = again(change, lines)
    assert numbers(found) == [(3,)] and texts == [*texts_of(PAGE), "Stamp"]
    (back,) = found_again(found, PAGE, SHEET, SHEET)
    assert not back.is_lost and texts_of(laid_over(PAGE, [back])) == [*texts_of(PAGE), "Stamp"]


def test_a_correction_without_a_line_is_lost_and_found_when_the_line_is_there_again():
    found, texts = again(corrected(PAGE[1], "the goods have come"), [PAGE[0], PAGE[2]])
    assert found[0].is_lost and texts == ["Dear Mr Smlth,", "Yours"]
    (back,) = found_again(found, PAGE, SHEET, SHEET)
    assert back.numbers == (1,) and not back.is_lost


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("scale", [1, 2])
def test_corrections_go_with_a_page_that_is_turned_or_drawn_larger(turn, scale):
    size = (500, 200) if turn % 180 == 0 else (200, 500)
    now = Sheet(size[0] * scale, size[1] * scale, turn)
    lines = [replace(line, polygon=SHEET.place_on(now, line.polygon), words=()) for line in PAGE]
    change = moved(PAGE[1], PAGE[2])
    found, _ = again(change, lines, now)
    assert numbers(found) == [(1,)]
    assert found[0].polygon == lines[1].polygon and found[0].follows == (lines[2].polygon,)


def test_lines_close_to_each_other_are_not_taken_for_one_another():
    """Boxes of lines that are printed closely reach into each other."""
    lines = [measured(f"line number {number}", 0, 14 * number, number) for number in range(10)]
    shifted = [replace(line, polygon=tuple((x + 3, y + 3) for x, y in line.polygon)) for line in lines]
    for line in lines:
        assert numbers(again(corrected(line, line.text.upper()), shifted)[0]) == [line.numbers]


def test_lines_without_an_area_do_no_harm():
    flat = Line("", 0.5, ((1, 1),) * 4, (), (0,))
    assert numbers(again(corrected(PAGE[0], "x"), [flat])[0]) == [()]
    assert numbers(again(corrected(flat, "x"), [flat])[0]) == [()]
