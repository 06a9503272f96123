"""Corrections in the window: lists follow, and the end loses nothing."""

import pytest
from fakes import batch_of, keep, line
from PySide6.QtCore import Qt

from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.ui.pages.columns import CORRECTED


@pytest.fixture
def page_id(desk, scans):
    sources = [Source(scans / f"{number}.png", f"{number}.png") for number in range(2)]
    batch_id, pages = batch_of(desk.library, sources, scans)
    for page_id in pages:
        keep(desk.library, page_id, Reading((line("Mill Lame", top=10, confidence=0.4),), 400, 200))
    desk.window.desk.batches.follow(None)
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.until(lambda: desk.model.rowCount() == 2)
    desk.window.desk.chosen.choose_first_page()
    return pages[0]


def correct(desk, text: str):
    editing = desk.window.page_view.editing
    editing.open(0)
    editing.editor.field.setText(text)
    return editing.editor.field


def test_chip_column_and_undo_follow_a_correction(desk, page_id):
    field = correct(desk, "Mill Lane")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.until(lambda: desk.library.page(page_id).corrected == 1)
    chip = desk.child("chipCorrected")
    desk.until(lambda: chip.text().split() == ["Corrected", "1"])
    assert desk.model.index(0, CORRECTED).data() == "1"
    assert desk.action("actionUndo").text() == "Undo correction of “Mill Lane”"
    chip.click()
    desk.until(lambda: desk.shown == ["0.png"])
    desk.window.desk.chosen.choose_batch(None)
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.library.page(page_id).corrected == 0)


def test_the_line_that_is_edited_keeps_the_keyboard_when_the_full_page_opens(desk, page_id):
    field = correct(desk, "Mill La")
    desk.action("actionFullPage").trigger()
    desk.until(lambda: desk.child("fullPage").isVisible())
    assert field.hasFocus()
    desk.qtbot.keyClicks(field, "ne")
    assert field.text() == "Mill Lane"


def test_what_is_typed_when_the_window_is_closed_is_kept(desk, page_id):
    correct(desk, "Mill Lane")
    folder = desk.library.folder
    desk.quit()
    library = Library(folder)
    assert [it.text for it in library.texts.of(page_id).lines] == ["Mill Lane"]
    library.close()


def test_the_page_stays_in_the_list_while_it_is_corrected_though_the_filter_has_it_no_more(desk, page_id):
    desk.window.desk.chosen.choose_batch(desk.library.page(page_id).batch_id, PageFilter.DOUBTFUL)
    desk.until(lambda: len(desk.shown) == 2)
    field = correct(desk, "Mill Lane")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.until(lambda: desk.library.page(page_id).corrected == 1)
    desk.until(lambda: desk.window.page_view.page.corrected == 1)
    assert desk.window.page_view.page_id == page_id
    assert len(desk.shown) == 2
    desk.actions["next_page"].trigger()
    desk.until(lambda: desk.shown == ["1.png"])
    assert desk.window.page_view.page_id not in (None, page_id)
