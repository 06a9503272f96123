"""Connections that are lent to threads which read."""

import sqlite3
import threading
from functools import partial

from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.readers import Readers

opened = partial(sqlite3.connect, ":memory:", check_same_thread=False)


def is_closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def test_who_reads_while_another_does_gets_a_connection_of_its_own_which_serves_the_next_ones():
    made = []
    readers = Readers(opened(), lambda: made.append(opened()) or made[-1])
    with readers.lend() as one, readers.lend() as other:
        assert one is not other
    with readers.lend() as third, readers.lend() as fourth:
        assert {third, fourth} == {one, other}
    assert made == [other]
    readers.close()


def test_where_there_is_just_one_it_is_waited_for():
    readers, order = Readers(opened()), []

    def read() -> None:
        with readers.lend():
            order.append("other")

    with readers.lend():
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
    readers.close()


def test_new_connections_take_the_place_of_the_former_ones_which_are_closed():
    former, new = opened(), opened()
    readers = Readers(former, opened)
    with readers.lend():
        pass
    readers.renew(new)
    assert is_closed(former)
    with readers.lend() as lent:
        assert lent is new
    readers.close()


def test_after_the_end_there_are_only_closed_ones():
    readers = Readers(opened(), opened)
    with readers.lend() as one, readers.lend() as other:
        pass
    readers.close()
    assert is_closed(one)
    assert is_closed(other)
    for _ in range(2):
        with readers.lend() as lent:
            assert is_closed(lent)


def test_a_library_is_read_while_another_thread_reads_it(tmp_path):
    library = Connection(tmp_path / "library", writable=True)
    read = threading.Thread(target=library.read, args=("SELECT * FROM batch",))
    with library._readers.lend():
        read.start()
        read.join(10)
        assert not read.is_alive()
    library.close()
