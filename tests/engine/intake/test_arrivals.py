"""Files in a watched folder: given once they are completely written, and only then. The clock is the test's."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import draw_pages
from PIL import Image

from ocrdesk.engine.document import KnownFile
from ocrdesk.engine.intake import arrivals as arrivals_module
from ocrdesk.engine.intake.arrivals import LONG_QUIET_SECONDS, QUIET_SECONDS, Arrivals

PDF_START, PDF_END = b"%PDF-1.7\n" + 3000 * b"x", b"\nstartxref\n9\n%%EOF\n"
JUST_BEFORE = 0.001


class Folder:
    """A watched folder that is looked into at given times."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.arrivals = Arrivals(path)
        self.known: dict[Path, KnownFile] = {}

    def look(self, now: float, cancelled: Callable[[], bool] = lambda: False) -> list[str]:
        """The names of the files that are given at a time."""
        found = self.arrivals.look(self.known, now, cancelled)
        return [path.relative_to(self.path).as_posix() for path in found]

    def put(self, name: str, content: bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def add_to(self, path: Path, content: bytes) -> None:
        with path.open("ab") as file:
            file.write(content)

    def learn(self, path: Path) -> None:
        """Knows a file as it is, as when its pages have been added."""
        status = path.stat()
        self.known[path] = KnownFile(status.st_size, status.st_mtime_ns)


@pytest.fixture
def folder(scans) -> Folder:
    return Folder(scans)


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The names of the files that are opened, once for each time."""
    names: list[str] = []
    part = arrivals_module._part

    def open_part(file: Path, start: int) -> bytes:
        names.append(file.name)
        return part(file, start)

    monkeypatch.setattr(arrivals_module, "_part", open_part)
    return names


def picture(path: Path, page_format: str) -> bytes:
    """A picture large enough that its end does not stand in its first bytes too."""
    Image.effect_noise((120, 120), 60).convert("RGB").save(path, page_format)
    content = path.read_bytes()
    path.unlink()
    assert len(content) > 3000
    return content


def test_a_whole_file_is_given_when_it_has_rested_and_not_before(folder):
    draw_pages(folder.path, 1)
    assert folder.look(100.0) == []
    assert folder.arrivals.are_expected
    assert folder.look(100.0 + QUIET_SECONDS - JUST_BEFORE) == []
    assert folder.look(100.0 + QUIET_SECONDS) == ["1.png"]
    assert not folder.arrivals.are_expected


def test_a_file_that_grows_between_looks_rests_from_its_last_change_on(folder, tmp_path):
    content = picture(tmp_path / "page.png", "PNG")
    file = folder.put("page.png", content[:1000])
    now = 100.0
    for start in range(1000, len(content), 1000):
        assert folder.look(now) == []
        folder.add_to(file, content[start : start + 1000])
        now += QUIET_SECONDS
    assert folder.look(now) == [], "it has just changed"
    assert folder.look(now + QUIET_SECONDS - JUST_BEFORE) == []
    assert folder.look(now + QUIET_SECONDS) == ["page.png"]


def test_a_file_that_is_written_over_at_the_same_size_has_not_rested(folder):
    (file,) = draw_pages(folder.path, 1)
    folder.look(100.0)
    modified = file.stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(modified, modified))
    assert folder.look(100.0 + QUIET_SECONDS) == []
    assert folder.look(100.0 + 2 * QUIET_SECONDS) == ["1.png"]


@pytest.mark.parametrize("page_format", ["JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP"])
def test_a_picture_without_its_end_is_given_only_after_the_long_quiet(folder, tmp_path, page_format):
    content = picture(tmp_path / "page", page_format)
    if page_format == "TIFF":  # Pillow writes the table of contents first
        content = content[:4] + (len(content)).to_bytes(4, "little") + content[8:]
    else:
        content = content[:-1500].rstrip(b";")
    name = f"page.{page_format.lower()}"
    folder.put(name, content)
    folder.look(100.0)
    assert folder.look(100.0 + QUIET_SECONDS) == []
    assert folder.look(100.0 + LONG_QUIET_SECONDS - JUST_BEFORE) == []
    assert folder.arrivals.are_expected
    assert folder.look(100.0 + LONG_QUIET_SECONDS) == [name]


def test_a_pdf_waits_for_its_end(folder):
    file = folder.put("letter.pdf", PDF_START)
    folder.look(100.0)
    assert folder.look(100.0 + LONG_QUIET_SECONDS - JUST_BEFORE) == []
    folder.add_to(file, PDF_END)
    assert folder.look(200.0) == []
    assert folder.look(200.0 + QUIET_SECONDS) == ["letter.pdf"]


def test_a_pdf_that_stays_without_its_end_is_given_after_the_long_quiet(folder):
    folder.put("letter.pdf", PDF_START)
    folder.look(100.0)
    assert folder.look(100.0 + LONG_QUIET_SECONDS) == ["letter.pdf"]


def test_an_empty_file_is_given_only_after_the_long_quiet(folder):
    file = folder.put("page.png", b"")
    folder.look(100.0)
    assert folder.look(100.0 + LONG_QUIET_SECONDS - JUST_BEFORE) == []
    assert folder.look(100.0 + LONG_QUIET_SECONDS) == ["page.png"]
    folder.learn(file)
    draw_pages(folder.path, 1)
    (folder.path / "1.png").replace(file)
    assert folder.look(200.0) == []
    assert folder.look(200.0 + QUIET_SECONDS) == ["page.png"], "it was filled after all"


@pytest.mark.parametrize("name", ["scan", "scan.txt"])
def test_a_picture_is_known_by_its_content(folder, name):
    (file,) = draw_pages(folder.path, 1)
    file.rename(folder.path / name)
    folder.look(100.0)
    assert folder.look(100.0 + QUIET_SECONDS) == [name]


def test_known_files_are_not_given_until_they_change(folder):
    first, second = draw_pages(folder.path, 2)
    folder.learn(first)
    folder.look(100.0)
    assert folder.look(110.0) == ["2.png"]
    folder.learn(second)
    assert folder.look(120.0) == []
    assert not folder.arrivals.are_expected
    draw_pages(folder.path / "new", 1, first=7)
    (folder.path / "new" / "7.png").replace(first)
    assert folder.look(130.0) == []
    assert folder.arrivals.are_expected
    assert folder.look(130.0 + QUIET_SECONDS) == ["1.png"]
    folder.learn(first)
    assert folder.look(140.0) == []


def test_known_files_are_not_opened(folder, opened):
    (file,) = draw_pages(folder.path, 1)
    folder.learn(file)
    for now in (100.0, 110.0, 150.0):
        assert folder.look(now) == []
    assert opened == []


def test_text_is_never_given_and_not_opened_again_and_again(folder, opened):
    file = folder.put("notes.txt", b"no picture")
    for now in (100.0, 103.0, 140.0):
        assert folder.look(now) == []
    opened.clear()
    for now in (150.0, 153.0, 156.0, 160.0, 200.0, 203.0):
        assert folder.look(now) == []
    assert opened == []
    draw_pages(folder.path, 1)
    (folder.path / "1.png").replace(file)
    assert folder.look(300.0) == []
    assert folder.look(303.0) == ["notes.txt"], "it has become a picture"


def test_text_is_not_waited_for_again_and_again(folder):
    folder.put("notes.txt", b"no picture")
    folder.look(100.0)
    assert folder.arrivals.are_expected
    folder.look(100.0 + QUIET_SECONDS)
    for now in (110.0, 130.0, 150.0):
        folder.look(now)
        assert not folder.arrivals.are_expected, "it would be looked at every moment for ever"


def test_new_subfolders_are_told_and_their_files_given(folder):
    assert folder.arrivals.folders == {folder.path}
    folder.look(100.0)
    assert folder.arrivals.folders == {folder.path}
    draw_pages(folder.path / "monday" / "morning", 1)
    assert folder.look(110.0) == []
    assert folder.arrivals.folders == {
        folder.path,
        folder.path / "monday",
        folder.path / "monday" / "morning",
    }
    assert folder.look(110.0 + QUIET_SECONDS) == ["monday/morning/1.png"]
    for file in (folder.path / "monday" / "morning" / "1.png", folder.path / "monday" / "morning"):
        file.unlink() if file.is_file() else file.rmdir()
    folder.look(120.0)
    assert folder.arrivals.folders == {folder.path, folder.path / "monday"}


def test_hidden_files_and_folders_are_not_given(folder):
    (file,) = draw_pages(folder.path, 1)
    file.rename(folder.path / ".1.png.part")
    draw_pages(folder.path / ".trash", 1)
    folder.look(100.0)
    assert folder.look(100.0 + LONG_QUIET_SECONDS) == []
    assert folder.arrivals.folders == {folder.path}
    (folder.path / ".1.png.part").rename(folder.path / "1.png")  # as many programs end a copy
    folder.look(200.0)
    assert folder.look(200.0 + QUIET_SECONDS) == ["1.png"]


def test_files_are_given_in_natural_order(folder):
    for number in (10, 2, 1):
        draw_pages(folder.path, 1, first=number)
    draw_pages(folder.path / "0", 1)
    folder.look(100.0)
    assert folder.look(110.0) == ["1.png", "2.png", "10.png", "0/1.png"]


def test_a_file_that_went_is_forgotten_and_rests_anew_when_it_comes_again(folder):
    (file,) = draw_pages(folder.path, 1)
    content, status = file.read_bytes(), file.stat()
    folder.look(100.0)
    file.unlink()
    assert folder.look(101.0) == []
    assert not folder.arrivals.are_expected
    file.write_bytes(content)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert folder.look(110.0) == []
    assert folder.look(110.0 + QUIET_SECONDS) == ["1.png"]


def test_a_folder_that_is_gone_has_no_files_and_is_looked_into_when_it_is_back(folder, tmp_path):
    draw_pages(folder.path, 1)
    folder.path.rename(tmp_path / "away")
    assert folder.look(100.0) == []
    assert folder.arrivals.folders == {folder.path}
    (tmp_path / "away").rename(folder.path)
    folder.look(110.0)
    assert folder.look(110.0 + QUIET_SECONDS) == ["1.png"]


def test_it_stops_looking_when_it_is_told_to(folder):
    draw_pages(folder.path, 3)
    folder.look(100.0)
    assert folder.look(110.0, cancelled=lambda: True) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no such files")
@pytest.mark.timeout(20)
def test_a_pipe_is_never_opened_however_long_it_rests(folder):
    os.mkfifo(folder.path / "pipe")
    folder.put("1.png", b"words")
    folder.look(0.0)
    assert folder.look(LONG_QUIET_SECONDS) == ["1.png"]


def test_what_the_program_wrote_itself_is_given_once_to_be_listed(folder):
    folder.arrivals = Arrivals(folder.path, lambda path: path.name == "mine.pdf")
    folder.put("mine.pdf", PDF_START + PDF_END)
    folder.look(0)
    assert folder.look(QUIET_SECONDS) == ["mine.pdf"]
    assert folder.look(2 * QUIET_SECONDS) == []
    assert folder.look(60) == []
