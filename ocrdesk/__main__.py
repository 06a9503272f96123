"""``python -m ocrdesk``: the same as the console script, but for where Python looks for modules.

Python's own rule for ``-m`` puts the working directory first, so a ``signal.py`` that lies there is imported; an option
``-P`` leaves that out. The console script never looks there, and neither do the processes that the program starts.
"""

import sys

from ocrdesk.interrupts import Interrupts


def main() -> int:
    """Runs the program; gives its exit status. Interrupts are heard before what takes long is imported."""
    with Interrupts() as interrupts:
        from ocrdesk import cli

        return cli.main(interrupts=interrupts)


if __name__ == "__main__":
    sys.exit(main())
