"""``python correcting_child.py LIBRARY PAGE``: corrects a page again and again, and says on stdout what is on disk.

It changes the text of the second line, reads the page again, and adds lines, each with a number that grows.
"""

import sys
from pathlib import Path

from ocrdesk.engine.corrections.changes import corrected, new_line
from ocrdesk.engine.library import Library

library, page_id = Library(Path(sys.argv[1])), int(sys.argv[2])
number = max((int(it.after or 0) for it in library.corrections.of(page_id)), default=0)
while True:
    number += 1
    lines = library.texts.of(page_id).lines
    if number % 3:
        change = corrected(next(it for it in lines if it.polygon[0][1] == 40), str(number))
    else:
        top = 100 + 20 * number
        change = new_line(((0, top), (50, top), (50, top + 10), (0, top + 10)), str(number))
    library.corrections.keep(page_id, change)
    print(number, flush=True)
