import sqlite3
import threading
from contextlib import closing

from fakes import batch_of, keep, reading

from ocrdesk.engine.library import index_words
from ocrdesk.engine.library.database import FILE_NAME


def words(library):
    with closing(sqlite3.connect(library.folder / FILE_NAME)) as db:
        return [row[0] for row in db.execute("SELECT word FROM indexed_word ORDER BY word")]


def test_the_words_of_kept_pages_are_known(library):
    _, (page,) = batch_of(library, 1)
    keep(library, page, reading("Straße l5o0 中国 1500", "a елка zusam-", "men"))
    assert words(library) == ["l5o0", "men", "strasse", "zusam", "zusammen"]
    assert library.vocabulary.known(["strasse", "stras", "1500"], as_beginnings=False) == {"strasse"}
    assert library.vocabulary.known(["stras", "x", "zusammen", "zusammens"], as_beginnings=True) == {
        "stras",
        "zusammen",
    }
    assert library.vocabulary.beginning_with("zusam") == ["zusam", "zusammen"]


def test_the_words_of_removed_pages_are_forgotten(library, monkeypatch):
    monkeypatch.setattr(index_words, "_AT_ONCE", 2)
    _, pages = batch_of(library, 2)
    keep(library, pages[0], reading("alpha beta gamma delta epsilon"))
    keep(library, pages[1], reading("beta zeta"))
    library.remove_pages(pages[:1])
    library.space.give_back(threading.Event())
    assert words(library) == ["beta", "zeta"]


def test_forgetting_goes_on_where_it_was_stopped(library):
    _, pages = batch_of(library, 1)
    keep(library, pages[0], reading("alpha beta"))
    library.remove_pages(pages)
    stop = threading.Event()
    stop.set()
    library.space.give_back(stop)
    assert words(library) == ["alpha", "beta"]
    library.space.give_back(threading.Event())
    assert words(library) == []
