"""The review in the whole window: how it is opened and left, and what of the window follows."""

from itertools import pairwise

import pytest
from doubtful_pages import keep_pages
from fakes import batch_of, keep, words_line
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton

from ocrdesk.engine.document import PageStatus, Reading, Source
from ocrdesk.engine.review.queue import Outcome
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit.dialog import sized


@pytest.fixture
def read(desk, scans):
    """A window on a batch of three pages, with two words to check on each of the first two."""
    paths = [scans / f"{number}.png" for number in (1, 2, 3)]
    for path in paths:
        Image.new("RGB", (300, 200), "white").save(path)
    batch_id, pages = batch_of(desk.library, [Source(path, path.name, 0, 1, 1) for path in paths], scans)
    for number, page_id in enumerate(pages):
        sure = 0.1 if number < 2 else 0.99
        line = words_line(("the", 0.99), ("qvick", sure), ("fux", sure + 0.005), top=40)
        keep(desk.library, page_id, Reading((line,), 300, 200))
    desk.window.desk.chosen.tell(Change(None))
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png"])
    return desk


def room(desk):
    return desk.window.review


def is_there(desk) -> bool:
    return room(desk).isVisible() and desk.child("wordField").text() != ""


def number(desk) -> str:
    return desk.child("reviewNumber", QLabel).text()


def test_the_button_says_how_many_words_and_opens_the_review(read):
    button = read.child("reviewButton", QToolButton)
    assert (button.text(), button.isVisible()) == ("Review 4 words", True)
    read.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    read.until(lambda: is_there(read))
    assert (number(read), read.child("reviewBack", QPushButton).text()) == ("1 of 4", "scans")


def test_there_is_no_button_where_nothing_is_to_be_checked(read):
    for page_id in read.library.page_ids(read.batch("scans").id):
        keep(read.library, page_id, Reading((), 300, 200))
    read.window.desk.chosen.tell(Change(None))
    assert not read.child("reviewButton").isVisible()
    assert not read.action("actionReview").isEnabled()
    assert not read.action("actionReviewEverything").isEnabled()


def test_several_selected_pages_are_reviewed_alone(read):
    read.choose("2.png", "3.png")
    assert read.child("reviewButton", QToolButton).text() == "Review selected pages"
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    assert number(read) == "1 of 2"


def test_all_batches_are_reviewed_together(read):
    read.action("actionReviewEverything").trigger()
    read.until(lambda: is_there(read))
    assert number(read) == "1 of 4"


def test_escape_goes_back_to_the_pages_which_show_what_was_checked(read):
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    read.press(Qt.Key.Key_Return)
    read.until(lambda: number(read) == "2 of 4")
    read.press(Qt.Key.Key_Escape)
    assert not room(read).isVisible()
    assert read.window.pages_pane.grid.hasFocus()
    assert read.child("reviewButton", QToolButton).text() == "Review 3 words"
    assert sorted(read.page(name).to_check for name in ("1.png", "2.png")) == [1, 2]


def test_ctrl_z_goes_back_to_the_word(read):
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    before = read.child("wordField").text()
    read.press(Qt.Key.Key_Return)
    read.until(lambda: number(read) == "2 of 4")
    read.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    read.until(lambda: number(read) == "1 of 4")
    assert read.child("wordField").text() == before
    assert read.page("1.png").to_check == read.page("2.png").to_check == 2


def test_the_page_of_the_word_is_opened(read):
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    page, where = room(read).findChild(QLabel, "besideName").text().split(" · ")
    assert where == "page 1 of 3"
    read.window.resize(1280, 800)
    read.qtbot.mouseClick(read.child("openPage", QToolButton), Qt.MouseButton.LeftButton)
    assert read.window.full_page.isVisible()
    read.until(lambda: read.chosen == [page])


def test_the_review_ends_with_the_last_batch(read):
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    read.library.remove_batch(read.batch("scans").id)
    read.window.desk.chosen.tell(Change(None))
    read.until(lambda: not room(read).isVisible())
    assert read.child("emptyAddFolder").isVisible()


def test_the_same_words_are_checked_in_groups_and_the_marked_ones_first_one_by_one(desk, scans):
    batch_id, _ = keep_pages(desk.library, scans, ("mill l944 lo", "g0 fr0m"))
    desk.window.desk.chosen.tell(Change(None))
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    accept = desk.child("groupAccept", QPushButton)
    desk.until(lambda: accept.isVisible() and accept.isEnabled())
    assert (number(desk), desk.child("reviewPace", QLabel).text()) == ("0 of 5", "2 groups left")
    assert not desk.window.pages_pane.isVisible()
    desk.press(Qt.Key.Key_Tab)
    desk.until(accept.isEnabled)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
        desk.press(key)
    desk.until(lambda: number(desk) == "2 of 5")
    desk.press(Qt.Key.Key_F7)
    desk.until(lambda: is_there(desk))
    assert (desk.child("wordField").text(), number(desk)) == ("fr0m", "2 of 5")
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.pages_pane.isVisible()
    assert desk.window.desk.history.undo_words == "accept 1 word"


def test_commands_for_pages_that_are_not_seen_do_nothing_meanwhile(read):
    read.choose("1.png", "2.png")
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    allowed = {"undo", "redo", "export", "review", "check_groups", "full_screen", "show_help", "about", "quit"}
    for name in set(read.actions.commands) - allowed:
        assert not read.actions[name].isEnabled(), name
    read.window.desk.chosen.tell(Change(None))
    assert not read.actions["remove_pages"].isEnabled(), "who follows what changes cannot let it be chosen"
    for key in (Qt.Key.Key_F5, Qt.Key.Key_Delete):
        read.press(key)
    assert read.child("wordField").text() == "", "the key is for the field"
    assert read.actions["export"].isEnabled()
    assert all(read.page(name).status is PageStatus.DONE for name in ("1.png", "2.png", "3.png"))
    read.press(Qt.Key.Key_Escape)
    read.press(Qt.Key.Key_Escape)
    assert read.actions["remove_pages"].isEnabled()
    assert read.actions["retry"].isEnabled()
    assert read.actions["view_table"].isEnabled()
    assert not read.actions["pause"].isEnabled()


BESIDE_THE_WORD = ("wordField", "noText", "wordAccept", "acceptedCount")


@pytest.mark.parametrize(
    ("size", "free"),
    [
        ((1280, 800), ("wordStrip", "nextWords", *BESIDE_THE_WORD)),
        ((960, 540), ("wordStrip", *BESIDE_THE_WORD)),  # the words that come next are what can be done without
        ((640, 480), BESIDE_THE_WORD),
    ],
)
def test_messages_cover_nothing_that_a_person_works_with(read, size, free):
    read.window.resize(1280, 800)
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    read.window.resize(*size)
    notices = read.window.desk.notices
    notices.say("Something happened that takes some words to tell. " * 3, stays=True)
    read.until(lambda: (read.window.width(), read.window.height()) == size and notices.isVisible())

    def place(widget):
        return QRect(widget.mapTo(read.window, QPoint()), widget.size())

    for name in free:
        assert not place(notices).intersects(place(read.child(name))), name

    def is_in_order() -> bool:
        rows = [place(read.child(name)) for name in ("wordStrip", "wordField", "noText", "wordAccept")]
        return all(above.bottom() < below.top() for above, below in pairwise(rows)) and rows[-1].bottom() < size[1]

    read.until(is_in_order)
    strip = place(read.child("wordStrip"))
    assert not place(notices).contains(strip.center()), "the word is seen"
    assert read.window.rect().contains(place(notices))
    read.press(Qt.Key.Key_Escape)
    read.until(lambda: place(read.window.pages_pane).contains(place(notices)))


def test_the_name_of_the_chosen_way_is_not_cut_off(read):
    read.action("actionReview").trigger()
    read.until(lambda: is_there(read))
    one_by_one, groups = read.child("reviewSwitch", QFrame).findChildren(QPushButton)
    for button in (one_by_one, groups):
        bold = QFontMetrics(sized(button.font(), 1, QFont.Weight.DemiBold))
        assert button.width() - 26 >= bold.horizontalAdvance(button.text())


def test_what_was_checked_in_groups_counts_one_by_one(read):
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    read.press(Qt.Key.Key_Return)
    read.until(lambda: number(read) == "2 of 4")
    read.action("actionCheckGroups").trigger()
    read.child("groupView").counted.emit(Outcome.ACCEPTED, 2)
    room(read).show_way(0)
    read.until(lambda: is_there(read))
    assert (number(read), read.child("acceptedCount", QLabel).text()) == ("4 of 6", "3")
    read.press(Qt.Key.Key_Escape)
    read.press(Qt.Key.Key_F7)
    read.until(lambda: is_there(read))
    assert number(read) == "1 of 3"
