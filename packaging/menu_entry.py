"""Writes what desktops want of a package: ``python packaging/menu_entry.py SHARE COMMAND``.

``SHARE``, the folder ``/usr/share`` of the package, gets the menu entry with ``COMMAND``, the icons and the type of
saved batches. It runs without the program's libraries.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from ocrdesk import menu_entry

if __name__ == "__main__":
    _, share, command = sys.argv
    menu_entry.write(Path(share), [command])
