"""What every recognizer can do."""

from collections.abc import Sequence
from typing import Protocol

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Reading


class Recognizer(Protocol):
    """Reads pictures; used by one thread at a time.

    Attributes:
        name: Kept with each reading.
    """

    name: str

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        """Reads all text of an RGB picture.

        Args:
            picture: The page as it was decoded.
            turn: Degrees clockwise (0, 90, 180, 270) by which it is to be turned first; None: as its lines say.

        Raises:
            RecognizerBroken: Reading failed; a fresh recognizer may succeed.
        """
        ...

    def read_lines(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads RGB pictures of one upright line each: what stands there, and how likely every letter is right.

        Raises:
            RecognizerBroken: As ``read``.
        """
        ...
