"""``python -m ocrdesk``: the same as the console script."""

import sys

from ocrdesk.cli import main

sys.exit(main())
