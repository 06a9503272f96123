"""``python -m ocrdesk``: the same as the console script, but for where Python looks for modules.

Python's own rule for ``-m`` puts the working directory first, so a ``signal.py`` that lies there is imported; an option
``-P`` leaves that out. The console script never looks there, and neither do the processes that the program starts.
"""

import sys

from ocrdesk.cli import main

sys.exit(main())
