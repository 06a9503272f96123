from dataclasses import replace

import pytest
from fakes import line

from ocrdesk.engine.corrections.replacing import Sought, places_in, runs_of
from ocrdesk.engine.layout.page_text import Cell, PageText, Paragraph, Table


def run_of(*texts):
    return [replace(line(text, top=20 * number), numbers=(number,)) for number, text in enumerate(texts)]


def replaced(sought, *texts):
    """What becomes of the lines of a paragraph; lines in which nothing is replaced stay."""
    run = run_of(*texts)
    changed = {part.line.text: part.after for place in places_in(1, [run], sought) for part in place.lines}
    return [changed.get(text, text) for text in texts]


@pytest.mark.parametrize(
    ("sought", "instead", "before", "after"),
    [
        ("Lane End", "Lane Head", ("at Lane", "End, York"), ("at Lane", "Head, York")),
        ("lane end", "Old Mill Lane", ("at Lane", "End, York"), ("at Old", "Mill Lane, York")),
        ("Lane End", "Court", ("at Lane", "End of it"), ("at Court", "of it")),
        ("Lane End", "", ("at Lane", "End of it"), ("at", "of it")),
        ("Lancaster", "Lancastrian", ("of Lan-", "caster, UK"), ("of Lan-", "castrian, UK")),
        ("Lancaster", "Doncaster", ("of Lan-", "caster, UK"), ("of Don-", "caster, UK")),
        ("Lancaster", "York", ("of Lan-", "caster, UK"), ("of York", ", UK")),
        ("Lancaster Gate", "York Gate", ("of Lan-", "caster Gate"), ("of York", "Gate")),
        ("Old Lancaster", "New Lancaster", ("of Old Lan-", "caster"), ("of New Lan-", "caster")),
        ("North-West", "North-East", ("the North-", "West of"), ("the North-", "East of")),
        ("one two three", "1 2 3", ("so one", "two", "three go"), ("so 1", "2", "3 go")),
    ],
)
def test_what_runs_over_lines_is_replaced_in_each_of_them(sought, instead, before, after):
    assert replaced(Sought(sought, instead, whole_words=True), *before) == list(after)


def test_lines_that_share_a_phrase_are_one_place_and_others_are_not():
    run = run_of("Mill Lane and Lane", "End with Lane End", "and no more", "Lane End")
    places = list(places_in(1, [run], Sought("Lane End", "Way")))
    assert [[part.line.text for part in place.lines] for place in places] == [
        ["Mill Lane and Lane", "End with Lane End"],
        ["Lane End"],
    ]
    assert [place.count for place in places] == [2, 1]
    assert [part.after for part in places[0].lines] == ["Mill Lane and Way", "with Way"]


def test_a_line_of_which_nothing_is_left_is_taken_away():
    (place,) = places_in(1, [run_of("at Lane", "End")], Sought("Lane End", "Court"))
    assert [part.change.corrections[0].after for part in place.lines] == ["at Court", None]


def test_whole_words_are_whole_over_lines_as_well():
    assert replaced(Sought("Lane End", "x", whole_words=True), "Mill Lane", "Ending") == ["Mill Lane", "Ending"]
    assert replaced(Sought("Lane End", "x y"), "Mill Lane", "Ending") == ["Mill x", "ying"]


def test_lines_that_do_not_follow_each_other_share_nothing():
    runs = [[its] for its in run_of("Mill Lane", "End")]
    assert not list(places_in(1, runs, Sought("Lane End", "x")))


def test_the_key_tells_a_place_from_one_whose_second_line_is_another():
    sought = Sought("Lane End", "x")
    (one,), (other,) = (list(places_in(1, [run_of("Mill Lane", end)], sought)) for end in ("End", "End of"))
    assert one.key != other.key
    assert one.key == next(places_in(1, [run_of("Mill Lane", "End")], sought)).key


def test_rows_of_a_paragraph_and_of_a_cell_follow_each_other():
    lines = run_of("a", "b", "c", "d", "e", "f", "g")
    a, b, c, d, e, f, g = lines
    table = Table(((Cell(((d,), (e,))), Cell(((f,),))),))
    text = PageText((Paragraph(((a,), (b,), (c, g)), is_prose=True), table))
    assert runs_of(lines, text) == [[a, b], [d, e], [f], [c], [g]]


def test_it_is_told_whether_something_may_run_over_lines():
    sought = Sought("Lancaster Gate", "x")
    assert sought.may_run_over(run_of("of lancaster", "gate 2"))
    assert sought.may_run_over(run_of("of Lan-", "Caster Gate"))
    assert not sought.may_run_over(run_of("of Lancaster Gate", "and more"))
    assert not Sought("Oak", "x").may_run_over(run_of("O-", "ak")), "no word is broken after one letter"


@pytest.mark.parametrize(
    ("sought", "text", "count"),
    [
        ("שלום", "אמר שלום לכולם", 1),
        ("של", "שלום של שָׁל", 1),
        ("ש", "שָׁלוֹם ש", 1),
        ("צה", 'צה״ל צה"ל צה', 1),
        ("ל", "צה״ל ל", 1),
        ("מס", "מס׳ 3", 0),
        ("صباح", 'قال "صباح" صباحًا', 1),
        ("بيت", "بيتٌ بيت", 1),
        ("क", "कि क", 1),
        ("word", '"word" word\'s swords', 2),
    ],
)
def test_whole_words_have_their_marks(sought, text, count):
    assert len(Sought(sought, "x", whole_words=True).found_in(text)) == count
