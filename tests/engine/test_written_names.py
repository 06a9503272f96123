"""Names of files in JSON."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from ocrdesk.engine.written_names import written_path


def test_a_name_that_is_unicode_is_written_as_it_is():
    assert written_path("file", Path("scans/Zürich 1%.png")) == {"file": str(Path("scans/Zürich 1%.png"))}


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_names_that_differ_only_in_bytes_stay_apart():
    names = [b"scans/Z\xfcrich 1%.png", b"scans/Z\xf6rich 1%.png"]
    written = [written_path("file", Path(os.fsdecode(name))) for name in names]
    assert [one["file"] for one in written] == ["scans/Z?rich 1%.png"] * 2
    assert written[0]["file_bytes"] == "scans/Z%FCrich%201%25.png"
    assert [unquote_to_bytes(one["file_bytes"]) for one in written] == names
