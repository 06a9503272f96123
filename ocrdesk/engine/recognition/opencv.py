"""OpenCV; nothing else imports it. What it sets in the environment when it is imported is undone here.

Its GUI wheel points Qt at its own plug-ins. Every wheel sets a path for libraries that ends in an empty entry, and to a
process started with it that means the working directory.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")


@contextmanager
def variables_kept() -> Iterator[None]:
    """Restores these variables of the environment after an import of OpenCV inside the block."""
    before = {name: os.environ.get(name) for name in VARIABLES}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


with variables_kept():
    import cv2 as cv2  # to be imported from here

cv2.setNumThreads(1)  # the workers use all cores already
