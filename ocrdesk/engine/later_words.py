"""Words of lines that are only made when somebody asks for them."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import overload

from ocrdesk.engine.document import Word


class LaterWords(Sequence[Word]):
    """The words of a line, equal to a tuple of them.

    Ordering and counting lines needs few words, and making all of them would double the time.
    """

    def __init__(self) -> None:
        self._words: tuple[Word, ...] | None = None

    @abstractmethod
    def _made(self) -> tuple[Word, ...]:
        """Makes them."""

    def _all(self) -> tuple[Word, ...]:
        if self._words is None:
            self._words = self._made()
        return self._words

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, place: int | slice) -> Word | tuple[Word, ...]:
        return self._all()[place]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | LaterWords) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())
