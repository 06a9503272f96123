"""Another start: hands files to an open window in a process of its own, and ends with 0 where that heard it.

Within one process neither would let the other go on.
"""

import sys
from pathlib import Path

from ocrdesk.ui.window.second_start import hand_over

if __name__ == "__main__":
    library, *names = sys.argv[1:]
    sys.exit(not hand_over(Path(library), [Path(name) for name in names]))
