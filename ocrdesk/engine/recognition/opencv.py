"""OpenCV; nothing else imports it. Its GUI wheel points Qt at its own plug-ins when imported; that is undone here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


@contextmanager
def qt_variables_kept() -> Iterator[None]:
    """Restores Qt's environment variables after an import of OpenCV inside the block."""
    before = {name: os.environ.get(name) for name in QT_VARIABLES}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


with qt_variables_kept():
    import cv2 as cv2  # to be imported from here

cv2.setNumThreads(1)  # the workers use all cores already
