import errno
import io
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from ocrdesk.engine import whole_files
from ocrdesk.engine.errors import DiskFull, ExportFailed
from ocrdesk.engine.whole_files import make_folder, remove_parts, set_aside, written


class FullDisk:
    """Takes nothing any more."""

    def __init__(self, monkeypatch, error: int = errno.ENOSPC):
        self.error = error
        monkeypatch.setattr(os, "fsync", self.sync)

    def sync(self, descriptor):
        raise OSError(self.error, os.strerror(self.error))


def names(folder) -> list[str]:
    return sorted(its.name for its in folder.iterdir())


def test_a_file_is_whole_or_not_there(tmp_path):
    target = tmp_path / "a.txt"
    with written(target) as file:
        file.write(b"new")
        assert not target.exists()
        (part,) = names(tmp_path)
        assert part.startswith(".a.txt.") and part.endswith(".part")
    assert names(tmp_path) == ["a.txt"]
    assert target.read_bytes() == b"new"


def test_it_is_on_disk_before_it_takes_the_place_of_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    seen = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (seen.append(target.read_bytes()), sync(descriptor)))
    with written(target) as file:
        file.write(b"new")
    assert seen == ([b"old", b"new"] if os.name != "nt" else [b"old"])  # the second one is the folder's


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_any_error_leaves_the_old_file_and_no_part(tmp_path, error):
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with pytest.raises(error), written(target) as file:
        file.write(b"half")
        raise error
    assert names(tmp_path) == ["a.txt"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_file_and_says_what_to_do(tmp_path, monkeypatch, error):
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    FullDisk(monkeypatch, error)
    with pytest.raises(DiskFull, match=r"no room for .*a.txt.*Make room"), written(target) as file:
        file.write(b"new")
    assert names(tmp_path) == ["a.txt"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errno.EROFS, "read-only"),
        (errno.EACCES, "Close it if it is open in another program"),
        (errno.EIO, os.strerror(errno.EIO)),
        (errno.ENAMETOOLONG, "too long"),
    ],
)
def test_other_errors_of_the_disk_are_sentences(tmp_path, monkeypatch, error, said):
    FullDisk(monkeypatch, error)
    with pytest.raises(ExportFailed, match=said) as raised, written(tmp_path / "a.txt") as file:
        file.write(b"new")
    assert not isinstance(raised.value, DiskFull)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ExportFailed, match="folder is not there"), written(tmp_path / "gone" / "a.txt"):
        pass


def test_a_file_that_must_not_be_replaced_stays_even_if_it_came_meanwhile(tmp_path):
    target = tmp_path / "a.txt"
    with pytest.raises(ExportFailed, match="exists already"), written(target, replace=False) as file:
        file.write(b"new")
        target.write_bytes(b"another's")
    assert target.read_bytes() == b"another's"
    assert names(tmp_path) == ["a.txt"]


def test_the_longest_name_can_be_written(tmp_path):
    target = tmp_path / ("票" * 83 + ".txt")
    with written(target) as file:
        file.write(b"new")
    assert target.read_bytes() == b"new"


def test_a_folder_in_the_place_of_a_file_and_a_file_in_that_of_a_folder(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(ExportFailed), written(tmp_path / "a") as file:
        file.write(b"new")
    (tmp_path / "b").write_bytes(b"")
    for folder in (tmp_path / "b", tmp_path / "b" / "c"):
        with pytest.raises(ExportFailed, match=f"The folder “{folder}” cannot be made because a file is in its place"):
            make_folder(folder)
    assert names(tmp_path) == ["a", "b"]


def test_folders_are_made(tmp_path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_what_a_killed_export_left_is_removed_and_nothing_else(tmp_path):
    (tmp_path / ".a.txt.ocrdesk-0123abcd.part").write_bytes(b"half")
    others = [".a.txt.part", "a.part", ".a.txt.0123abcd.part", "a.txt.ocrdesk-0123abcd.part", "a.txt"]
    for name in others:
        (tmp_path / name).write_bytes(b"")
    remove_parts(tmp_path)
    assert names(tmp_path) == sorted(others)
    remove_parts(tmp_path / "gone")


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can delete an open file")
def test_what_is_being_written_is_not_removed(tmp_path):
    with written(tmp_path / "a.txt") as file:
        file.write(b"new")
        remove_parts(tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == b"new"


def test_without_locks_files_are_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_files, "fcntl", None)
    with written(tmp_path / "a.txt") as file:
        file.write(b"new")
    (tmp_path / ".b.ocrdesk-0123abcd.part").write_bytes(b"")
    remove_parts(tmp_path)
    assert names(tmp_path) == ["a.txt"]


def test_what_is_set_aside_lies_beside_the_file_and_is_gone_afterwards(tmp_path):
    with written(tmp_path / "a.pdf") as file:
        with set_aside(file) as aside:
            assert Path(aside.name).parent == tmp_path
            left = Path(aside.name)
        assert not left.exists()
    assert names(tmp_path) == ["a.pdf"]
    left.write_bytes(b"as a crash leaves it")
    remove_parts(tmp_path)
    assert names(tmp_path) == ["a.pdf"]


def test_beside_a_file_in_memory_is_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with set_aside(io.BytesIO()):
        assert len(names(tmp_path)) == 1
    assert names(tmp_path) == []


# Modes


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    def set_umask(mask):
        before.append(os.umask(mask))

    before: list[int] = []
    yield set_umask
    os.umask(before[0])


posix = pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")


@posix
@pytest.mark.parametrize(("mask", "new"), [(0o022, 0o644), (0, 0o666), (0o027, 0o640)])
def test_a_new_file_follows_the_umask_unless_it_is_private(tmp_path, umask, mask, new):
    umask(mask)
    with written(tmp_path / "open.txt") as file:
        assert mode(tmp_path / os.path.basename(file.name)) == 0o600, "half a file is nobody else's"
        with set_aside(file) as aside:
            assert mode(tmp_path / os.path.basename(aside.name)) == 0o600
    with written(tmp_path / "private.txt", is_private=True):
        pass
    assert (mode(tmp_path / "open.txt"), mode(tmp_path / "private.txt")) == (new, 0o600)


@posix
@pytest.mark.parametrize("is_private", [True, False])
@pytest.mark.parametrize("old", [0o600, 0o664, 0o444, 0o4755])
def test_a_file_that_is_replaced_hands_its_mode_on(tmp_path, umask, old, is_private):
    umask(0o077)
    target = tmp_path / "a.txt"
    target.touch()
    target.chmod(old)
    with written(target, is_private=is_private) as file:
        file.write(b"new")
    assert mode(target) == old & 0o777


@posix
def test_the_mode_of_a_device_is_no_files(tmp_path, umask):
    umask(0o022)
    (tmp_path / "a.txt").symlink_to("/dev/null")
    with written(tmp_path / "a.txt"):
        pass
    assert mode(tmp_path / "a.txt") == 0o644
