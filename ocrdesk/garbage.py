"""Collects Python's cyclic garbage in the GUI thread alone.

Python collects wherever enough objects were made, in the threads of workers and tasks as well. If a closed dialog is
among what it finds there, Qt's part of it is destroyed outside the GUI thread, and the program crashes sooner or later.
"""

import gc
from typing import Self

from PySide6.QtCore import QTimer

OFTEN = 500
"""Milliseconds between two looks at how much has been made."""


class Garbage:
    """Collects in the thread that it was made in, which must be that of the GUI, and nowhere else."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=OFTEN)
        self._timer.timeout.connect(collect_due)

    def __enter__(self) -> Self:
        """Takes over from Python until the block ends."""
        gc.disable()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        gc.enable()


def collect_due() -> None:
    """Collects the oldest generation of objects that Python itself would collect by now."""
    made = gc.get_count()
    for generation, enough in reversed(list(enumerate(gc.get_threshold()))):
        if enough and made[generation] > enough:
            gc.collect(generation)
            return
