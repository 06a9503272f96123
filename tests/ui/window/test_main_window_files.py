"""Files of pages as other programs get them: opened, shown, and whatever bytes are in their names."""

import os
import sys
from pathlib import Path

import pytest
from fakes import draw_pages
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from ocrdesk.ui.kit import desktop

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(monkeypatch) -> list[bytes]:
    """The addresses that the system is asked to open."""
    addresses: list[bytes] = []
    monkeypatch.setattr(desktop, "_OPENER", "an opener that is not installed")
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: addresses.append(bytes(url.toEncoded().data())) or True
    )
    return addresses


@pytest.mark.parametrize("what", ["text", "gone", "pipe", "program"])
def test_only_a_picture_is_opened_whatever_stands_in_its_place_by_now(desk, scans, opened, what):
    (path,) = draw_pages(scans, 1)
    if what == "program":
        path = path.rename(scans / "1.desktop")
    desk.drop(scans)
    desk.until_read()
    desk.choose(path.name)
    if what != "program":
        path.unlink()
    if what == "pipe":
        os.mkfifo(path)
    elif what == "text":
        path.write_text("[Desktop Entry]")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: "is not a picture, so it was not opened" in desk.notice)
    assert opened == []


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_names_that_are_no_unicode_are_dropped_read_opened_and_shown(desk, scans, opened):
    folder = Path(os.fsdecode(os.fsencode(scans) + b"/m\xe4rz"))
    path = draw_pages(folder, 1)[0].rename(folder / os.fsdecode(b"caf\xe9.png"))
    desk.drop(path)
    desk.until_read("m?rz", pages=1)
    (page,) = desk.library.pages(desk.library.page_ids(desk.batch("m?rz").id)).values()
    assert (page.path, page.status.value) == (path, "done")
    desk.choose(page.name)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: opened)
    desk.action("actionShowInFolder").trigger()
    at = os.fsencode(scans).decode()
    assert opened == [f"file://{at}/m%E4rz/caf%E9.png".encode(), f"file://{at}/m%E4rz".encode()]
