"""What every recognizer can do, and what is known of one before it is loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Mode, Reading
from ocrdesk.engine.recognition.language_readers import LanguageReaders


class Recognizer(Protocol):
    """Reads pictures; used by one thread at a time.

    Attributes:
        name: Stored with each reading.
    """

    name: str

    def as_wanted(self, mode: Mode | None, languages: Sequence[str] = ()) -> "Recognizer":
        """Returns this recognizer as it reads in a mode and in languages, with the same models.

        Args:
            mode: The mode; None: the one it was made for.
            languages: The keys of the languages that pages may be in; empty: it chooses among all.
        """
        ...

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        """Reads all text in an RGB picture.

        Args:
            picture: The page as it was decoded.
            turn: Degrees clockwise (0, 90, 180, 270) to turn the page first; None: found out from its text lines.

        Raises:
            RecognizerBroken: Reading failed; a fresh recognizer may succeed.
        """
        ...

    def read_lines(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads RGB pictures of one upright line each; returns each text and how likely every letter of it is right.

        Raises:
            RecognizerBroken: As in ``read``.
        """
        ...


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How a recognizer is to read.

    Attributes:
        fast: Whether speed matters more than avoiding the last few errors.
        device: What its models run on; ``auto``: the recognizer chooses.
        say: Called with a sentence, from a worker's thread, when the models cannot run on ``device``.
        kept: Folder in which models that took time to prepare are cached for the next start, or None.
        open_languages: Makes a worker's readers of the languages that the recognizer itself does not read, or None.
    """

    fast: bool
    device: str
    say: Callable[[str], None]
    kept: Path | None
    open_languages: Callable[[], LanguageReaders] | None = None


@dataclass(frozen=True, slots=True)
class KnownRecognizer:
    """What is known of a recognizer before it is loaded.

    Attributes:
        name: Stored with its readings, and used on the command line.
        reads: The languages and scripts it reads, as a text to be shown.
        is_installed: Whether it can be loaded here.
        load: Loads what workers can share and returns a factory that makes one recognizer per worker. Both raise
            ``RecognizerBroken``.
    """

    name: str
    reads: str
    is_installed: Callable[[], bool]
    load: Callable[[HowToRead], Callable[[], Recognizer]]
