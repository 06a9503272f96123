"""What is in the clipboard is read at once, as if it had been dropped."""

import pytest
from fakes import FIRST_WIDTH, draw_pages
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit, QPushButton

from ocrdesk.engine.batch_file import open_batch, save_batch
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.kit.file_names import url_of
from ocrdesk.ui.window import removal_commands

CTRL = Qt.KeyboardModifier.ControlModifier
NOTHING = "There is neither a picture nor a file in the clipboard. Copy one first."


def picture(width: int = 50) -> QImage:
    image = QImage(width, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def paste(desk) -> None:
    desk.press(Qt.Key.Key_V, CTRL)


def pasted_files(desk) -> list[str]:
    return sorted(path.name for path in desk.library.folder.glob("Pasted/*"))


@pytest.fixture
def clipboard(qapp):
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """What was said before something was removed for good; everything is agreed to."""
    asked = []
    monkeypatch.setattr(
        removal_commands, "confirmed", lambda window, question, detail, yes: asked.append(detail) or True
    )
    return asked


def test_a_pasted_picture_is_read_in_a_batch_of_its_own(desk, clipboard, maker):
    clipboard.setImage(picture())
    desk.qtbot.mouseClick(desk.child("emptyPaste", QPushButton), Qt.MouseButton.LeftButton)
    desk.until_read("Pasted")
    assert maker.widths_read == [50]
    assert desk.window.desk.chosen.batch.name == "Pasted"
    assert desk.shown == pasted_files(desk)


def test_a_pasted_picture_joins_the_chosen_batch(desk, clipboard, scans, maker):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    clipboard.setImage(picture())
    paste(desk)
    desk.until_read(pages=2)
    assert maker.widths_read == [FIRST_WIDTH, 50]
    assert desk.shown == ["1.png", *pasted_files(desk)]
    desk.until(lambda: [batch.name for batch in desk.library.batches()] == ["scans"])


def test_a_pasted_page_is_chosen_whatever_is_filtered_and_pasting_it_is_undone(desk, clipboard, scans):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    desk.window.pages_pane.show_only(PageFilter.FAILED)
    desk.until(lambda: desk.shown == [])
    clipboard.setImage(picture())
    paste(desk)
    desk.until(lambda: len(desk.shown) == 3)
    (pasted,) = pasted_files(desk)
    desk.until(lambda: desk.chosen == [pasted])
    assert desk.notice == "Pasted 1 page into “scans”."
    desk.until_read(pages=3)
    desk.runner.run_finished.emit(desk.batch().id)
    assert desk.notice == "Pasted 1 page into “scans”.", "the offer to undo it is not covered"
    assert desk.action("actionUndo").text() == "Undo paste 1 page"
    desk.answer("Undo")
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    assert desk.chosen == ["2.png"], "the one beside it"
    assert pasted_files(desk) == [pasted]
    desk.action("actionRedo").trigger()
    desk.until(lambda: desk.shown == ["1.png", "2.png", pasted] and desk.chosen == [pasted])
    assert desk.page(pasted).text_start, "it is not read again"


def test_undoing_the_first_paste_removes_its_batch_and_redoing_it_brings_that_back(desk, clipboard):
    clipboard.setImage(picture())
    desk.qtbot.mouseClick(desk.child("emptyPaste", QPushButton), Qt.MouseButton.LeftButton)
    desk.until_read("Pasted")
    assert desk.action("actionUndo").text() == "Undo paste 1 page"
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: desk.batches == [])
    desk.action("actionRedo").trigger()
    desk.until(lambda: desk.batches == ["Pasted"] and desk.shown == pasted_files(desk))
    clipboard.setImage(picture(60))
    paste(desk)
    desk.until_read("Pasted", pages=2)
    desk.action("actionUndo").trigger()
    desk.until(lambda: len(desk.shown) == 1)


def test_files_that_are_there_already_are_chosen_and_not_removed_by_undo(desk, clipboard, scans):
    paths = draw_pages(scans, 3)
    desk.drop(*paths[:2])
    desk.until_read()
    desk.choose("1.png")
    data = QMimeData()
    data.setUrls([url_of(path) for path in paths[1:]])
    clipboard.setMimeData(data)
    paste(desk)
    desk.until_read(pages=3)
    desk.until(lambda: desk.chosen == ["2.png", "3.png"])
    assert desk.action("actionUndo").text() == "Undo paste 1 page"
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    paste(desk)
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png"])


def test_files_are_read_where_they_are(desk, clipboard, scans):
    data = QMimeData()
    data.setUrls([url_of(path) for path in draw_pages(scans, 2)])
    data.setImageData(picture())  # as some file managers put that of the kind of file beside it
    clipboard.setMimeData(data)
    paste(desk)
    desk.until_read(pages=2)
    assert pasted_files(desk) == []


def test_a_folder_is_a_batch_of_its_own(desk, clipboard, tmp_path, scans):
    draw_pages(scans, 1)
    draw_pages(tmp_path / "letters", 2)
    desk.drop(scans)
    desk.until_read()
    clipboard.setText(str(tmp_path / "letters"))
    paste(desk)
    desk.until_read("letters", pages=2)
    assert desk.batch().counts.total == 1


@pytest.mark.parametrize("text", ["", "a few words"])
def test_where_nothing_can_be_pasted_a_message_says_so(desk, clipboard, text):
    clipboard.setText(text)
    paste(desk)
    desk.until(lambda: desk.notice == NOTHING)


def test_in_a_field_text_is_pasted_into_the_field(desk, clipboard, scans):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    clipboard.setText(str(scans / "1.png"))
    desk.press(Qt.Key.Key_F, CTRL)
    paste(desk)
    assert desk.child("searchField", QLineEdit).text() == str(scans / "1.png")
    assert NOTHING not in desk.notice


def test_a_pasted_picture_is_removed_with_its_page_but_not_before_that_goes_for_good(desk, clipboard, scans, asked):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    clipboard.setImage(picture())
    paste(desk)
    desk.until_read(pages=2)
    (pasted,) = pasted_files(desk)
    desk.choose("1.png")
    desk.action("actionRemovePages").trigger()
    desk.until(lambda: desk.shown == [pasted])
    desk.choose(pasted)
    desk.action("actionRemovePages").trigger()
    desk.until(lambda: desk.shown == [])
    assert pasted_files(desk) == [pasted]
    desk.action("actionRemoveForGood").trigger()
    desk.until(lambda: pasted_files(desk) == [])
    assert "pictures that were pasted" in asked[0]
    assert (scans / "1.png").exists()


def test_pasted_pictures_are_removed_with_their_batch(desk, clipboard, asked):
    clipboard.setImage(picture())
    paste(desk)
    desk.until_read("Pasted")
    desk.action("actionRemoveBatch").trigger()
    desk.until(lambda: desk.batch("Pasted") is None)
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.batch("Pasted") is not None)
    assert desk.library.page(desk.library.page_ids(desk.batch("Pasted").id)[0]).path.exists()
    desk.action("actionRemoveBatch").trigger()
    desk.until(lambda: desk.batch("Pasted") is None)
    desk.action("actionRemoveForGood").trigger()
    desk.until(lambda: pasted_files(desk) == [])


def test_pasted_pictures_go_into_saved_batches(desk, clipboard, tmp_path):
    clipboard.setImage(picture())
    paste(desk)
    desk.until_read("Pasted")
    saved = save_batch(desk.library, desk.batch("Pasted").id, tmp_path / "pasted.ocrbatch", with_pictures=True)
    assert (saved.pages, saved.pictures, saved.missing) == (1, 1, 0)
    opened = open_batch(desk.library, tmp_path / "pasted.ocrbatch")
    (path,) = desk.library.files.known(opened)
    assert path.exists()
    assert path.parent != desk.library.folder / "Pasted"


def test_a_picture_that_has_no_page_yet_is_not_removed(desk, clipboard, monkeypatch):
    adding, named = desk.window.adding, []
    soon = desk.window.paste_commands._soon
    clipboard.setImage(picture())
    with monkeypatch.context() as held:
        held.setattr(type(adding), "is_busy", property(lambda adding: True))
        held.setattr(adding, "add", lambda paths, batch_id, then: named.extend(paths))
        paste(desk)
        desk.until(lambda: named)
        with desk.qtbot.waitSignals([soon.timeout, soon.timeout]):
            desk.window.desk.removals.completed.emit()
        assert pasted_files(desk) == [named[0].name]
    desk.until(lambda: not pasted_files(desk))


def test_what_cannot_be_kept_is_told(desk, clipboard):
    (desk.library.folder / "Pasted").write_bytes(b"a file in the way")
    clipboard.setImage(picture())
    paste(desk)
    desk.until(lambda: desk.notice.endswith("Check that you may write there, then paste it again."))


def test_in_the_text_of_a_page_which_cannot_be_changed_a_picture_is_pasted_as_anywhere(desk, clipboard, scans):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    desk.child("textView").setFocus()
    clipboard.setImage(picture())
    paste(desk)
    desk.until_read(pages=2)
