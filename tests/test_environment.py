"""What the program sets for the libraries that it loads, wherever it is entered."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ocrdesk

TELEMETRY, CAPACITY = "ORT_DISABLE_TELEMETRY", "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
TELL = f"import json, os; print(json.dumps([os.environ.get(name) for name in ('{TELEMETRY}', '{CAPACITY}')]))"


def told(code: str, **given: str) -> list:
    variables = {name: value for name, value in os.environ.items() if name not in (TELEMETRY, CAPACITY)}
    variables |= {"PYTHONPATH": str(Path(ocrdesk.__file__).parents[1]), **given}
    return json.loads(subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True).stdout)


@pytest.mark.parametrize("entry", ["ocrdesk", "ocrdesk.cli.main", "ocrdesk.engine.decode.process"])
def test_every_way_into_the_program_passes_it(entry):
    assert told(f"import {entry}; {TELL}") == ["1", "4096"]


def test_the_users_own_value_counts_for_the_cache_and_not_for_what_would_send_data():
    assert told(f"import ocrdesk; {TELL}", **{TELEMETRY: "0", CAPACITY: "512"}) == ["1", "512"]


def test_what_was_given_is_remembered():
    code = f"import json; from ocrdesk.environment import GIVEN; print(json.dumps([GIVEN.get('{TELEMETRY}')]))"
    assert told(code) == [None]
    assert told(code, **{TELEMETRY: "0"}) == ["0"]


def test_other_programs_do_not_get_what_the_start_of_the_packaged_one_sets():
    code = (
        "import json; from ocrdesk.environment import GIVEN; "
        "left = [name for name in GIVEN if name.startswith('_PYI') or name.endswith('_ORIG')]; "
        "print(json.dumps([GIVEN.get('LD_LIBRARY_PATH'), *left]))"
    )
    packed = {"_PYI_APPLICATION_HOME_DIR": "/opt/ocrdesk", "LD_LIBRARY_PATH": "/opt/ocrdesk"}
    assert told(code, **packed) == [None]
    assert told(code, **packed, LD_LIBRARY_PATH_ORIG="/lib/given") == ["/lib/given"]
    assert told(code, LD_LIBRARY_PATH="/lib/given") == ["/lib/given"]
