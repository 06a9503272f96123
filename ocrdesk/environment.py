"""The environment of the program; imported with the package, before any library reads it and any thread runs.

Some libraries can be told only by a variable. What the program starts gets the environment that it was given itself:
such variables are not meant for other programs, and OpenCV, when imported, sets an ``LD_LIBRARY_PATH`` with which a new
process loads libraries from the working directory.
"""

import os

GIVEN = dict(os.environ)
"""The environment as the program was started with it."""

OWN = {
    # ONNX Runtime tells its makers from where and on what it is used, unless it finds this when it is imported.
    "ORT_DISABLE_TELEMETRY": "1",
    # OpenVINO keeps here what is compiled for a size of picture, shared by all workers; with the 1,024 that are kept
    # otherwise, each worker would come to have its own: 130 MB more for two.
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": GIVEN.get("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "4096"),
}
"""What the program sets for the libraries that it loads."""

os.environ.update(OWN)
