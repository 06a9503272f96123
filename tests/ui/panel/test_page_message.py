"""What stands where a page has no text."""

from fakes import batch_of, broken_image, draw_pages, keep
from page_views import button_of, show, text_view, words
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.kit.theme import apply_appearance


def test_a_failed_page_says_why_and_offers_a_retry(qtbot, library, view, actions, scans):
    path = broken_image(scans / "page.png")
    _, pages = batch_of(library, [Source(path, path.name)], scans)
    library.checkpoints.keep_failure(pages[0], "The picture is damaged. Scan it again, then retry.")
    show(qtbot, view, pages[0])
    assert words(view, "pageMessage") == "The picture is damaged"
    assert words(view, "pageAdvice") == "Scan it again, then retry."
    assert not text_view(view).isVisible()
    assert view.picture.isVisible(), "what is there of its picture is seen"
    button = view.window().findChild(QPushButton, "panelRetry")
    with qtbot.waitSignal(actions["retry"].triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button_of(view, actions["zoom_in"]).setFocus()
    view.focus_text()
    assert button.hasFocus()


def test_why_a_page_failed_stays_a_heading_when_the_view_comes_to_another_parent(qtbot, library, view, scans):
    apply_appearance(QApplication.instance(), "light")
    _, pages = batch_of(library, [Source(broken_image(scans / "page.png"), "page.png")], scans)
    library.checkpoints.keep_failure(pages[0], "The picture is damaged. Scan it again, then retry.")
    show(qtbot, view, pages[0])
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    QVBoxLayout(other).addWidget(view)
    QApplication.processEvents()
    heading = other.findChild(QLabel, "pageMessage")
    assert heading.isVisible()
    assert heading.font().weight() == QFont.Weight.DemiBold


def test_a_failed_page_without_any_picture_has_the_room_to_itself(qtbot, library, view, scans):
    path = scans / "page.png"
    path.write_bytes(b"")
    _, pages = batch_of(library, [Source(path, path.name)], scans)
    library.checkpoints.keep_failure(pages[0], "The file is empty (0 bytes). Copy or scan it again, then retry.")
    show(qtbot, view, pages[0])
    assert words(view, "pageMessage") == "The file is empty (0 bytes)"
    assert not view.picture.isVisible()
    names = ("panelRetry", "panelShowFile", "panelRemove", "panelUnlock")
    buttons = {name: view.findChild(QPushButton, name) for name in names}
    assert [button.text() for button in buttons.values() if button.isVisible()] == ["Retry", "Show file", "Remove"]


def test_pages_without_text_say_what_is_the_case(library, view, scans):
    paths = draw_pages(scans, 3)
    batch_id, pages = batch_of(library, [Source(path, path.name) for path in paths], scans)
    keep(library, pages[0], Reading((), width=20, height=10))
    library.runs.queue(batch_id)
    assert library.runs.claim_next(batch_id).id == pages[1]
    said = {}
    for page_id in (None, *pages):
        view.show_page(page_id)
        said[page_id] = words(view, "pageMessage")
        assert not view.window().findChild(QPushButton, "panelRetry").isVisible()
        assert not text_view(view).isVisible()
    assert list(said.values()) == [
        "Select a page to see its picture and its text.",
        "No text was found on this page.",
        "This page is being read…",
        "This page has not been read yet.",
    ]


def test_a_page_that_regions_leave_nothing_of_says_so(library, view, page_id):
    library.texts.set_regions(library.page(page_id).batch_id, [Region(0, 0, 1, 1)])
    view.show_page(page_id)
    assert words(view, "pageMessage") == "All text of this page is ignored by regions of its batch."
