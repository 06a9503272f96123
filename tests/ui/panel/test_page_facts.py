"""What is told of a page in one line."""

from dataclasses import replace

import pytest
from fakes import keep
from page_views import IN_ORDER, TWO_COLUMNS, facts, show, text_view, words
from PySide6.QtWidgets import QLabel

from ocrdesk.engine.document import Mode, Reading
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.reading_names import OWN_TEXT, mixed_name


@pytest.mark.parametrize(
    ("turn", "wanted", "said"),
    [
        (0, None, []),
        (90, None, ["turned 90° right"]),
        (180, None, ["turned by 180°"]),
        (270, None, ["turned 90° left"]),
        (90, 90, ["turned 90° right by you"]),
        (180, 180, ["turned by 180° by you"]),
        (270, 270, ["turned 90° left by you"]),
        (90, 180, ["turned 90° right"]),  # it is still seen as its lines said
        (0, 0, []),
    ],
)
def test_it_says_how_a_page_is_turned_and_by_whom(library, view, page_id, turn, wanted, said):
    if wanted is not None:
        library.runs.turn_pages([page_id], wanted)
    keep(library, page_id, replace(TWO_COLUMNS, turn=turn))
    view.show_page(page_id)
    assert facts(view)[2:] == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (OWN_TEXT, ["text from the PDF"]),
        (mixed_name("fake"), ["partly text from the PDF"]),
        (mixed_name("fake/fast"), ["partly text from the PDF", "read in Fast"]),
        ("fake", []),
        ("fake/fast", ["read in Fast"]),
    ],
)
def test_it_says_which_text_a_pdf_had_itself_and_how_the_rest_was_read(library, view, page_id, name, said):
    library.checkpoints.keep(page_id, TWO_COLUMNS, seconds=1.0, rotation=0, recognizer=name)
    view.show_page(page_id)
    assert facts(view)[2:] == said


def test_it_says_in_which_mode_a_page_waits_to_be_read(library, view, page_id):
    library.runs.read_in_mode([page_id], Mode.FAST)
    view.show_page(page_id)
    assert "to be read in Fast" in facts(view)
    library.runs.read_in_mode([page_id], Mode.ACCURATE)
    keep(library, page_id, TWO_COLUMNS)
    view.show_page(page_id)
    assert facts(view)[2:] == ["read in Accurate"], "since it was asked for"


def test_a_page_in_which_nothing_could_be_read_says_that_it_is_doubtful_and_why(qtbot, library, view, page_id):
    keep(library, page_id, Reading((), width=400, height=200, unread=1.0))
    show(qtbot, view, page_id)
    assert facts(view) == ["1 to check"]
    assert words(view, "pageRemark") == Fact.MUCH_UNREAD()
    assert view.window().findChild(QLabel, "pageRemark").isVisible()


def test_what_lies_in_an_ignored_region_is_left_out_and_counted(qtbot, library, view, page_id):
    show(qtbot, view, page_id)
    page = library.page(page_id)
    library.texts.set_regions(page.batch_id, [Region(0.5, 0, 1, 1)])
    view.refresh()
    assert text_view(view).toPlainText().split("\n") == [text for text in IN_ORDER if text.startswith("left")]
    assert "4 ignored" in words(view, "pageFacts")
    assert view.picture.regions.regions == (Region(0.5, 0, 1, 1),)
    assert view.window().findChild(QLabel, "regionCount").text() == "4 of 8 lines of this page are ignored."
