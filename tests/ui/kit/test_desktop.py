"""Programs opened from the window start as the user would start them."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from ocrdesk import environment
from ocrdesk.ui.kit import desktop

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no xdg-open")

OPENER = """#!/bin/sh
streams=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2)
echo "$streams" > "$0.streams"
printf '%s\\n' "$@" > "$0.arguments"
env -0 > "$0.part" && mv "$0.part" "$0.environment"
"""


@pytest.fixture
def opener(tmp_path, monkeypatch) -> Path:
    """A program named as the system's own, first in PATH, which writes beside itself how it was started."""
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(OPENER)
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}{os.pathsep}{os.environ['PATH']}")
    return opener


def test_it_gets_the_users_own_environment_and_nothing_of_the_terminal(opener, tmp_path, qtbot, monkeypatch):
    given = {"PATH": os.environ["PATH"], "MINE": "as it was", "TAKEN": "away", "NOT_UTF8": "\udcff"}
    for name in set(os.environ) - {"PATH", "NOT_UTF8"}:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NOT_UTF8", "\udcff")
    monkeypatch.setenv("MINE", "changed")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opencv:")
    for name, value in environment.OWN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(environment, "GIVEN", given)
    picture = tmp_path / "a %20,b ü.png"
    assert desktop.open_outside(picture)
    written = opener.with_name("xdg-open.environment")
    qtbot.waitUntil(written.exists)
    seen = dict(entry.split("=", 1) for entry in os.fsdecode(written.read_bytes()).rstrip("\0").split("\0"))
    assert {name: seen.get(name) for name in (*given, "LD_LIBRARY_PATH", *environment.OWN)} == {
        **given,
        "LD_LIBRARY_PATH": None,
        **dict.fromkeys(environment.OWN),
    }
    assert opener.with_name("xdg-open.arguments").read_text() == f"{picture.as_uri()}\n"
    assert opener.with_name("xdg-open.streams").read_text().split() == ["/dev/null"] * 3


def test_where_it_is_not_installed_qt_may_know_a_way(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()) or False)
    assert not desktop.open_outside(tmp_path / "a.png")
    assert asked == [str(tmp_path / "a.png")]
