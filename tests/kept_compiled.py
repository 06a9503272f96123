"""Keeps what Python compiles, even where the environment asks that nothing be kept.

The workers rewrite each test before they compile it, and tests start hundreds of processes: all of that would be
compiled anew each time. To be imported before the program, which remembers the environment that it was started with.
"""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
