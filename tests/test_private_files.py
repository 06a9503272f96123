"""Who may read what the program keeps, looked at from outside."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import draw_pages

from ocrdesk.engine.batch_file.extracted import FOLDER, LIST
from ocrdesk.engine.library import Library
from ocrdesk.places import Places, find_places, tighten

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders of a user are private there already")

TESTS = Path(__file__).parent


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def walked(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Runs a program with a new home and a umask that takes nothing from anybody; gives that home."""
    home = tmp_path / "person"
    home.mkdir()
    monkeypatch.delenv("OCRDESK_HOME")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)

    def run(script: str, *words: object) -> Path:
        command = [sys.executable, TESTS / script, *map(str, words)]
        done = subprocess.run(command, cwd=tmp_path, umask=0, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return home

    return run


def test_whatever_the_umask_only_exports_can_be_read_by_others(program, tmp_path):
    scans, saved, out = tmp_path / "scans", tmp_path / "saved.ocrdesk", tmp_path / "out"
    records = tmp_path / "out.jsonl"
    draw_pages(scans, 2)
    terminal = ("terminal_child.py", "FakeRecognizer")
    program(*terminal, "run", scans, "--jsonl", records, "--format", "xlsx", "--out", out)
    program(*terminal, "save", "1", saved, "--pictures")
    program(*terminal, "open", saved)
    program("window_child.py", 2, scans)
    places = find_places()
    mine = {path for folder in (places.library, places.settings, places.cache, places.log) for path in walked(folder)}
    assert {path: oct(mode(path)) for path in mine if path.is_file() and mode(path) != 0o600} == {}
    assert {path: oct(mode(path)) for path in mine if path.is_dir() and mode(path) != 0o700} == {}
    names = {path.name for path in mine}
    assert names >= {"library.sqlite", "library.lock", "settings.json", "window.ini", "ocrdesk.log", LIST, "1.png"}
    assert any(path.suffix == ".jpg" for path in mine)
    assert mode(saved) == 0o600
    assert {mode(path) for path in (records, *out.rglob("*.xlsx"))} == {0o666}
    assert mode(out) == 0o777


def test_a_folder_that_a_person_named_keeps_its_mode(program, tmp_path):
    named = tmp_path / "named"
    named.mkdir(mode=0o755)
    named.chmod(0o755)
    draw_pages(tmp_path / "scans", 1)
    program("terminal_child.py", "FakeRecognizer", "run", "scans", "--library", named)
    assert mode(named) == 0o755
    assert mode(named / "library.sqlite") == 0o600


# What versions left that made no private files


@pytest.fixture
def left(tmp_path) -> Places:
    """What an earlier version left in folders of its own, and some things of others."""
    places = Places(*(tmp_path / name / "ocrdesk" for name in ("data", "config", "cache", "state")), are_ours=True)
    Library(places.library).close()
    for name in (
        places.settings / "settings.json",
        places.log / "ocrdesk.log",
        places.log / "ocrdesk.log.1",
        places.models / "a.model",
        places.thumbnails / "0a" / "b.jpg",
        places.library / "exported.txt",
        places.library / FOLDER / "batch" / LIST,
        places.library / FOLDER / "batch" / "deeper" / "1.png",
        places.library / "notes of a person.txt",
        places.library / FOLDER / "of a person" / "1.png",
    ):
        name.parent.mkdir(parents=True, exist_ok=True)
        name.touch()
    for path in walked(tmp_path):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return places


def loose(folder: Path) -> set[str]:
    """The names of what others may read."""
    return {path.name for path in walked(folder) if mode(path) & 0o077}


def test_what_an_earlier_version_left_is_tightened_at_the_next_start_and_nothing_else(left, tmp_path):
    before = loose(tmp_path)
    tighten(left).join()
    theirs = {tmp_path.name, "data", "config", "cache", "state", FOLDER, "notes of a person.txt", "of a person"}
    assert loose(tmp_path) == theirs | {"1.png"}
    assert mode(left.library / FOLDER / "batch" / "deeper" / "1.png") == 0o600
    assert before > theirs


def test_in_a_folder_that_a_person_named_only_files_are_tightened(left, tmp_path):
    tighten(Places(left.library, left.settings, left.cache, left.log)).join()
    assert {mode(folder) for folder in (left.library, left.settings, left.cache, left.log)} == {0o755}
    assert not {"library.sqlite", "settings.json", "ocrdesk.log.1", "b.jpg"} & loose(tmp_path)


def test_links_are_not_followed(left, tmp_path):
    other = tmp_path / "other.txt"
    other.touch(0o644)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "c.jpg").touch(0o644)
    (left.settings / "settings.json").unlink()
    (left.settings / "settings.json").symlink_to(other)
    (left.thumbnails / "0b").symlink_to(folder)
    tighten(left).join()
    assert (mode(other), mode(folder / "c.jpg")) == (0o644, 0o644)


def test_a_second_start_looks_into_no_folder_that_is_tight(left, monkeypatch):
    tighten(left).join()
    walks = []
    monkeypatch.setattr(os, "walk", lambda folder, **_: walks.append(folder) or [])
    tighten(left).join()
    assert walks == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_files_of_others_stay_as_they_are(left):
    theirs = left.settings / "settings.json"
    os.chown(theirs, 65534, 65534)
    tighten(left).join()
    assert mode(theirs) == 0o644
