"""``python -m ocrdesk``: the same as the console script, except for where Python looks for modules.

With ``-m``, Python looks in the working directory first, so that a ``signal.py`` there would be imported; its option
``-P`` prevents that. The console script never looks there, and neither do the processes that the program starts.
"""

import sys

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.interrupts import Interrupts
from ocrdesk.limits import LITTLE, check_limits
from ocrdesk.resources import is_packaged

_BAD_USE = 2


def main() -> int:
    """Runs the program; returns its exit status.

    It checks the system's limits and starts listening for interrupts before it imports anything large or slow. The
    packaged program is also what its own processes run.
    """
    if is_packaged():
        from ocrdesk.engine.own_process import OWN_PROCESS, run

        if sys.argv[1:2] == [OWN_PROCESS]:
            run(*sys.argv[2:])
            return 0
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
