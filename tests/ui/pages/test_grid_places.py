"""Where cards and headings lie, computed."""

import pytest

from ocrdesk.engine.document import FolderOfPages
from ocrdesk.ui.pages.grid_places import FOOT, GridPlaces, GridSizes, is_parted

CARD = (100, 150)
HEADING = 30
FOLDERS = [FolderOfPages("", 3), FolderOfPages("april", 5), FolderOfPages("may", 2)]


def places(folders=(), *, rows=10, closed=(), width=300) -> GridPlaces:
    return GridPlaces(rows, folders, closed, GridSizes(width, *CARD, HEADING))


def test_without_folders_cards_lie_line_by_line():
    grid = places()
    assert grid.columns == 3
    assert [grid.place(row) for row in (0, 2, 3, 9)] == [(0, 0), (200, 0), (0, 150), (0, 450)]
    assert grid.height == 4 * 150 + FOOT
    assert not grid.is_parted


def test_cards_share_the_whole_width():
    assert [places(width=360).place(row)[0] for row in range(3)] == [0, 120, 240]


def test_each_folder_begins_on_a_line_of_its_own_under_its_heading():
    grid = places(FOLDERS)
    assert grid.is_parted
    assert [grid.place(row) for row in (0, 2, 3, 7, 8)] == [(0, 0), (200, 0), (0, 180), (100, 330), (0, 510)]
    assert [(section.name, section.top) for section in grid.headings_within(0, 1000)] == [("april", 150), ("may", 480)]
    assert [section.name for section in grid.headings_within(200, 400)] == []


@pytest.mark.parametrize(
    ("y", "section", "following", "come"),
    [
        (0, "", None, 0),
        (150, "", None, 0),  # the heading below is the first thing seen
        (151, "", "april", 1),
        (179, "", "april", 29),
        (180, "april", None, 0),
        (500, "april", "may", 20),
        (900, "may", None, 0),
    ],
)
def test_the_next_heading_pushes_the_one_above_the_pages_out(y, section, following, come):
    above, below, by = places(FOLDERS).headings_above(y)
    assert (above.name, below and below.name, by) == (section, following, come)


@pytest.mark.parametrize("folders", [(), FOLDERS])
@pytest.mark.parametrize("width", [50, 100, 330, 2000])
@pytest.mark.parametrize("closed", [(), ("april",)])
def test_what_lies_at_the_middle_of_a_card_is_its_page(folders, width, closed):
    grid = places(folders, width=width, closed=closed)
    for row in range(10):
        if not grid.is_hidden(row):
            left, top = grid.place(row)
            assert grid.row_at(left + 50, top + 75) == row
            assert [row] == [its for some in grid.rows_within(left + 50, top + 75, left + 50, top + 75) for its in some]
    assert sum(map(len, grid.rows_within(0, 0, width, grid.height))) == 10 - 5 * bool(folders and closed)


def test_between_cards_and_beside_them_lies_nothing():
    grid = places(FOLDERS)
    assert grid.row_at(300, 10) is None
    assert grid.row_at(10, 160) is None, "a heading"
    assert grid.row_at(250, 340) is None, "the end of a folder's last line"
    assert grid.row_at(10, 700) is None


def test_a_folder_that_is_folded_away_takes_its_heading_and_no_more():
    grid = places(FOLDERS, closed=["april"])
    assert [grid.is_hidden(row) for row in (2, 3, 7, 8)] == [False, True, True, False]
    assert grid.place(8) == (0, 210)
    assert list(grid.visible_runs(1, 9)) == [range(1, 3), range(8, 10)]


def test_keys_go_past_what_is_folded_away():
    grid = places(FOLDERS, closed=["april"])
    assert (grid.beside(2, 1), grid.beside(8, -1), grid.beside(9, 1), grid.beside(0, -1)) == (8, 2, 9, 0)
    assert (grid.below(1, 1), grid.below(9, -1)) == (9, 1)


def test_up_and_down_keep_the_column():
    grid = places(FOLDERS)
    assert [grid.below(row, 1) for row in (1, 2, 4, 5, 6)] == [4, 5, 7, 7, 8]
    assert [grid.below(row, -1) for row in (4, 7, 9)] == [1, 4, 7]
    assert (grid.below(0, 2), grid.below(9, -9), grid.below(9, 1)) == (6, 1, 9)


def test_headings_are_there_only_where_they_help():
    each = [FolderOfPages(str(number), 1) for number in range(10)]
    assert not is_parted(10, each), "a heading over every card"
    assert not is_parted(10, [FolderOfPages("", 10)])
    assert not is_parted(11, FOLDERS), "pages come or go at this moment"
    assert is_parted(10, FOLDERS)
