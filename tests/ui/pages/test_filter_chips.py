from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QPushButton

from ocrdesk.engine.document import Counts
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.pages.filter_chips import FilterChips

COUNTS = Counts(total=1234, done=900, failed=4, pending=330, queued=330, doubtful=7, blank=2)


def chip_of(chips: FilterChips, show: PageFilter) -> QPushButton:
    return chips.findChild(QPushButton, f"chip{show.value.capitalize()}")


def test_each_chip_has_its_number(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.set_counts(COUNTS)
    number = QLocale().toString(1234)
    assert [chip_of(chips, show).text().split() for show in PageFilter] == [
        ["All", number],
        ["Done", "900"],
        ["To", "check", "7"],
        ["No", "text", "2"],
        ["Failed", "4"],
        ["Corrected", "0"],
    ]
    assert chip_of(chips, PageFilter.FAILED).accessibleName() == "Failed: 4 pages"


def test_a_click_chooses_one_chip_and_says_which(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    assert chip_of(chips, PageFilter.ALL).isChecked()
    for show in (PageFilter.FAILED, PageFilter.BLANK, PageFilter.ALL):
        with qtbot.waitSignal(chips.chosen) as chosen:
            qtbot.mouseClick(chip_of(chips, show), Qt.MouseButton.LeftButton)
        assert chosen.args == [show]
        assert [other for other in PageFilter if chip_of(chips, other).isChecked()] == [show]


def test_the_chip_of_corrected_pages_is_there_once_there_are_any(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.set_counts(COUNTS)
    assert chip_of(chips, PageFilter.CORRECTED).isHidden()
    chips.set_counts(replace(COUNTS, corrected=1))
    assert not chip_of(chips, PageFilter.CORRECTED).isHidden()
    assert chip_of(chips, PageFilter.CORRECTED).text().split() == ["Corrected", "1"]


def test_chips_without_pages_go_where_there_is_no_room_for_them(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.set_counts(replace(COUNTS, blank=0))
    chips.show()
    chips.resize(2000, 30)
    assert not chip_of(chips, PageFilter.BLANK).isHidden()
    chips.resize(chips.minimumSizeHint().width(), 30)
    assert chip_of(chips, PageFilter.BLANK).isHidden()
    assert not chip_of(chips, PageFilter.FAILED).isHidden()


def test_where_there_is_still_no_room_those_go_that_nobody_must_look_at_and_none_is_cut(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.set_counts(replace(COUNTS, corrected=12))
    chips.show()
    seen = []
    for width in range(2000, chips.minimumSizeHint().width() - 1, -1):
        chips.resize(width, 30)
        shown = [show for show in PageFilter if not chip_of(chips, show).isHidden()]
        if shown != seen:
            seen = shown
            order = [chip_of(chips, show) for show in seen]
            assert all(chip.width() >= chip.sizeHint().width() for chip in order)
            assert all(a.geometry().right() < b.x() for a, b in pairwise(order))
            assert order[-1].geometry().right() <= width
    assert seen == [PageFilter.ALL, PageFilter.DOUBTFUL, PageFilter.FAILED]
    chips.choose(PageFilter.BLANK)
    assert not chip_of(chips, PageFilter.BLANK).isHidden(), "the chosen one is always seen"


def test_chips_are_no_wider_than_their_words_need(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.set_counts(COUNTS)
    chips.show()
    chips.resize(2000, 30)
    assert chip_of(chips, PageFilter.ALL).width() == chip_of(chips, PageFilter.ALL).minimumWidth()
    assert chip_of(chips, PageFilter.ALL).x() == 0


def test_choosing_from_elsewhere_is_silent(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    with qtbot.assertNotEmitted(chips.chosen):
        chips.choose(PageFilter.DOUBTFUL)
    assert [show for show in PageFilter if chip_of(chips, show).isChecked()] == [PageFilter.DOUBTFUL]


def test_a_chip_that_comes_does_not_make_the_row_need_more_than_there_was_room_for(qtbot):
    chips = FilterChips()
    qtbot.addWidget(chips)
    chips.set_counts(replace(COUNTS, blank=0))
    needed = chips.sizeHint().width()
    chips.set_counts(replace(COUNTS, blank=0, corrected=1))
    assert chips.minimumSizeHint().width() <= needed
    assert chips.sizeHint().width() > needed
    chips.show()
    chips.resize(needed, 30)
    assert not chip_of(chips, PageFilter.CORRECTED).isHidden()
    chips.resize(chips.sizeHint().width(), 30)
    assert all(not chip_of(chips, show).isHidden() for show in PageFilter), "those that went come back"
