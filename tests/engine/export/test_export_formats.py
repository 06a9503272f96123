import errno
import gc
import io
import tempfile
from dataclasses import replace

import pytest
from exported import BLANK, FAILED, PROSE, RECEIPT, exported, written_by
from lxml import etree

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.export.formats import FORMATS

STEERING = "".join(map(chr, {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)} - {0x09, 0x0A}))

TEXT_FORMATS = ("txt", "md", "docx", "csv", "xlsx", "json", "jsonl")


def test_every_format_is_found_by_its_key():
    assert all(key == format.key and format.suffix.startswith(".") for key, format in FORMATS.items())
    assert set(TEXT_FORMATS) <= set(FORMATS)


def test_every_format_makes_a_file_a_page_or_a_batch():
    assert all(format.a_page or format.a_batch for format in FORMATS.values())


def test_text_formats_take_pages_of_every_kind_and_need_no_picture():
    for key in TEXT_FORMATS:
        assert written_by(FORMATS[key], exported(PROSE), BLANK, FAILED)


@pytest.mark.parametrize("key", [*TEXT_FORMATS, "hocr", "alto", "page"])
def test_no_character_that_steers_a_terminal_comes_into_a_file_or_stops_one(key):
    odd = f"a{STEERING}\nb\ud7ff\ufffe"
    page = exported(PROSE, RECEIPT, name=odd, remark=odd)
    pages = replace(page, batch=odd), exported(name=odd, status=PageStatus.FAILED, message=odd, index=2)
    written = written_by(FORMATS[key], *(pages if FORMATS[key].a_batch else pages[:1]))
    if key in ("txt", "md", "csv", "json", "jsonl"):
        text = written.decode().replace("\r\n", "\n")  # lines of CSV end so
        assert not set(text) & set(STEERING)
    elif key not in ("docx", "xlsx"):
        etree.fromstring(written)


class FullDisk(io.BytesIO):
    """Has room for a hundred bytes."""

    def write(self, data):
        if self.tell() + len(data) > 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("key", TEXT_FORMATS)
def test_a_full_disk_leaves_nothing_behind(key, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OSError, match="No space left"), FullDisk() as file:
        FORMATS[key].write([exported(PROSE)] * 20, file)
    gc.collect()  # whatever was left open would be heard of now
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", TEXT_FORMATS)
def test_pages_that_end_in_an_error_leave_nothing_behind(key, tmp_path, monkeypatch):
    def pages():
        yield exported(PROSE)
        raise InterruptedError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(InterruptedError), io.BytesIO() as file:
        FORMATS[key].write(pages(), file)
    gc.collect()
    assert list(tmp_path.iterdir()) == []
