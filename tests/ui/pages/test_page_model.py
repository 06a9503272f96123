from fakes import Gate, batch_of, keep, reading, sources
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt

from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.kit import tasks
from ocrdesk.ui.kit.dragged import PAGES
from ocrdesk.ui.kit.selections import chosen_rows
from ocrdesk.ui.pages import page_model
from ocrdesk.ui.pages.columns import COLUMNS, FILE, SECONDS, STATUS, TEXT, TO_CHECK
from ocrdesk.ui.pages.page_model import PageModel

Role = Qt.ItemDataRole
DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


def names(model: PageModel) -> list[str]:
    return [model.index(row, FILE).data() for row in range(model.rowCount())]


def select(model: PageModel, *rows: int) -> QItemSelectionModel:
    selection = QItemSelectionModel(model)
    for row in rows:
        selection.select(
            model.index(row, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )
    return selection


def selected_ids(model: PageModel, selection: QItemSelectionModel) -> list[int]:
    return model.ids_at(sorted(index.row() for index in selection.selectedRows()))


# Qt's rules, and what stays selected


def test_the_model_keeps_qts_rules_whatever_happens_to_it(qtmodeltester, library, model, monkeypatch):
    """The checker stays on the model and looks at every signal from here on; what it finds fails the test."""
    monkeypatch.setattr(page_model, "CHUNK", 3)
    monkeypatch.setattr(page_model, "MOST_KEPT", 6)
    qtmodeltester.check(model)
    batch_id, pages = batch_of(library, 10)
    model.set_batch(batch_id)
    for number, page_id in enumerate(pages[:6]):
        keep(library, page_id, reading(f"text {number % 3}", confidence=0.5 + 0.1 * (number % 4)))
        model.pages_changed([page_id])
    model.set_filter(PageFilter.DONE)
    library.add_pages(batch_id, sources(14))
    model.reload()
    for column in range(len(COLUMNS)):
        model.sort(column, DOWN)
        model.sort(column, UP)
    library.remove_pages(pages[2:5:2])
    model.reload()
    model.set_filter(PageFilter.ALL, among=(pages[0],))
    model.set_filter(PageFilter.ALL)
    model.sort(-1)
    assert model.rowCount() == 12
    library.remove_batch(batch_id)
    model.reload()
    model.set_batch(None)
    assert model.rowCount() == 0


def test_filtering_sorting_adding_and_removing_keep_the_selection(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    selection = select(model, 1, 4)  # doubtful, waiting
    chosen = [pages[1], pages[4]]

    model.sort(SECONDS, DOWN)
    assert names(model)[:2] == ["1.png", "2.png"]
    model.sort(TEXT, DOWN)
    assert names(model)[:2] == ["2.png", "1.png"]
    assert sorted(selected_ids(model, selection)) == chosen

    added = library.add_pages(batch_id, sources(8)).page_ids[5:]
    keep(library, added[2], reading("zulu"))
    model.reload()
    assert names(model)[0] == "8.png"
    assert sorted(selected_ids(model, selection)) == chosen

    library.remove_pages([pages[0], pages[2]])
    model.reload()
    assert sorted(selected_ids(model, selection)) == [pages[1], pages[4]]

    model.set_filter(PageFilter.DOUBTFUL)
    assert selected_ids(model, selection) == [pages[1]]
    model.set_filter(PageFilter.ALL)
    assert selected_ids(model, selection) == [pages[1]], "a page that was filtered away came back selected"


def test_pages_added_while_filtered_appear_only_if_they_pass(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    model.set_filter(PageFilter.DONE)
    selection = select(model, 2)
    inserted = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append((first, last)))
    waiting = library.add_pages(batch_id, sources(7)).page_ids[5:]
    model.reload()
    assert (names(model), inserted) == (["1.png", "2.png", "3.png"], [])

    for page_id in (*waiting, pages[4]):  # the last one comes between the others
        keep(library, page_id, reading("new"))
        model.pages_changed([page_id])
    assert names(model) == ["1.png", "2.png", "3.png", "5.png", "6.png", "7.png"]
    assert inserted == [(3, 3), (4, 4), (3, 3)]
    assert selected_ids(model, selection) == [pages[2]]
    assert [model.row_of(page_id) for page_id in (pages[4], *waiting)] == [3, 4, 5]


def test_a_page_that_no_longer_passes_goes(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    model.set_filter(PageFilter.FAILED)
    assert names(model) == ["4.png"]
    library.runs.drop_checkpoints([pages[3]])
    model.pages_changed([pages[3]])
    assert names(model) == []
    assert model.row_of(pages[3]) is None


def test_the_page_that_is_worked_on_stays_until_another_one_is_chosen(qtbot, library, model, read_batch):
    batch_id, pages = read_batch
    keep(library, pages[3], reading("delta", confidence=0.5))
    model.set_batch(batch_id)
    model.set_filter(PageFilter.DOUBTFUL)
    assert names(model) == ["2.png", "4.png"]
    model.work_on(pages[1])
    keep(library, pages[1], reading("gamma", confidence=0.99))
    model.pages_changed([pages[1]])
    assert names(model) == ["2.png", "4.png"], "where it was"
    model.work_on(pages[3])
    qtbot.waitUntil(lambda: names(model) == ["4.png"])
    model.work_on(pages[1])  # which is not in the list
    model.reload()
    assert names(model) == ["4.png"]


def test_the_page_that_is_worked_on_goes_where_others_are_wanted(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    model.work_on(pages[0])
    model.set_filter(PageFilter.DOUBTFUL)
    model.reload()
    assert names(model) == ["2.png"]
    model.work_on(pages[1])
    model.set_filter(PageFilter.DONE, among=(pages[0],))
    assert names(model) == ["1.png"]
    library.remove_pages([pages[0]])
    model.reload()
    assert names(model) == []


def test_thousands_of_pages_are_appended_without_moving_the_others(library, model):
    batch_id, _ = batch_of(library, 250)
    model.set_batch(batch_id)
    selection = select(model, 249)
    signals = []
    model.rowsInserted.connect(lambda parent, first, last: signals.append((first, last)))
    model.layoutChanged.connect(lambda: signals.append("layout"))
    model.modelReset.connect(lambda: signals.append("reset"))
    library.add_pages(batch_id, sources(600))
    model.reload()
    model.reload()
    assert signals == [(250, 599)]
    assert [index.data() for index in selection.selectedRows()] == ["250.png"]
    assert names(model) == [f"{number}.png" for number in range(1, 601)]


def test_only_rows_looked_at_are_read_from_the_library(library, model, monkeypatch):
    batch_id, _ = batch_of(library, 1000)
    asked: list[int] = []
    read = library.pages
    monkeypatch.setattr(library, "pages", lambda page_ids: asked.append(len(page_ids)) or read(page_ids))
    model.set_batch(batch_id)
    assert asked == []
    for row in range(610, 645):
        model.index(row, TEXT).data()
    assert asked == [page_model.CHUNK]


def test_changed_pages_are_told_in_runs_and_read_anew(library, model, read_batch):
    batch_id, pages = read_batch
    model.set_batch(batch_id)
    assert model.index(4, STATUS).data() == "Waiting"
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row(), last.column())))
    keep(library, pages[4], reading("epsilon"))
    model.pages_changed([pages[4], pages[0], pages[1], 999])
    assert told == [(0, 1, len(COLUMNS) - 1), (4, 4, len(COLUMNS) - 1)]
    assert model.index(4, TEXT).data() == "epsilon"


# Much that changes at once


def many(library, count: int = 300) -> tuple[int, list[int]]:
    """A batch in which every second page is doubtful."""
    batch_id, pages = batch_of(library, count)
    with library._connection.write() as db:
        db.execute("UPDATE page SET status = 'done', line_count = 1, to_check = id % 2")
    return batch_id, pages


def signals_of(model: PageModel) -> list[str]:
    told = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.layoutChanged.connect(lambda: told.append("layout"))
    model.rowsInserted.connect(lambda: told.append("rows"))
    model.rowsRemoved.connect(lambda: told.append("rows"))
    model.dataChanged.connect(lambda: told.append("data"))
    return told


def test_every_second_page_of_thousands_comes_and_goes_with_one_reset(qtmodeltester, library, model, monkeypatch):
    monkeypatch.setattr(page_model, "MANY", 100)
    qtmodeltester.check(model)
    batch_id, pages = many(library)
    model.set_batch(batch_id)
    told = signals_of(model)
    for show, count in ((PageFilter.DOUBTFUL, 150), (PageFilter.ALL, 300)):
        model.set_filter(show)
        assert (model.rowCount(), told) == (count, ["reset"])
        assert [model.row_of(page_id) for page_id in model.ids_at([0, 70])] == [0, 70]
        told.clear()
    model.sort(TO_CHECK)
    assert told == ["reset"]
    told.clear()
    library.remove_pages(pages[::3])
    model.refresh()
    assert (model.rowCount(), told) == (200, ["reset", "data"])


def test_thousands_of_changed_pages_are_told_with_one_signal(library, model):
    batch_id, pages = many(library)
    model.set_batch(batch_id)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.pages_changed(pages[::2])
    assert told == [(0, 298)]


def test_pages_that_are_being_removed_cannot_be_chosen(qtmodeltester, library, model, read_batch):
    batch_id, pages = read_batch
    qtmodeltester.check(model)
    model.set_batch(batch_id)
    told = signals_of(model)
    model.show_going({pages[1]})
    assert told == ["data"]
    can_be_chosen = [bool(model.index(row, FILE).flags() & Qt.ItemFlag.ItemIsSelectable) for row in range(3)]
    assert can_be_chosen == [True, False, True]
    model.show_going(set())
    assert model.index(1, FILE).flags() & Qt.ItemFlag.ItemIsSelectable


def test_the_list_stays_as_it_is_until_the_library_answers(qtbot, library, model, monkeypatch):
    batch_id, _ = many(library, 20)
    model.set_batch(batch_id)
    monkeypatch.setattr(tasks, "MOMENT", 0)
    gate, page_ids = Gate(), library.page_ids

    def slowly(*values, **named):
        gate.pass_through()
        return page_ids(*values, **named)

    monkeypatch.setattr(library, "page_ids", slowly)
    told = signals_of(model)
    model.set_filter(PageFilter.DOUBTFUL)
    gate.wait_until_inside()
    assert (model.rowCount(), told) == (20, [])
    model.set_batch(batch_id)
    assert model.rowCount() == 0, "what was there is of another batch"
    gate.open()
    qtbot.waitUntil(lambda: model.rowCount() == 20)
    assert told == ["reset", "reset"]


# What is dragged


def test_pages_are_dragged_in_the_order_shown_and_only_copied(library, model, read_batch):
    model.set_batch(read_batch[0])
    model.sort(TEXT, DOWN)
    rows = [model.index(row, column) for row in (1, 0) for column in (FILE, TEXT)]
    data = model.mimeData(rows)
    assert data.text() == "gamma delta\n\nalpha beta"
    assert data.formats() == model.mimeTypes() == ["text/plain", "text/uri-list", PAGES]
    assert model.supportedDragActions() == Qt.DropAction.CopyAction, "the files are a person's originals"
    assert all(index.flags() & Qt.ItemFlag.ItemIsDragEnabled for index in rows)
    assert not rows[0].flags() & Qt.ItemFlag.ItemIsDropEnabled
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_rows_of_a_selection_are_told_from_the_top_and_once(model, read_batch):
    model.set_batch(read_batch[0])
    assert chosen_rows(select(model)) == []
    assert chosen_rows(select(model, 4, 1, 2, 1)) == [1, 2, 4]
