"""The program's environment variables; imported with the package, before any library reads them or any thread runs.

Some libraries can only be configured by variables. Programs started by this one get its original environment, because
these variables are not meant for them, and because OpenCV, when imported, sets an ``LD_LIBRARY_PATH`` that makes a new
process load libraries from the working directory.
"""

import os

_PACKED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables that the start of a packaged program changes so that its own libraries are found; it keeps what was given
beside each, under the name with this ending."""
_KEPT = "_ORIG"


def _given() -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    for name in _PACKED:
        if (original := given.pop(name + _KEPT, None)) is not None:
            given[name] = original
        elif "_PYI_APPLICATION_HOME_DIR" in os.environ:
            given.pop(name, None)
    return given


GIVEN = _given()
"""The environment with which the program was started, also where it is packaged and its start changed this."""

OWN = {
    # ONNX Runtime reports to its makers where and on what it is used, unless this is set when it is imported.
    "ORT_DISABLE_TELEMETRY": "1",
    # The size of OpenVINO's cache of kernels compiled for a picture size, shared by all workers. With the default of
    # 1,024, each worker would end up with its own: 130 MB more for two.
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": GIVEN.get("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "4096"),
}
"""Variables that the program sets for the libraries that it loads."""

os.environ.update(OWN)
