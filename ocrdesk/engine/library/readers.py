"""The connections with which threads read a library."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

_Lent = tuple[list[sqlite3.Connection], SimpleQueue[sqlite3.Connection]]
"""All connections, and those that are not lent."""


class Readers:
    """Lends connections, each to one thread at a time; another one is opened when all are lent.

    So no thread waits for what another reads. The window would, while the pages of a large batch are looked through.
    """

    def __init__(self, first: sqlite3.Connection, more: Callable[[], sqlite3.Connection] | None = None) -> None:
        """Takes the first connection.

        Args:
            first: A connection.
            more: Opens another one. None: there is just one, for which threads wait.
        """
        self._more = more
        self._lent = _lending(first)

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """Lends a connection for the block."""
        there, free = self._lent
        try:
            reader = free.get(block=self._more is None)
        except Empty:
            assert self._more is not None
            reader = self._more()
            there.append(reader)
        try:
            yield reader
        finally:
            free.put(reader)

    def renew(self, first: sqlite3.Connection) -> None:
        """Lends this connection and further ones from now on; closes the former ones once they are given back."""
        former, self._lent = self._lent, _lending(first)
        _close(former)

    def close(self) -> None:
        """Closes all connections once they are given back; whoever reads after that gets a closed one."""
        self._more = None
        _close(self._lent)
        there, free = self._lent
        free.put(there[0])


def _lending(first: sqlite3.Connection) -> _Lent:
    free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
    free.put(first)
    return [first], free


def _close(lent: _Lent) -> None:
    there, free = lent
    for _ in there:
        free.get().close()
