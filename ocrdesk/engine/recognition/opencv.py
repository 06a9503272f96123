"""Imports OpenCV for all other modules, and undoes what the import sets in the environment.

OpenCV's GUI wheel points Qt at its own plug-ins. All its wheels set a library path that ends in an empty entry, which
means the working directory to any process started with it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")


@contextmanager
def variables_kept() -> Iterator[None]:
    """Restores these environment variables after OpenCV is imported inside the block."""
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

cv2.setNumThreads(1)  # the workers already use all cores
