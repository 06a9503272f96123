"""The cells of a screen, and the list of groups, for Qt."""

import pytest
from fakes import line, polygon
from PySide6.QtCore import Qt

from ocrdesk.engine.document import Word
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.review.groups import Group, Kind, Member
from ocrdesk.ui.review.group_list import DONE_ROLE, GROUP_ROLE, GroupList
from ocrdesk.ui.review.group_model import MARKED_ROLE, MEMBER_ROLE, GroupModel
from ocrdesk.ui.review.group_words import name_of, task_of, title_of


def member(number=0, text="l944"):
    placed = PlacedWord(1, line(f"in {text}"), 3, Word(text, 0.4, polygon(0, 30 * number, 40, 20)))
    return Member(placed, 0, 1)


def group(kind=Kind.LETTERS, texts=("1", "l"), count=3):
    return Group(kind, texts, tuple(member(number) for number in range(count)))


@pytest.fixture
def model(qapp):
    model = GroupModel()
    model.show_members([member(number) for number in range(4)])
    return model


def test_qts_rules_are_kept(qtmodeltester, model):
    qtmodeltester.check(model)
    groups = GroupList()
    groups.show_groups([group(), group(Kind.DATES, ())], [group(Kind.WORD, ("RM",))])
    qtmodeltester.check(groups)


def test_marks_are_told_and_stay_while_other_screens_are_shown(qtbot, model):
    with qtbot.waitSignal(model.dataChanged):
        model.toggle(model.index(2))
    assert [model.index(row).data(MARKED_ROLE) for row in range(4)] == [False, False, True, False]
    first = model.members
    model.show_members([member(9)])
    assert model.marked == []
    model.show_members(first)
    assert model.marked == [first[2]]
    assert model.unmarked == [first[0], first[1], first[3]]
    model.toggle(model.index(2))
    assert model.marked == []


def test_all_that_is_shown_is_marked_and_unmarked(model):
    model.mark_all(True)
    assert model.unmarked == []
    model.mark_all(False)
    assert model.marked == []


def test_a_cell_says_what_it_is_and_whether_it_is_marked(model):
    index = model.index(0)
    assert index.data(MEMBER_ROLE) is model.members[0]
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "“l944” in “in l944”"
    model.toggle(index)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "“l944” in “in l944”, marked"


def test_only_the_cell_whose_picture_arrived_is_painted_anew(qtbot, model):
    with qtbot.waitSignal(model.dataChanged) as told:
        model.picture_arrived(model.members[3].placed.key)
    assert told.args[0].row() == told.args[1].row() == 3


def test_groups_stand_below_their_headings_and_done_ones_cannot_be_chosen():
    groups, done = [group(), group(Kind.PRICES, ())], [group(Kind.WORD, ("RM",))]
    model = GroupList()
    model.show_groups(groups, done)
    rows = [model.index(row) for row in range(model.rowCount())]
    assert [row.data() for row in rows] == ["Read as", "1 or l", "Prices", "Done", "“RM”"]
    assert [row.data(GROUP_ROLE) for row in rows] == [None, *groups, None, *done]
    assert [bool(row.flags() & Qt.ItemFlag.ItemIsSelectable) for row in rows] == [False, True, True, False, False]
    assert rows[4].data(DONE_ROLE) is True
    assert rows[4].data(Qt.ItemDataRole.AccessibleTextRole) == "“RM”, 3 words, Done"
    assert model.row_of(groups[1]) == 2
    assert model.row_of(group()) is None


@pytest.mark.parametrize(
    ("kind", "texts", "name", "title"),
    [
        (Kind.LETTERS, ("1", "l"), "1 or l", "3 times read as “l”"),
        (Kind.LETTERS, (".", ""), "“.” or nothing", "3 times read as “l”"),
        (Kind.LETTER, ("l",), "“l”", "3 times read as “l”"),
        (Kind.DATES, (), "Dates", "3 dates"),
        (Kind.NUMBERS, (), "Numbers", "3 numbers"),
    ],
)
def test_groups_have_names(kind, texts, name, title):
    its = group(kind, texts)
    assert name_of(its) == name
    assert title_of(its, its.members) == title
    assert ("below them" in task_of(its)) == (not texts)
