"""What a person did to lines is still known once they are joined, cut and put in order."""

from dataclasses import replace

import pytest
from fakes import line, polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.layout.boxes import frame_of, parted

LEFT, RIGHT = line("Dear", 0, 0, 50), line("Mr Smith", 52, 0, 90)


def by_person(it: Line, *numbers: int) -> Line:
    return replace(it, is_corrected=True, corrections=(7,), numbers=numbers)


@pytest.mark.parametrize("corrected", [0, 1])
def test_a_line_that_is_joined_of_pieces_is_corrected_as_any_of_them(corrected):
    pieces = [replace(LEFT, numbers=(0,)), replace(RIGHT, numbers=(1,))]
    pieces[corrected] = by_person(pieces[corrected], corrected)
    (whole,) = arrange(pieces).lines
    assert (whole.text, whole.is_corrected, whole.corrections) == ("Dear Mr Smith", True, (7,))
    assert not arrange([LEFT, RIGHT]).lines[0].is_corrected


def test_halves_of_a_line_that_a_person_split_are_not_joined_again():
    halves = [by_person(LEFT, 3), replace(by_person(RIGHT, 3), corrections=(8,))]
    assert [it.text for it in arrange(halves).lines] == ["Dear", "Mr Smith"]
    rest = replace(RIGHT, numbers=(3,))  # no half, but what the line has beside the correction
    assert [it.text for it in arrange([halves[0], rest]).lines] == ["Dear Mr Smith"]


def test_a_line_that_is_cut_is_corrected_on_both_sides():
    words = (Word("Dear", 1, polygon(0, 0, 50, 10)), Word("Smith", 1, polygon(60, 0, 50, 10)))
    whole = by_person(Line("Dear Smith", 1, polygon(0, 0, 110, 10), words), 2)
    frame = frame_of([whole])
    pieces = [box.line for box in parted(frame.box(whole), frame, [55])]
    assert [(it.text, it.is_corrected, it.corrections, it.numbers) for it in pieces] == [
        ("Dear", True, (7,), (2,)),
        ("Smith", True, (7,), (2,)),
    ]
