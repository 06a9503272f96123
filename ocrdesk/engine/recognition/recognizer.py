"""What every recognizer can do, and what is known of one before it is loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
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


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How a recognizer is to read.

    Attributes:
        fast: Whether speed counts more than the last errors.
        device: What its models run on; ``auto``: its own choice.
        say: Told in a sentence when they cannot run on that; called from a worker's thread.
        kept: Folder where models that took time to prepare are kept for the next start, or None.
    """

    fast: bool
    device: str
    say: Callable[[str], None]
    kept: Path | None


@dataclass(frozen=True, slots=True)
class KnownRecognizer:
    """What is known of a recognizer before it is loaded.

    Attributes:
        name: Kept with its readings, and what the command line calls it.
        reads: Which languages and scripts it reads, in words.
        is_installed: Whether it can be loaded here.
        load: Loads what workers can share, and gives a factory for the recognizer of each. Both raise
            ``RecognizerBroken``.
    """

    name: str
    reads: str
    is_installed: Callable[[], bool]
    load: Callable[[HowToRead], Callable[[], Recognizer]]
