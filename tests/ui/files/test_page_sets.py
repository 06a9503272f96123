"""Pages that were read are exported; what is left out is counted."""

from fakes import batch_of, keep, reading

from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.files.page_sets import page_sets


def read_some(library, page_ids) -> None:
    """Of six pages four are read, one of them badly; one failed, and one waits."""
    for page_id in page_ids[:3]:
        keep(library, page_id, reading("text"))
    keep(library, page_ids[3], reading("unsure", confidence=0.1))
    library.checkpoints.keep_failure(page_ids[4], "It is cut off")


def sets_of(desk, *batch_ids):
    for batch_id in batch_ids:
        desk.chosen.tell(Change(batch_id))
    desk.chosen.choose_batch(batch_ids[0])
    return {pages.words: pages for pages in page_sets(desk)()}


def test_pages_that_were_read_come_first_and_all_can_be_had(laid, library):
    batch_id, page_ids = batch_of(library, 6)
    read_some(library, page_ids)
    sets = sets_of(laid, batch_id)
    assert list(sets) == ["All 4 pages that were read", "All 6 pages, including those that were not read"]
    read, every = sets.values()
    assert list(read.page_ids) == page_ids[:4]
    assert list(every.page_ids) == page_ids
    assert (read.doubtful, read.failed, read.waiting, read.has_unread) == (1, 1, 1, False)
    assert every.has_unread


def test_where_all_were_read_there_is_nothing_else_to_choose(laid, library):
    batch_id, page_ids = batch_of(library, 2)
    for page_id in page_ids:
        keep(library, page_id, reading("text"))
    assert list(sets_of(laid, batch_id)) == ["All 2 pages that were read"]


def test_pages_that_are_shown_or_selected(laid, library, monkeypatch):
    batch_id, page_ids = batch_of(library, 6)
    read_some(library, page_ids)
    monkeypatch.setattr(laid.chosen.__class__, "shown_page_ids", lambda self: page_ids[4:2:-1])
    monkeypatch.setattr(laid.chosen.__class__, "page_ids", lambda self: page_ids[:2] + page_ids[5:])
    sets = sets_of(laid, batch_id)
    shown, chosen = sets["The page shown"], sets["The 2 selected pages"]
    assert (list(shown.page_ids), shown.doubtful, shown.failed, shown.waiting) == ([page_ids[3]], 1, 1, 0)
    assert (list(chosen.page_ids), chosen.doubtful, chosen.failed, chosen.waiting) == (page_ids[:2], 0, 0, 1)


def test_several_batches(laid, library, tmp_path):
    (first, pages), (second, others) = batch_of(library, 6), batch_of(library, 6, tmp_path / "more")
    read_some(library, pages)
    read_some(library, others)
    assert list(sets_of(laid, first, second))[-1] == "All 2 batches"
    laid.chosen.batch_ids = [first, second]
    sets = sets_of(laid, first, second)
    assert next(iter(sets)) == "The 2 selected batches"
    both = sets["The 2 selected batches"]
    assert (both.batches, len(both.page_ids), both.doubtful, both.failed, both.waiting) == (2, 8, 2, 2, 2)
    assert sorted(both.page_ids) == sorted(pages[:4] + others[:4])
    assert "All 2 batches" not in sets
