"""``python terminal_child.py RECOGNIZER ARGUMENT…``: the command line in a program of its own, with a stand-in.

RECOGNIZER is the name of a class in fakes.py.
"""

import sys

import fakes

import ocrdesk.terminal_run
from ocrdesk.cli import main

if __name__ == "__main__":
    recognizer = getattr(fakes, sys.argv[1])
    ocrdesk.terminal_run.recognizer_maker = lambda name, **_: recognizer
    sys.exit(main(sys.argv[2:]))
