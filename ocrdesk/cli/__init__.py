"""The command line: what can be asked for in a terminal, and how it is answered there."""
