from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from ocrdesk.engine.document import Page, PageStatus


def page(**known):
    return Page(**{"id": 1, "batch_id": 1, "path": Path("1.png"), "frame": 0, "name": "1.png", **known})


def test_a_page_without_lines_is_blank_only_once_it_is_read():
    assert page(status=PageStatus.DONE, line_count=0).is_blank
    assert not page(status=PageStatus.DONE, line_count=1).is_blank
    assert not page(status=PageStatus.PENDING, line_count=None).is_blank
    assert not page(status=PageStatus.FAILED, line_count=0).is_blank


def test_statuses_are_written_as_plain_words():
    assert [str(status) for status in PageStatus] == ["pending", "running", "done", "failed"]


def test_a_page_cannot_be_changed_behind_the_librarys_back():
    with pytest.raises(FrozenInstanceError):
        page(status=PageStatus.DONE).status = PageStatus.FAILED
