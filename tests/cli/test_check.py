"""What ``ocrdesk check`` says of a library, and what it mends."""

from contextlib import closing

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.cli.main import main
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.database import FILE_NAME, connect
from ocrdesk.engine.library.search_index import INDEX
from ocrdesk.engine.search.query import parse

WHOLE = "The file of the library is whole.\n"


@pytest.fixture
def filled(own_home):
    """Three pages that were read."""
    with closing(Library(own_home)) as library:
        _, pages = batch_of(library, 3)
        for page_id in pages:
            keep(library, page_id, reading(f"text {page_id}"))
    return own_home


def change(folder, *statements: str) -> None:
    with closing(connect(folder / FILE_NAME)) as db:
        for sql in statements:
            db.execute(sql)


def found(folder, words: str) -> list[int]:
    with closing(Library(folder, writable=False)) as library:
        return [page.page_id for page in library.search.pages(parse(words))]


def test_a_sound_library_is_told_so(filled, capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"{WHOLE}The index has 3 of 3 pages as they are.\n"


def test_pages_that_wait_are_sound_and_indexed_when_mending(filled, capsys):
    change(filled, f"DELETE FROM {INDEX} WHERE rowid = 2", "INSERT INTO to_index VALUES (2)")
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert said == f"{WHOLE}The index has 2 of 3 pages as they are.\n1 page waits to be indexed.\n"
    assert found(filled, "text ") == [1, 3]
    assert main(["check", "--mend"]) == 0
    assert capsys.readouterr().out == f"{said}1 page was indexed.\n"
    assert found(filled, "text ") == [1, 2, 3]


def test_what_is_in_the_index_otherwise_is_found_and_mended(filled, capsys):
    change(
        filled,
        f"UPDATE {INDEX} SET text = 'other' WHERE rowid = 1",
        f"DELETE FROM {INDEX} WHERE rowid = 2",
        f"INSERT INTO {INDEX} (rowid, text) VALUES (7, 'text')",
    )
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert said == (
        f"{WHOLE}The index has 1 of 3 pages as they are.\n2 pages are in it otherwise, or not at all.\n"
        "It has 1 page that is no longer there.\n"
    )
    assert main(["check", "--mend"]) == 0
    assert capsys.readouterr().out == f"{said}2 pages were indexed.\n"
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"{WHOLE}The index has 3 of 3 pages as they are.\n"


def test_a_damaged_index_is_made_anew(filled, capsys):
    change(filled, f"UPDATE {INDEX}_content SET c0 = 'other' WHERE id = 1")
    assert main(["check"]) == 1
    assert "The index of its texts is damaged.\n" in capsys.readouterr().out
    assert main(["check", "--mend"]) == 0
    assert capsys.readouterr().out.endswith("3 pages were indexed.\n")
    assert main(["check"]) == 0
    assert found(filled, "text ") == [1, 2, 3]


def test_a_python_that_cannot_search_says_so(filled, monkeypatch, capsys):
    monkeypatch.setattr("ocrdesk.engine.library.search_index.has_fts5", lambda: False)
    assert main(["check"]) == 2
    assert "FTS5" in capsys.readouterr().err
