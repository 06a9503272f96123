import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from ocrdesk.ui.kit.file_names import path_from_field, paths_of, shown_in_field, url_of

names_are_bytes = pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
CAFE = os.fsdecode(b"caf\xe9.png")


def mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def uri_list(content: bytes) -> QMimeData:
    """What another program gives."""
    data = QMimeData()
    data.setData("text/uri-list", content)
    return data


def test_files_and_folders_are_taken_and_nothing_else(tmp_path):
    paths = [tmp_path / "a folder", tmp_path / "Übung #1 %20.png"]
    local = [QUrl.fromLocalFile(str(path)) for path in paths]
    assert paths_of(mime(local[0], QUrl("https://example.org/scan.png"), local[1])) == paths
    assert paths_of(mime()) == []
    text = QMimeData()
    text.setText(str(Path("/scans/1.png")))
    assert paths_of(text) == []


@names_are_bytes
def test_names_that_are_no_unicode_come_as_they_are():
    dropped = uri_list(b"# from a file manager\r\nfile:///scans/caf%E9.png\r\nfile://localhost/%ff%FE/1.png\r\n")
    assert paths_of(dropped) == [Path("/scans") / CAFE, Path(os.fsdecode(b"/\xff\xfe/1.png"))]
    assert paths_of(mime(url_of(Path("/scans") / CAFE))) == [Path("/scans") / CAFE]


@names_are_bytes
@pytest.mark.parametrize(
    "uri",
    [b"", b"#", b"file:", b"file://", b"file:scans/1.png", b"file://another.host/1.png", b"file:///a%00b",
     b"/scans/1.png", b"http:///scans/1.png", b"file://host"],
)  # fmt: skip
def test_what_is_no_file_of_this_computer_is_passed_over(uri):
    assert paths_of(uri_list(uri + b"\r\nfile:/scans/2.png#page=1")) == [Path("/scans/2.png")]


@names_are_bytes
def test_an_address_has_the_bytes_of_the_name():
    assert bytes(url_of(Path("/scans #1/ü") / CAFE).toEncoded().data()) == b"file:///scans%20%231/%C3%BC/caf%E9.png"


@names_are_bytes
def test_a_name_with_lost_letters_is_the_one_that_looks_so(tmp_path):
    folder = tmp_path / os.fsdecode(b"m\xe4rz \xff\xfe")
    folder.mkdir()
    path = folder / CAFE
    path.write_bytes(b"")
    assert path_from_field(shown_in_field(path)) == path
    assert path_from_field(f"{tmp_path}/m\ufffdrz \ufffd/caf\ufffd.png") == path, "however many marks a program puts"
    new = folder / "new.txt"
    assert path_from_field(shown_in_field(new)) == new, "the folder is there, the file is not yet"
    (folder / os.fsdecode(b"caf\xe8.png")).write_bytes(b"")
    shown = shown_in_field(path)
    assert path_from_field(shown) == Path(shown), "nobody knows which of the two"


def test_other_names_are_as_they_were_typed(tmp_path):
    for text in (str(tmp_path / "ü.png"), "scans", "~/scans", "."):
        assert path_from_field(text) == Path(text)
        assert shown_in_field(Path(text)) == text
    (tmp_path / "caf\ufffd.png").write_bytes(b"")
    assert path_from_field(str(tmp_path / "caf\ufffd.png")) == tmp_path / "caf\ufffd.png"
