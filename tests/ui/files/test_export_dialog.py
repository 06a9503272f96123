from pathlib import Path

import pytest
from desks import clear_desk, lay_desk
from fakes import batch_of, keep, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget

from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.ui.files import export_dialog as module
from ocrdesk.ui.files.batch_pages import BatchPages
from ocrdesk.ui.files.export_dialog import SHOWN, ExportDialog


@pytest.fixture
def pages(library):
    names = ("a.jpg", "a.png", "letters/b.c.tif", "d.png")
    return batch_of(library, [Source(Path("/scans") / name, name) for name in names])[1]


@pytest.fixture
def laid(qtbot, library, decoder, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path)
    yield desk
    clear_desk(desk)


@pytest.fixture
def dialog(qtbot, laid, pages, tmp_path):
    choices = ExportChoices("txt", tmp_path / "out")
    dialog = ExportDialog(
        laid, choices, {"All pages of the batch": pages, "Selected pages": pages[2:3]}, laid.tasks.lane()
    )
    qtbot.addWidget(dialog)
    return dialog


def preview(dialog) -> list[str]:
    return dialog.findChild(QLabel, "exportPreview").text().splitlines()


def start(dialog) -> QPushButton:
    return dialog.findChild(QPushButton, "exportStart")


def choose(dialog, name: str, data) -> None:
    box = dialog.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(data))


def write(dialog, name: str, text: str) -> None:
    dialog.findChild(QLineEdit, name).setText(text)


def test_long_names_leave_room_for_the_count(qtbot, library, laid, tmp_path):
    names = [f"{'a very long name of a scanned page ' * 4}{number}.png" for number in range(9)]
    pages = batch_of(library, [Source(Path("/scans") / name, name) for name in names])[1]
    dialog = ExportDialog(
        laid, ExportChoices("txt", tmp_path / "out"), {"All pages of the batch": pages}, laid.tasks.lane()
    )
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    label = dialog.findChild(QLabel, "exportPreview")
    choose(dialog, "exportFormat", "page")
    dialog.resize(700, 500)
    qtbot.waitUntil(lambda: preview(dialog)[-1] == "… 9 files" and len(preview(dialog)) == SHOWN + 1)
    assert preview(dialog)[0].endswith("0.png.page.xml")
    for name in preview(dialog):
        assert label.fontMetrics().horizontalAdvance(name) <= label.width()


def test_it_shows_the_real_names(dialog):
    assert preview(dialog) == ["a.jpg.txt", "a.png.txt", str(Path("letters/b.c.tif.txt")), "… 4 files"]
    assert len(preview(dialog)) == SHOWN + 1
    assert start(dialog).isEnabled()


def test_every_format_is_offered(dialog):
    box = dialog.findChild(QComboBox, "exportFormat")
    assert [box.itemData(row) for row in range(box.count())] == list(FORMATS)


def test_pdf_is_one_file_for_each_file_until_something_else_is_chosen(qtbot, dialog):
    choose(dialog, "exportFormat", "pdf")
    assert dialog.chosen().per == "file"
    qtbot.waitUntil(lambda: preview(dialog)[:2] == ["a.pdf", "a (2).pdf"])
    choose(dialog, "exportGather", "page")
    assert dialog.chosen().per == "page"
    qtbot.waitUntil(lambda: preview(dialog)[0] == "a.jpg.pdf")
    choose(dialog, "exportFormat", "txt")
    assert dialog.chosen().per == "page"


def test_what_was_chosen_last_is_offered_again(qtbot, laid, pages, tmp_path):
    choices = ExportChoices("pdf", tmp_path / "out", per="batch")
    dialog = ExportDialog(laid, choices, {"All pages of the batch": pages}, laid.tasks.lane())
    qtbot.addWidget(dialog)
    assert dialog.chosen().per == "batch"


def test_several_batches_have_folders_of_their_own(qtbot, library, laid, pages, tmp_path):
    batch_of(library, 2, tmp_path / "letters")
    every = BatchPages(library, library.batches())
    sets = {"All pages of the batch": pages, "All 2 batches": every}
    dialog = ExportDialog(laid, ExportChoices("txt", tmp_path / "out"), sets, laid.tasks.lane())
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: preview(dialog)[0] == "a.jpg.txt")
    choose(dialog, "exportPages", "All 2 batches")
    qtbot.waitUntil(lambda: preview(dialog)[0].startswith(str(Path("letters/"))))
    assert preview(dialog)[-1] == "… 6 files"
    choose(dialog, "exportGather", "batch")
    qtbot.waitUntil(lambda: preview(dialog)[:2] == ["letters.txt", "scans.txt"])
    write(dialog, "exportTemplate", "{batch} {date}")
    assert dialog.choices().template == "{batch} {date}"


def test_the_names_follow_the_choices(dialog, pages):
    write(dialog, "exportTemplate", "{index:04} {stem}")
    assert preview(dialog)[0] == "0001 a.txt"
    choose(dialog, "exportFormat", "md")
    assert preview(dialog)[0] == "0001 a.md"
    choose(dialog, "exportPages", "Selected pages")
    assert preview(dialog) == ["0001 b.c.md"]
    assert list(dialog.page_ids()) == pages[2:3]


def test_one_file_for_the_batch(dialog):
    choose(dialog, "exportGather", "batch")
    assert preview(dialog) == ["scans.txt"]
    assert dialog.chosen().per == "batch"


def test_one_file_for_each_folder(dialog):
    choose(dialog, "exportGather", "folder")
    assert preview(dialog) == ["scans.txt", "letters.txt"]


def test_more_folders_than_are_shown_or_looked_at(dialog, monkeypatch):
    choose(dialog, "exportGather", "folder")
    monkeypatch.setattr(module, "SHOWN", 1)
    write(dialog, "exportTemplate", "{batch} {folder}")
    assert preview(dialog) == ["scans scans.txt", "…"]
    monkeypatch.setattr(module, "LOOKED_AT", 1)
    monkeypatch.setattr(module, "SHOWN", 3)
    write(dialog, "exportTemplate", "{folder}")
    assert preview(dialog) == ["scans.txt", "…"]


def test_a_table_is_never_a_file_for_each_page(dialog):
    choose(dialog, "exportFormat", "csv")
    gather = dialog.findChild(QComboBox, "exportGather")
    assert gather.currentData() == "batch"
    assert [gather.model().item(row).isEnabled() for row in range(3)] == [False, True, True]
    assert preview(dialog) == ["scans.csv"]
    choose(dialog, "exportGather", "folder")
    assert preview(dialog) == ["scans.csv", "letters.csv"]
    choose(dialog, "exportFormat", "alto")
    assert gather.currentData() == "page"
    assert [gather.model().item(row).isEnabled() for row in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("exportTemplate", "{nonsense}", "nonsense"),
        ("exportTemplate", "{stem", "template"),
        ("exportFolder", " ", "folder"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_can_be_exported(dialog, name, text, words):
    write(dialog, name, text)
    assert words in "\n".join(preview(dialog))
    assert not start(dialog).isEnabled()


def test_without_pages_there_is_nothing_to_export(qtbot, laid, tmp_path):
    dialog = ExportDialog(laid, ExportChoices("txt", tmp_path), {"All pages of the batch": []}, laid.tasks.lane())
    qtbot.addWidget(dialog)
    assert preview(dialog) == ["There are no pages to export."]
    assert not start(dialog).isEnabled()


def test_it_gives_what_was_chosen(dialog, tmp_path):
    choose(dialog, "exportFormat", "docx")
    write(dialog, "exportFolder", f" {tmp_path / 'elsewhere'} ")
    write(dialog, "exportTemplate", " {batch}/{stem} ")
    assert dialog.chosen() == ExportChoices("docx", tmp_path / "elsewhere", "{batch}/{stem}", "page", "ask")


@pytest.mark.parametrize("field", ["exportFormat", "exportFolder", "exportTemplate"])
def test_the_return_key_exports_wherever_one_is(qtbot, dialog, monkeypatch, field):
    monkeypatch.setattr(module.QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("a folder was asked for"))
    with qtbot.waitExposed(dialog):
        dialog.open()
    its = dialog.findChild(QWidget, field)
    its.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(its, Qt.Key.Key_Return)


@pytest.mark.parametrize("exists", [True, False])
def test_looking_for_a_folder_begins_where_there_is_one(dialog, tmp_path, monkeypatch, exists):
    asked = []
    monkeypatch.setattr(module.QFileDialog, "getExistingDirectory", lambda *its: asked.append(its[2]) or "")
    folder = tmp_path / "texts"
    if exists:
        folder.mkdir()
    write(dialog, "exportFolder", str(folder))
    dialog.findChild(QPushButton, "exportBrowse").click()
    assert asked == [str(folder if exists else tmp_path)]
    assert dialog.chosen().folder == folder


# Tables alone


def tables(dialog) -> QCheckBox:
    return dialog.findChild(QCheckBox, "exportTables")


def table_page(library, page_id) -> None:
    cells = [line(f"{name}{row}", left, 20 * row, 40) for row in range(3) for name, left in (("a", 0), ("b", 90))]
    keep(library, page_id, Reading(tuple(cells), 200, 300))


def test_tables_alone_are_offered_for_spreadsheets_only(dialog):
    assert not tables(dialog).isEnabled()
    choose(dialog, "exportFormat", "csv")
    assert tables(dialog).isEnabled()
    assert not dialog.chosen().tables


def test_tables_alone_are_a_file_each_or_a_workbook(qtbot, library, dialog, pages):
    table_page(library, pages[1])
    choose(dialog, "exportFormat", "csv")
    tables(dialog).setChecked(True)
    assert (dialog.chosen().tables, dialog.chosen().per) == (True, "page")
    assert dialog.findChild(QComboBox, "exportGather").currentText() == "A file for each table"
    qtbot.waitUntil(lambda: preview(dialog) == ["a.png-t1.csv"])
    choose(dialog, "exportFormat", "xlsx")
    assert dialog.chosen().per == "batch"
    choose(dialog, "exportFormat", "txt")
    assert not dialog.chosen().tables
    assert dialog.findChild(QComboBox, "exportGather").itemText(0) == "A file for each page"


def test_pages_without_tables_say_so(qtbot, dialog):
    choose(dialog, "exportFormat", "csv")
    tables(dialog).setChecked(True)
    qtbot.waitUntil(lambda: preview(dialog) == ["No table was found on these pages."])
    assert not start(dialog).isEnabled()


def test_what_was_not_looked_at_may_have_tables(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(module, "LOOKED_AT_FOR_TABLES", 2)
    choose(dialog, "exportFormat", "csv")
    tables(dialog).setChecked(True)
    qtbot.waitUntil(lambda: preview(dialog) == ["No table was found on the first 2 pages."])
    assert start(dialog).isEnabled()
