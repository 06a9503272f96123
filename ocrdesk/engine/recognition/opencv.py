"""The GUI wheel of OpenCV points Qt at its own plug-ins when imported; that is undone here."""

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
