"""What the index has of each page, whatever becomes of the page."""

from contextlib import closing

import pytest
from fakes import batch_of, die_and_reopen, full_disk, keep, line, reading, sources

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import Reading, ReadingOrder
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library, MovedPage, schema, search_index, space, texts
from ocrdesk.engine.library.database import FILE_NAME, connect
from ocrdesk.engine.library.search_index import INDEX
from ocrdesk.engine.search.query import parse

LEFT = Region(0, 0, 0.4, 1)
TWO_COLUMNS = Reading((line("Anna", 200, 0, 60), line("Name", 0, 0, 40)), 400, 100)


@pytest.fixture
def batch(library):
    batch_id, pages = batch_of(library, 2)
    for page_id, text in zip(pages, ("the harbour", "a lighthouse"), strict=True):
        keep(library, page_id, reading(text))
    return batch_id, pages


def found(library, words: str) -> list[int]:
    return [page.page_id for page in library.search.pages(parse(words + " "))]


def is_sound(library) -> bool:
    return library.checking.check(mark=False, is_over=lambda: False, tell=lambda *_: None).is_sound


def without_fts5(monkeypatch) -> None:
    """As with a SQLite that was built without it."""
    for module in (search_index, space, texts):
        monkeypatch.setattr(module, "has_fts5", lambda: False)


# Written with each change


def test_a_page_is_found_as_soon_as_its_reading_is_kept_and_read_again_by_its_new_text_alone(library, batch):
    _, (first, _) = batch
    assert found(library, "harbour") == [first]
    keep(library, first, reading("the mountain"))
    assert (found(library, "harbour"), found(library, "mountain")) == ([], [first])
    assert first not in library.texts.outdated()
    assert is_sound(library)


def test_a_correction_is_found_and_taken_back_no_more(library, batch):
    _, (first, _) = batch
    (shown,) = library.texts.of(first).lines
    former = library.corrections.keep(first, corrected(shown, "the haven"))
    assert (found(library, "harbour"), found(library, "haven")) == ([], [first])
    library.corrections.put_back(former)
    assert (found(library, "harbour"), found(library, "haven")) == ([first], [])


def test_a_page_of_the_same_file_is_found_by_the_reading_it_got(library, batch):
    _, (first, second) = batch
    library.checkpoints.keep_twin(second, library.page(first), b"same")
    assert (found(library, "harbour"), found(library, "lighthouse")) == ([first, second], [])


def test_what_could_not_be_kept_is_not_in_the_index_either(library, batch):
    _, (first, _) = batch
    with full_disk(library), pytest.raises(LibraryError):
        keep(library, first, reading(*["a very long text"] * 2000))
    assert (found(library, "harbour"), found(library, "long")) == ([first], [])


def test_pages_are_found_by_their_names_before_they_are_read(library):
    _, pages = batch_of(library, 2)
    library.texts.renew_outdated()
    assert found(library, "name:1") == [pages[0]]
    assert found(library, "folder:scans") == pages


# Noted, and renewed later


def test_a_change_of_a_whole_batch_notes_its_pages_in_its_own_transaction(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, TWO_COLUMNS)
    assert library.texts.outdated() == []
    library.texts.set_regions(batch_id, [LEFT])
    library = die_and_reopen(library)
    assert library.texts.outdated() == [page_id]
    assert library.search.not_indexed() == 1
    assert library.texts.renew_outdated() == 1
    assert (found(library, "anna"), found(library, "name")) == ([page_id], [])
    assert library.texts.outdated() == []
    library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.COLUMNS)
    assert library.texts.outdated() == [page_id]
    library.texts.renew_outdated()
    library.texts.set_reading_order_of_pages([page_id], ReadingOrder.ROWS)
    assert library.texts.outdated() == [page_id]
    library.close()


def test_moved_pages_and_files_are_noted(library, batch, tmp_path):
    batch_id, (first, second) = batch
    other = library.batch_of_folder(tmp_path, whole=True)
    library.moving.move([first], other)
    assert library.texts.outdated() == [first]
    library.texts.renew_outdated()
    library.files.move(batch_id, tmp_path / "b", [MovedPage(second, tmp_path / "b" / "found.png", "found.png", 1, 1)])
    assert library.texts.outdated() == [second]
    library.texts.renew_outdated()
    assert found(library, "name:found") == [second]


def test_renewing_ends_when_it_is_told_to_and_goes_on_later(library, monkeypatch):
    monkeypatch.setattr(texts, "FEW", 2)
    batch_of(library, 5)
    told: list[tuple[int, int]] = []
    library.texts.renew_outdated(lambda: len(told) == 2, lambda *it: told.append(it))
    assert told == [(0, 5), (2, 5)]
    assert len(library.texts.outdated()) == 1
    assert library.texts.renew_outdated() == 1


# Removed


def test_hidden_pages_are_not_found_and_those_put_back_are(library, batch):
    batch_id, (first, second) = batch
    holder = library.removing.take_out(batch_id, [first])
    assert found(library, "harbour OR lighthouse") == [second]
    library.removing.put_back(holder, batch_id)
    assert found(library, "harbour OR lighthouse") == [first, second]
    library.removing.hide(batch_id)
    assert found(library, "harbour OR lighthouse") == []


def test_words_of_removed_pages_leave_the_file(library, batch):
    _, (first, second) = batch
    library.texts.renew([second])
    library.remove_pages([first])
    with library._connection.write() as db:
        assert search_index.indexed_row(db, first) is None
        assert b"harbour" in parts_of_index(db), "FTS5 alone keeps them"
    library.space.give_back(space.threading.Event())
    with library._connection.write() as db:
        assert b"harbour" not in parts_of_index(db)
        assert b"lighthouse" in parts_of_index(db)
        assert db.execute(search_index.REMOVED).fetchall() == []
    library.close()
    path = library.folder / FILE_NAME
    content = path.read_bytes()
    assert b"harbour" not in content
    assert b"lighthouse" in content


def parts_of_index(db) -> bytes:
    return b"".join(row[0] for row in db.execute(f"SELECT block FROM {INDEX}_data"))


# Other libraries, other Pythons


def test_a_python_that_cannot_search_keeps_everything_and_another_one_indexes_it(library, batch, monkeypatch):
    _, (first, second) = batch
    with monkeypatch.context() as patch:
        without_fts5(patch)
        library = die_and_reopen(library)
        keep(library, first, reading("the mountain"))
        library.remove_pages([second])
        library.space.give_back(space.threading.Event())
        assert library.text(first) == "the mountain"
        assert library.texts.outdated() == []
        with pytest.raises(LibraryError, match="FTS5"):
            found(library, "mountain")
    library = die_and_reopen(library)
    assert library.texts.outdated() == [first]
    library.texts.renew_outdated()
    library.space.give_back(space.threading.Event())
    assert found(library, "mountain") == [first]
    with library._connection.write() as db:
        assert search_index.indexed_row(db, second) is None
    assert is_sound(library)
    library.close()


def test_a_library_without_index_is_indexed_anew(library, batch):
    _, pages = batch
    library.close()
    with closing(connect(library.folder / FILE_NAME)) as db:
        db.execute(f"DROP TABLE {INDEX}")
    with closing(Library(library.folder)) as again:
        assert again.texts.outdated() == pages[::-1]
        again.texts.renew_outdated()
        assert found(again, "harbour") == pages[:1]


def test_an_index_made_otherwise_is_made_anew(library, batch):
    _, pages = batch
    library.close()
    with closing(connect(library.folder / FILE_NAME)) as db:
        db.execute(f"DROP TABLE {INDEX}")
        db.execute(f"CREATE VIRTUAL TABLE {INDEX} USING fts5(text, name, folder, tokenize = ascii)")
        schema.make_index(db)
        assert db.execute("SELECT count(*) FROM to_index").fetchone()[0] == len(pages)


def test_a_library_that_can_only_be_read_is_searched(library, batch):
    _, (first, _) = batch
    library.close()
    with closing(Library(library.folder, writable=False)) as reader:
        assert found(reader, "harbour") == [first]


def test_pages_that_are_there_already_are_not_noted_again(library):
    batch_id, _ = batch_of(library, 2)
    library.texts.renew_outdated()
    library.add_pages(batch_id, sources(2))
    assert library.texts.outdated() == []
