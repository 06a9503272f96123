"""``python terminal_child.py RECOGNIZER ARGUMENT…``: the command line in a program of its own, with a stand-in.

RECOGNIZER is the name of a class in fakes.py.
"""

import sys

import fakes

import ocrdesk.cli.run
from ocrdesk.cli.main import main

if __name__ == "__main__":
    recognizer = getattr(fakes, sys.argv[1])
    ocrdesk.cli.run.recognizer_maker = lambda name, **_: recognizer
    sys.exit(main(sys.argv[2:]))
