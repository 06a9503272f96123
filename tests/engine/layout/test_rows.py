from dataclasses import replace

from fakes import line

from ocrdesk.engine.layout.arrangement import arrange

PIECES = (line("17", left=10, top=20, width=30, height=24), line("Mill Lane", left=44, top=20, width=200, height=24))


def test_pieces_of_a_line_are_joined_but_not_those_of_one_that_a_person_split():
    assert [it.text for it in arrange(PIECES).lines] == ["17 Mill Lane"]
    split = [replace(it, numbers=(3,), corrections=(number,)) for number, it in enumerate(PIECES, start=1)]
    assert [it.text for it in arrange(split).lines] == ["17", "Mill Lane"]
