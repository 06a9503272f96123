"""Text that a PDF has itself: whether it is true, and how it is joined with what is read besides."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import line, reading

from ocrdesk.engine.decode import OwnText, Picture, Sample
from ocrdesk.engine.document import Reading, Rule
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.own_text import distrusted_fonts, examined, joined, turned, without_fonts
from ocrdesk.engine.reading_names import OWN_TEXT, has_own_text, mixed_name

CROP = np.zeros((10, 100, 3), np.uint8)
PATH = Path("a.pdf")


def samples(*said: tuple[str, int]) -> list[Sample]:
    """Each with a picture of its own, by which it is told."""
    return [Sample(text, font, np.full_like(CROP, number)) for number, (text, font) in enumerate(said)]


def reads(*texts: str, confidence: float = 0.9, asked: list[list[int]] | None = None):
    """Reads of each sample what stands at its place; ``asked`` gets which samples were read each time."""

    def read(crops):
        numbers = [int(crop[0, 0, 0]) for crop in crops]
        if asked is not None:
            asked.append(numbers)
        return [(texts[number], confidence) for number in numbers]

    return read


def own(*texts: str, fonts: tuple[int, ...] = (), **values) -> OwnText:
    return OwnText(reading(*texts, confidence=1.0), 0, fonts or (0,) * len(texts), **values)


class FakeDecoder:
    """Gives one picture for the whole page and another for what is left of it."""

    def __init__(self):
        self.asked = []

    def load_page(self, path, frame, *, as_picture):
        self.asked.append(("whole", as_picture))
        return Picture(CROP, 0, "A remark.")

    def load_rest(self, path, frame, distrusted):
        self.asked.append(("rest", distrusted))
        return Picture(CROP)


# Whether it is true


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Dear Mrs Whitcombe,", "Dear Mrs Whitcombe,"),
        ("Dear Mrs Whitcombe,", "DearMrs Whitcornbe"),
        ("effcient ﬁnding", "efficient finding"),
        ("Straße Müller Çédille", "StraBe Muller Cedille"),
        ("SMALL CAPITALS", "Small capitals"),
        ("Total", "Tota1"),
        ("Consignment 4170", "Consignment 4110"),
        ("Consignment 417", "Consignment 901"),
        ("会议纪要第二页", "会议纪要第二页"),
    ],
)
def test_text_that_is_read_at_its_place_is_true(said, read):
    assert distrusted_fonts(samples((said, 0)), reads(read)) == frozenset()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Efbs!Nst!Xijudpncf-", "Dear Mrs Whitcombe,"),
        ("Qrne Zef Juvgpbzor", "Dear Mrs Whitcombe"),
        ("Pliesi fond biluw thi riciopt", "Please find below the receipt"),
        ("Yuars soncirily, Mergerit", "Yours sincerely, Margaret"),
        ('"7+%-', "Phone"),
        ("Account statement 5341", "Account statement 2018"),
        ("亚认纪耠筭亍", "会议纪要第二页"),
        ("1234.50 781.22", "9018.33 645.07"),
    ],
)
def test_text_that_is_not_what_is_read_at_its_place_is_untrue(said, read):
    assert distrusted_fonts(samples((said, 3)), reads(read)) == {3}


@pytest.mark.parametrize(
    ("said", "read", "confidence"),
    [
        ("Efbs!Nst!Xijudpncf", "Dear Mrs Whitcombe", 0.05),
        ("CONFIDENTIAL", "CONDEIA", 0.17),
        ("Efbs!Nst!Xijudpncf", "", 0.9),
        ("Efbs!Nst!Xijudpncf", "Mrs", 0.9),
        ("I. 1.", "1. I.", 0.9),
        ("The numbers of both consignments OO2l 3ll5OO4", "The numbers of both consignments 0021 3115004", 0.9),
        (".........", "", 0.9),
    ],
    ids=["hardly read", "crossed by words", "not read", "little of it", "too short", "like digits", "dots"],
)
def test_what_proves_nothing_leaves_the_text_as_it_is(said, read, confidence):
    assert distrusted_fonts(samples((said, 0)), reads(read, confidence=confidence)) == frozenset()


def test_each_font_is_judged_by_its_own_samples_and_one_that_agrees_is_enough():
    said = samples(("A true line", 0), ("Bopuifs mjof", 1), ("Something decorated", 0))
    assert distrusted_fonts(said, reads("A true line", "Another line", "S0#kfjq wkrrz")) == {1}


def test_neither_letters_nor_digits_speak_for_the_other():
    said = samples(("Yuars soncirily", 0), ("4170.25", 0), ("Yours sincerely", 1), ("9018.33", 1))
    assert distrusted_fonts(said, reads("Yours sincerely", "4170.25", "Yours sincerely", "4170.25")) == {0, 1}


def test_short_pieces_prove_something_together():
    said = samples(("52/86", 0), (":7/21", 0), ("23/46", 0), ("Item", 1), ("4.75", 1), ("Qty", 1))
    assert distrusted_fonts(said, reads("41.75", "96.10", "12.35", "Item", "4.75", "Oty")) == {0}
    assert distrusted_fonts(samples(("Jufn", 0)), reads("Item")) == frozenset()


def test_short_pieces_that_are_hardly_read_do_not_speak_against_the_others():
    said = samples(("Item", 0), ("Total", 0), ("Tick", 0), ("Mark", 0))
    assert distrusted_fonts(said, reads("XX", "Total", "", "V")) == frozenset()


def test_only_fonts_whose_first_sample_does_not_prove_them_have_others_read():
    said = ("A true line", "Bopuifs mjof", "Something else", "A line with 4170", "More of it", "Mais 12", "1234 4321")
    texts = samples(*zip(said, (0, 1, 0, 0, 1, 2, 2), strict=True))
    asked: list[list[int]] = []
    read = ("A true line", "Another line", "Something else", "A line with 4170", "Nore of it", "Mais 12", "1234 4321")
    assert distrusted_fonts(texts, reads(*read, asked=asked)) == frozenset()
    assert asked == [[3, 1, 6], [4, 5]], "figures first; digits alone prove no letters"


def test_no_recognizer_is_asked_where_there_is_no_sample():
    def never(crops):
        raise AssertionError

    assert distrusted_fonts([], never) == frozenset()


def test_lines_in_some_fonts_are_left_out():
    left = without_fonts(own("one", "two", "three", fonts=(0, 1, 0)), {0})
    assert [line.text for line in left.reading.lines] == ["two"]
    assert left.fonts == (1,)


# What is to be read


def test_true_text_that_is_all_of_its_page_needs_no_picture():
    decoder = FakeDecoder()
    known = own("A true line", samples=tuple(samples(("A true line", 0))), remark="Files are embedded.")
    opened = examined(known, PATH, 0, decoder, reads("A true line"))
    assert (opened.own, opened.picture, opened.remark, decoder.asked) == (known, None, "Files are embedded.", [])


def test_untrue_text_has_its_page_read_as_a_picture_and_says_so():
    decoder = FakeDecoder()
    lie = own("Bopuifs mjof", samples=tuple(samples(("Bopuifs mjof", 0))))
    opened = examined(lie, PATH, 0, decoder, reads("Another line"))
    assert opened.own is None
    assert opened.turn is None
    assert opened.remark == f"A remark. {Fact.PDF_TEXT_UNTRUE()}"
    assert decoder.asked == [("whole", True)]


def test_text_that_is_partly_untrue_has_that_part_read():
    decoder = FakeDecoder()
    said = tuple(samples(("A true line", 0), ("Bopuifs mjof", 1)))
    half = own("A true line", "Bopuifs mjof", fonts=(0, 1), samples=said)
    opened = examined(half, PATH, 0, decoder, reads("A true line", "Another line"))
    assert [line.text for line in opened.own.reading.lines] == ["A true line"]
    assert decoder.asked == [("rest", {1})]
    assert opened.remark == Fact.PDF_TEXT_PARTLY_UNTRUE()


@pytest.mark.parametrize(("own_letters", "turn"), [(3, None), (300, 90)])
def test_what_there_is_more_of_tells_how_the_page_is_turned(monkeypatch, own_letters, turn):
    monkeypatch.setattr("ocrdesk.engine.own_text.letters_beside", lambda own: 50)
    decoder = FakeDecoder()
    stamp = own("a" * own_letters)
    stamp = replace(stamp, reading=replace(stamp.reading, turn=90))
    assert examined(stamp, PATH, 0, decoder, reads()).turn == turn
    assert decoder.asked == [("rest", frozenset())]


def test_the_rules_drawn_beside_it_come_with_it():
    rest = np.full((600, 400), 255, np.uint8)
    rest[300, 40:360] = 0
    opened = examined(own("Read on its own", rest=rest), PATH, 0, FakeDecoder(), reads("Read on its own"))
    (rule,) = opened.own.reading.rules
    assert rule.begin == pytest.approx((20, 150), abs=2)
    assert rule.end == pytest.approx((180, 150), abs=2)
    assert opened.picture is None


# Joined


def test_own_text_stays_as_it_is_beside_what_was_read():
    whole = joined(
        Reading((line("Own", top=10, confidence=1.0),), 200, 300),
        Reading((line("Read", top=50), line("hardly", top=90, confidence=0.2)), 200, 300),
    )
    assert [(line.text, line.confidence) for line in whole.lines] == [
        ("Own", 1.0), ("Read", 0.9375), ("hardly", 0.2),
    ]  # fmt: skip


def test_beside_much_own_text_what_is_hardly_read_is_no_text():
    much = Reading((line("A line of the page's own text", confidence=1.0),), 200, 300)
    more = [("Sure", 0.7), ("noise", 0.4), ("O", 0.8), ("8", 0.97), ("□ □", 0.98)]
    lines = tuple(line(text, top=30 + 30 * place, confidence=sure) for place, (text, sure) in enumerate(more))
    assert [line.text for line in joined(much, Reading(lines, 200, 300)).lines[1:]] == ["Sure", "8"]


def test_a_line_that_is_seen_once_more_is_not_there_twice():
    known = Reading((line("Total amount due", top=10, confidence=1.0),), 200, 300)
    again = Reading((line("Total arnount due", top=12), line("Total amount due", top=60)), 200, 300)
    assert [line.polygon[0][1] for line in joined(known, again).lines] == [10, 60]
    assert len(joined(known, Reading((line("Paid", top=12),), 200, 300)).lines) == 2, "what was written over it stays"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_own_text_is_turned_as_the_page_was_read(turn):
    rule = Rule((10, 30), (150, 30))
    known = Reading((line("Own", left=10, top=20, width=30, height=5),), 200, 300, rules=(rule,))
    there = turned(known, turn)
    assert (there.width, there.height) == ((200, 300) if turn in (0, 180) else (300, 200))
    left, top = {0: (10, 20), 90: (275, 10), 180: (160, 275), 270: (20, 160)}[turn]
    assert there.lines[0].polygon[0] == (left, top)
    ends = {0: (10, 30, 150, 30), 90: (270, 10, 270, 150), 180: (190, 270, 50, 270), 270: (30, 190, 30, 50)}[turn]
    assert there.rules == (Rule(ends[:2], ends[2:]),)
    assert turned(there, 0) == known
    assert joined(known, Reading((), there.width, there.height, turn, rules=there.rules)) == there


def test_what_was_not_read_of_the_rest_is_so_much_less_of_the_whole_page():
    known = Reading((line("a" * 90, confidence=1.0),), 200, 300)
    rest = Reading((line("b" * 30, top=50),), 200, 300, unread=0.8)
    assert joined(known, rest).unread == pytest.approx(0.2)
    assert joined(known, replace(rest, unread=0.0)).unread == 0.0


# Names


def test_a_reading_says_by_its_name_whether_it_has_own_text():
    assert has_own_text(OWN_TEXT)
    assert has_own_text(mixed_name("PP-OCRv6"))
    assert mixed_name("PP-OCRv6 fast") == "PDF text and PP-OCRv6 fast"
    assert not has_own_text("PP-OCRv6")
    assert not has_own_text(None)
