import os
from pathlib import Path

import pytest
from fakes import batch_of, keep, line, reading
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from ocrdesk.engine import words as words_module
from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.ui.files import export_dialog as module
from ocrdesk.ui.files.batch_pages import BatchPages
from ocrdesk.ui.files.export_dialog import REVIEW_FIRST, ExportDialog
from ocrdesk.ui.files.goals import GOALS, OTHERS
from ocrdesk.ui.files.names_line import fitted
from ocrdesk.ui.files.page_sets import PageSet


@pytest.fixture
def pages(library):
    names = ("a.jpg", "a.png", "letters/b.c.tif", "d.png")
    return batch_of(library, [Source(Path("/scans") / name, name) for name in names])[1]


@pytest.fixture
def dialog(qtbot, laid, pages, tmp_path):
    choices = ExportChoices("txt", tmp_path / "out")
    sets = [PageSet("All pages", pages), PageSet("Selected pages", pages[2:3])]
    dialog = ExportDialog(laid, choices, sets, laid.tasks.lane())
    qtbot.addWidget(dialog)
    return dialog


def preview(dialog) -> list[str]:
    words = dialog.findChild(QLabel, "exportPreview").text()
    return words.split(", ") if words else []


def outcome(dialog) -> str:
    return dialog.findChild(QLabel, "exportOutcome").text()


def start(dialog) -> QPushButton:
    return dialog.findChild(QPushButton, "exportStart")


def choose(dialog, name: str, data) -> None:
    box = dialog.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(data))


def choose_format(dialog, key: str) -> None:
    dialog.findChild(QPushButton, f"format-{key}").click()


def choose_pages(dialog, words: str) -> None:
    box = dialog.findChild(QComboBox, "exportPages")
    box.setCurrentIndex(box.findText(words))


def write(dialog, name: str, text: str) -> None:
    dialog.findChild(QLineEdit, name).setText(text)


def test_long_names_are_shown_by_their_beginnings_and_ends(qtbot, library, laid, tmp_path):
    names = [f"{'a very long name of a scanned page ' * 4}{number}.png" for number in range(9)]
    pages = batch_of(library, [Source(Path("/scans") / name, name) for name in names])[1]
    dialog = ExportDialog(laid, ExportChoices("txt", tmp_path), [PageSet("All pages", pages)], laid.tasks.lane())
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    label = dialog.findChild(QLabel, "exportPreview")
    choose_format(dialog, "page")
    qtbot.waitUntil(lambda: preview(dialog)[0].endswith(".xml"))
    assert all(name.startswith("a v") and name.endswith(".xml") and "…" in name for name in preview(dialog)[:3])
    assert preview(dialog)[3:] == ["…"]
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_it_says_what_it_will_write_and_shows_the_real_names(dialog):
    assert outcome(dialog) == "Writes 4 pages into 4 text files in “out”."
    assert preview(dialog) == ["a.jpg.txt", "a.png.txt", str(Path("letters/b.c.tif.txt")), "…"]
    assert start(dialog).isEnabled()
    assert start(dialog).text() == "Export 4 pages"
    choose_pages(dialog, "Selected pages")
    assert outcome(dialog) == "Writes 1 page into one text file in “out”."
    assert start(dialog).text() == "Export 1 page"


def test_every_format_is_offered_the_usual_ones_at_once(qtbot, dialog):
    assert {*GOALS, *OTHERS} == set(FORMATS)
    with qtbot.waitExposed(dialog):
        dialog.show()
    others = dialog.findChild(QWidget, "exportOthers")
    assert not others.isVisible()
    dialog.findChild(QPushButton, "exportMore").click()
    assert others.isVisible()
    for key in FORMATS:
        choose_format(dialog, key)
        assert dialog.chosen().format == key


def test_a_format_that_is_not_usual_is_seen_if_it_was_chosen_last(qtbot, laid, pages, tmp_path):
    dialog = ExportDialog(laid, ExportChoices("hocr", tmp_path), [PageSet("All pages", pages)], laid.tasks.lane())
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    button = dialog.findChild(QPushButton, "format-hocr")
    assert (button.isVisible(), button.isChecked()) == (True, True)


def test_formats_are_chosen_with_arrow_keys_and_only_one_of_them_is_in_the_way_of_the_tab_key(qtbot, dialog):
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    text = dialog.findChild(QPushButton, "format-txt")
    assert text.isChecked()
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Left)
    assert dialog.chosen().format == "xlsx"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Up)
    assert dialog.chosen().format == "pdf"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert dialog.chosen().format == "pdf"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget().objectName() == "exportMore"


def test_the_tab_key_goes_from_the_top_to_the_foot(qtbot, dialog):
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    choose_format(dialog, "xlsx")
    dialog.findChild(QPushButton, "exportDetails").click()
    dialog.findChild(QPushButton, "format-xlsx").setFocus()
    way = []
    while dialog.focusWidget().objectName() not in way:
        way.append(dialog.focusWidget().objectName())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert way == [
        "format-xlsx", "exportMore", "exportPages", "exportGather", "exportTables", "exportFolder", "exportBrowse",
        "exportTemplate", "exportDetails", "exportShow", "dialogCancel", "exportStart",
    ]  # fmt: skip


def test_pdf_is_one_file_for_each_file_until_something_else_is_chosen(qtbot, dialog):
    choose_format(dialog, "pdf")
    assert dialog.chosen().per == "file"
    qtbot.waitUntil(lambda: preview(dialog)[:2] == ["a.pdf", "a (2).pdf"])
    choose(dialog, "exportGather", "page")
    assert dialog.chosen().per == "page"
    qtbot.waitUntil(lambda: preview(dialog)[0] == "a.jpg.pdf")
    choose_format(dialog, "txt")
    assert dialog.chosen().per == "page"


def test_what_was_chosen_last_is_offered_again(qtbot, laid, pages, tmp_path):
    choices = ExportChoices("pdf", tmp_path / "out", per="batch")
    dialog = ExportDialog(laid, choices, [PageSet("All pages", pages)], laid.tasks.lane())
    qtbot.addWidget(dialog)
    assert dialog.chosen().per == "batch"


def test_several_batches_have_folders_of_their_own(qtbot, library, laid, pages, tmp_path):
    for page_id in [*pages, *batch_of(library, 2, tmp_path / "letters")[1]]:
        keep(library, page_id, reading("text"))
    every = BatchPages(library, library.batches())
    sets = [PageSet("All pages", pages), PageSet("All 2 batches", every)]
    dialog = ExportDialog(laid, ExportChoices("txt", tmp_path / "out"), sets, laid.tasks.lane())
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: preview(dialog)[0] == "a.jpg.txt")
    choose_pages(dialog, "All 2 batches")
    qtbot.waitUntil(lambda: preview(dialog)[0].startswith(str(Path("letters/"))))
    assert preview(dialog)[-1] == "…"
    choose(dialog, "exportGather", "batch")
    qtbot.waitUntil(lambda: preview(dialog)[:2] == ["letters.txt", "scans.txt"])
    write(dialog, "exportTemplate", "{batch} {date}")
    assert dialog.choices().template == "{batch} {date}"


def test_the_names_follow_the_choices(dialog, pages):
    write(dialog, "exportTemplate", "{index:04} {stem}")
    assert preview(dialog)[0] == "0001 a.txt"
    choose_format(dialog, "md")
    assert preview(dialog)[0] == "0001 a.md"
    choose_pages(dialog, "Selected pages")
    assert preview(dialog) == ["0001 b.c.md"]
    assert list(dialog.pages().page_ids) == pages[2:3]


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
    choose_format(dialog, "csv")
    gather = dialog.findChild(QComboBox, "exportGather")
    assert gather.currentData() == "batch"
    assert [gather.model().item(row).isEnabled() for row in range(3)] == [False, True, True]
    assert preview(dialog) == ["scans.csv"]
    choose(dialog, "exportGather", "folder")
    assert preview(dialog) == ["scans.csv", "letters.csv"]
    choose_format(dialog, "alto")
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
    assert words in outcome(dialog)
    assert not start(dialog).isEnabled()


def test_without_pages_there_is_nothing_to_export(qtbot, laid, tmp_path):
    dialog = ExportDialog(laid, ExportChoices("txt", tmp_path), [], laid.tasks.lane())
    qtbot.addWidget(dialog)
    assert outcome(dialog) == "There are no pages to export."
    assert not start(dialog).isEnabled()


def test_it_gives_what_was_chosen(dialog, tmp_path):
    choose_format(dialog, "docx")
    write(dialog, "exportFolder", f" {tmp_path / 'elsewhere'} ")
    write(dialog, "exportTemplate", " {batch}/{stem} ")
    assert dialog.chosen() == ExportChoices("docx", tmp_path / "elsewhere", "{batch}/{stem}", "page", "ask")


@pytest.mark.parametrize("field", ["format-txt", "exportPages", "exportFolder", "exportBrowse", "exportMore"])
def test_the_return_key_exports_wherever_one_is(qtbot, dialog, monkeypatch, field):
    monkeypatch.setattr(module.QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("a folder was asked for"))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
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


def test_it_says_what_was_not_checked_and_what_is_left_out(qtbot, laid, pages, tmp_path):
    sets = [
        PageSet("Read", pages[:3], doubtful=2, failed=1),
        PageSet("All", pages, failed=1, has_unread=True),
        PageSet("Fine", pages[:1]),
    ]
    dialog = ExportDialog(laid, ExportChoices("txt", tmp_path), sets, laid.tasks.lane())
    qtbot.addWidget(dialog)
    amber, words = dialog.findChild(QWidget, "amberLine"), dialog.findChild(QLabel, "exportWarning")
    check = dialog.findChild(QPushButton, "exportReviewFirst")
    assert words.text() == "2 pages have words to check. 1 failed page is skipped."
    assert check.isVisibleTo(dialog)
    choose_pages(dialog, "All")
    assert words.text() == "1 failed page has no text."
    assert not check.isVisibleTo(dialog)
    choose_pages(dialog, "Fine")
    assert not amber.isVisibleTo(dialog)
    choose_pages(dialog, "Read")
    assert amber.isVisibleTo(dialog)
    check.click()
    assert dialog.result() == REVIEW_FIRST


def test_names_are_chosen_behind_one_more_click_or_seen_if_they_were(qtbot, laid, pages, dialog, tmp_path):
    field = dialog.findChild(QLineEdit, "exportTemplate")
    assert not field.isVisibleTo(dialog)
    dialog.findChild(QPushButton, "exportDetails").click()
    assert field.isVisibleTo(dialog)
    choices = ExportChoices("txt", tmp_path, "{stem}")
    other = ExportDialog(laid, choices, [PageSet("All pages", pages)], laid.tasks.lane())
    qtbot.addWidget(other)
    assert other.findChild(QLineEdit, "exportTemplate").isVisibleTo(other)


def test_files_that_exist_are_told_before(qtbot, dialog, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.jpg.txt").touch()
    write(dialog, "exportFolder", f"{tmp_path / 'out'}{os.sep}")
    qtbot.waitUntil(lambda: outcome(dialog).endswith("Some exist already."))
    assert start(dialog).isEnabled()


def test_nothing_is_cut_off_where_texts_are_longer(qtbot, laid, pages, tmp_path, monkeypatch):
    monkeypatch.setattr(
        words_module._language.catalogue, "gettext", lambda text: f"{text} {'and longer' * (len(text) // 30 + 1)}"
    )
    sets = [PageSet("All pages", pages, doubtful=2, failed=1)]
    dialog = ExportDialog(laid, ExportChoices("csv", tmp_path), sets, laid.tasks.lane())
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in dialog.findChildren(QPushButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()


# Tables alone


def tables(dialog) -> QCheckBox:
    return dialog.findChild(QCheckBox, "exportTables")


def table_page(library, page_id) -> None:
    cells = [line(f"{name}{row}", left, 20 * row, 40) for row in range(3) for name, left in (("a", 0), ("b", 90))]
    keep(library, page_id, Reading(tuple(cells), 200, 300))


def test_tables_alone_are_offered_for_spreadsheets_only(dialog):
    assert not tables(dialog).isVisibleTo(dialog)
    choose_format(dialog, "csv")
    assert tables(dialog).isVisibleTo(dialog)
    assert not dialog.chosen().tables


def test_tables_alone_are_a_file_each_or_a_workbook(qtbot, library, dialog, pages):
    table_page(library, pages[1])
    choose_format(dialog, "csv")
    tables(dialog).setChecked(True)
    assert (dialog.chosen().tables, dialog.chosen().per) == (True, "page")
    assert dialog.findChild(QComboBox, "exportGather").currentText() == "A file for each table"
    qtbot.waitUntil(lambda: preview(dialog) == ["a.png-t1.csv"])
    choose_format(dialog, "xlsx")
    assert dialog.chosen().per == "batch"
    choose_format(dialog, "txt")
    assert not dialog.chosen().tables
    assert dialog.findChild(QComboBox, "exportGather").itemText(0) == "A file for each page"


def test_pages_without_tables_say_so(qtbot, dialog):
    choose_format(dialog, "csv")
    tables(dialog).setChecked(True)
    qtbot.waitUntil(lambda: outcome(dialog) == "No table was found on these pages.")
    assert not start(dialog).isEnabled()


def test_what_was_not_looked_at_may_have_tables(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(module, "LOOKED_AT_FOR_TABLES", 2)
    choose_format(dialog, "csv")
    tables(dialog).setChecked(True)
    qtbot.waitUntil(lambda: outcome(dialog) == "No table was found on the first 2 pages.")
    assert start(dialog).isEnabled()


def test_names_are_cut_one_by_one_where_there_is_no_room(qapp):
    metrics = QFontMetrics(QFont())
    names = [f"receipts/a_long_name_{number}.pdf" for number in range(3)]
    width = metrics.horizontalAdvance(", ".join(names))
    assert fitted(names, metrics, width) == ", ".join(names)
    words = fitted(names, metrics, width - 40)
    assert metrics.horizontalAdvance(words) <= width - 40
    assert all(name.endswith(".pdf") for name in words.split(", "))
