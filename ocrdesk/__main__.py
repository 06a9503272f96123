"""``python -m ocrdesk``: the same as the console script, but for where Python looks for modules.

Python's own rule for ``-m`` puts the working directory first, so a ``signal.py`` that lies there is imported; an option
``-P`` leaves that out. The console script never looks there, and neither do the processes that the program starts.
"""

import sys

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.interrupts import Interrupts
from ocrdesk.limits import LITTLE, check_limits

_BAD_USE = 2


def main() -> int:
    """Runs the program; gives its exit status.

    Limits of the system are looked at and interrupts are heard before what takes long, and much, is imported.
    """
    try:
        check_limits(LITTLE)
    except OcrdeskError as error:
        print(f"ocrdesk: {error}", file=sys.stderr)
        return _BAD_USE
    with Interrupts() as interrupts:
        from ocrdesk.cli.main import main as answer

        return answer(interrupts=interrupts)


if __name__ == "__main__":
    sys.exit(main())
