from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from ocrdesk.engine.search.found import EVERYWHERE
from ocrdesk.ui.search.narrowing_chips import NarrowingChips


@pytest.fixture
def chips(qtbot):
    chips = NarrowingChips(lambda: 7, lambda: ["de", "en"])
    qtbot.addWidget(chips)
    chips.begin()
    return chips


def choose(chips: NarrowingChips, name: str, number: int) -> str:
    """Chooses an entry of a menu."""
    menu = chips.findChild(QToolButton, name).menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    entry = menu.actions()[number]
    entry.trigger()
    return entry.text()


def test_everything_is_searched_at_first(chips):
    assert chips.narrowing() == EVERYWHERE


def test_this_batch_is_the_one_that_was_chosen_when_the_search_began(qtbot, chips):
    with qtbot.waitSignal(chips.changed):
        chips.findChild(QPushButton, "searchThisBatch").click()
    chips._batch_id = lambda: 8
    assert chips.narrowing().batch_ids == (7,)
    chips.findChild(QPushButton, "searchEverything").click()
    assert chips.narrowing() == EVERYWHERE


def test_what_is_to_check_or_corrected(chips):
    for name in ("searchToCheck", "searchCorrected"):
        chips.findChild(QPushButton, name).click()
    assert (chips.narrowing().to_check, chips.narrowing().corrected) == (True, True)


def test_days_begin_at_midnight(qtbot, chips):
    with qtbot.waitSignal(chips.changed):
        assert choose(chips, "searchDate", 2) == "Last 7 days"
    midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert chips.narrowing().read_since == int((midnight - timedelta(days=6)).timestamp())
    choose(chips, "searchDate", 0)
    assert chips.narrowing() == EVERYWHERE


def test_languages_have_their_own_names_and_a_chip_that_narrows_says_so(chips):
    chip = chips.findChild(QToolButton, "searchLanguage")
    assert choose(chips, "searchLanguage", 1) == "Deutsch"
    assert chips.narrowing().languages == ("de",)
    assert (chip.text(), chip.property("narrows")) == ("Deutsch", True)
    choose(chips, "searchLanguage", 0)
    assert (chip.text(), chip.property("narrows")) == ("Any language", False)


def test_without_a_batch_there_is_no_this_batch(qtbot):
    chips = NarrowingChips(lambda: None, list)
    qtbot.addWidget(chips)
    chips.begin()
    assert not chips.findChild(QPushButton, "searchThisBatch").isEnabled()
