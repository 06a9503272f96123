"""Which pieces of a PDF's own text are looked at to see whether it is true."""

import numpy as np

from ocrdesk.engine.decode.pdf_letters import Letter
from ocrdesk.engine.decode.pdf_samples import samples_of

PAGE = np.full((2000, 1000), 255, np.uint8)


def run(text: str, row: int, font: int = 0) -> list[Letter]:
    """A line of letters that are 20 pixels tall."""
    top = 30.0 * row
    return [
        Letter(letter, (12.0 * x, top, 12.0 * x + 10, top + 20), 0, False, 1, font) for x, letter in enumerate(text)
    ]


def sampled(*runs: list[Letter]) -> list[tuple[int, str]]:
    return [(sample.font, sample.text) for sample in samples_of(runs, 0, PAGE, 1.0)]


def test_each_font_is_looked_at_however_rare_it_is():
    body = [run("A line of the body", row) for row in range(40)]
    others = [run(f"Heading {font}", 40 + font, font) for font in range(1, 6)]
    assert [font for font, _ in sampled(*body, *others)] == [0, 0, 1, 2, 3, 4, 5]


def test_a_page_of_many_fonts_has_the_most_frequent_ones_looked_at():
    runs = [run("Some words" + "s" * (20 - font), font, font) for font in range(20)]
    assert {font for font, _ in sampled(*runs)} == set(range(8))


def test_fonts_of_which_nothing_can_be_read_leave_their_place_to_others():
    greek = [
        run("\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc", row, row)
        for row in range(1, 10)
    ]
    assert [font for font, _ in sampled(*greek, run("Words", 11, 0))] == [0]


def test_what_says_most_is_looked_at_though_signs_make_other_lines_longer():
    cells = ["2.:./../::", "Dibohf", "956:/", "31/./../:/"]
    assert sampled(*(run(text, row) for row, text in enumerate([*cells, "A line of words"]))) == [
        (0, "Dibohf"), (0, "A line of words"),
    ]  # fmt: skip


def test_a_font_of_short_pieces_gives_more_of_them():
    cells = [run(f"4{row}.75", row) for row in range(10, 30)]
    assert [len(text) for _, text in sampled(*cells)] == [6, 6, 6, 6]
    assert [font for font, _ in sampled(*cells, *(run(f"Line {row}", row, 1) for row in range(10)))] == [0] * 4 + [
        1
    ] * 4


def test_figures_are_looked_at_though_other_lines_say_more():
    body = [run("A line of the body", row) for row in range(40)]
    assert sampled(*body, run("Paid 41.75", 40))[2:] == [(0, "Paid 41.75")]
    assert len(sampled(*body, run("Page 12", 40))) == 2
