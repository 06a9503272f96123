"""What the page model says of each page: in its cells, to a screen reader, in tooltips and thumbnails."""

from pathlib import Path

import pytest
from fakes import batch_of, draw_pages, keep, line
from PySide6.QtCore import QLocale, QModelIndex, Qt
from PySide6.QtGui import QPixmap

from ocrdesk.engine.document import PageStatus, Reading, Source
from ocrdesk.ui.kit.words import percent
from ocrdesk.ui.pages import columns
from ocrdesk.ui.pages.columns import COLUMNS, CONFIDENCE, CORRECTED, FILE, LINES, SECONDS, STATUS, TEXT, TO_CHECK
from ocrdesk.ui.pages.page_model import PAGE_ROLE

Role = Qt.ItemDataRole


def test_each_column_says_what_its_heading_promises(library, model, read_batch, monkeypatch):
    monkeypatch.setattr(columns, "QLocale", lambda: QLocale.c())
    model.set_batch(read_batch[0])
    table = [[model.index(row, column).data() for column in range(len(COLUMNS))] for row in range(5)]
    assert table == [
        ["1.png", "Done", "alpha beta", "2", "", "96 %", "", "1.3"],
        ["2.png", "1 to check", "gamma delta", "1", "1", "50 %", "", "0.5"],
        ["3.png", "No text", "", "0", "", "", "", "0.3"],
        ["4.png", "Failed", "The file is empty. Scan it again.", "", "", "", "", ""],
        ["5.png", "Waiting", "", "", "", "", "", ""],
    ]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(len(COLUMNS))]
    assert heads == [column.heading for column in COLUMNS]
    assert model.headerData(len(COLUMNS), Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_numbers_stand_at_the_right_in_heading_and_cell(model, read_batch):
    model.set_batch(read_batch[0])
    for column in range(len(COLUMNS)):
        is_number = column in (LINES, TO_CHECK, CONFIDENCE, CORRECTED, SECONDS)
        cell = model.index(0, column).data(Role.TextAlignmentRole)
        assert bool(cell & Qt.AlignmentFlag.AlignRight) == is_number
        assert model.headerData(column, Qt.Orientation.Horizontal, Role.TextAlignmentRole) == cell


def test_other_roles_speak_and_explain(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    failed = model.index(3, FILE)
    assert model.index(0, FILE).data(Role.AccessibleTextRole) == "1.png, Done"
    assert failed.data(Role.AccessibleTextRole) == "4.png, Failed: The file is empty. Scan it again."
    assert model.index(0, TEXT).data(Role.AccessibleTextRole) is None
    assert failed.data(Role.ToolTipRole) == "4.png\nFailed\nThe file is empty. Scan it again."
    assert failed.data(PAGE_ROLE).status is PageStatus.FAILED
    assert failed.data(PAGE_ROLE).id == pages[3]
    assert failed.data(Role.EditRole) is None
    assert model.index(0, TEXT).data(Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_a_name_that_looks_like_markup_is_told_letter_for_letter(library, model):
    batch_id, _ = batch_of(library, [Source(Path("/scans/<b>1</b>.png"), "<b>1</b>.png")])
    model.set_batch(batch_id)
    assert model.index(0, FILE).data() == "<b>1</b>.png"
    assert "&lt;b&gt;1&lt;/b&gt;.png" in model.index(0, FILE).data(Role.ToolTipRole)


def test_a_reading_kept_after_a_failed_retry_says_so(library, model, read_batch):
    batch_id, pages = read_batch
    library.runs.drop_checkpoints([pages[0]])
    library.checkpoints.keep_failure(pages[0], "The file is gone.")
    model.set_batch(batch_id)
    assert model.index(0, STATUS).data() == "Kept"
    assert model.index(0, TEXT).data() == "alpha beta"
    assert "The file is gone." in model.index(0, FILE).data(Role.ToolTipRole)


def test_the_thumbnail_arrives_and_only_its_own_cell_is_told(qtbot, library, model, scans):
    paths = draw_pages(scans, 3)
    batch_id, _ = batch_of(library, [Source(path, path.name) for path in paths], scans)
    model.set_batch(batch_id)
    told = []
    model.dataChanged.connect(lambda first, last, roles: told.append((first.row(), first.column(), last, roles)))
    assert model.index(1, FILE).data(Role.DecorationRole) is None
    qtbot.waitUntil(lambda: bool(told))
    assert [(row, column, last.row(), last.column(), roles) for row, column, last, roles in told] == [
        (1, FILE, 1, FILE, [Role.DecorationRole])
    ]
    picture = model.index(1, FILE).data(Role.DecorationRole)
    assert isinstance(picture, QPixmap)
    assert picture.width() == 21


def test_a_page_removed_behind_the_models_back_is_nothing_and_no_error(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    library.remove_pages(pages[:1])
    assert model.rowCount() == 5
    for role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole, Role.DecorationRole, PAGE_ROLE):
        assert [model.index(0, column).data(role) for column in range(len(COLUMNS))] == [None] * len(COLUMNS)
    assert model.page_at(0) is None
    assert model.index(1, FILE).data() == "2.png"


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.999, "99 %"), (0.9999, "99 %"), (1.0, "100 %"), (0.9, "90 %"), (0.57, "57 %"), (0, "0 %")],
)
def test_percent_never_promises_more_than_there_is(confidence, words):
    assert percent(confidence) == words


def test_a_page_almost_sure_is_not_shown_as_entirely_sure(library, model):
    batch_id, pages = batch_of(library, 1)
    keep(library, pages[0], Reading((line("almost", confidence=0.9996),), width=100, height=100))
    model.set_batch(batch_id)
    assert model.index(0, CONFIDENCE).data() == "99 %"
