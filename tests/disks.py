"""Folders and disks that cannot be written. Nothing of it lasts longer than its block."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Nobody can write to a folder, root neither: whoever runs the tests gives up what it may do beyond its modes."""
    if os.name == "nt":
        pytest.skip("a folder is not made read-only so there")
    folder.chmod(0o500)
    try:
        with _without_privileges():
            yield
    finally:
        folder.chmod(0o700)


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Takes the capabilities of this thread away, of which only root has any."""
    if os.geteuid() != 0:
        yield
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("root can write everywhere")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    had = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice 32 of each
    assert libc.capget(header, had) == 0
    fewer = (ctypes.c_uint32 * 6)(0, had[1], had[2], 0, had[4], had[5])
    assert libc.capset(header, fewer) == 0
    try:
        yield
    finally:
        assert libc.capset(header, had) == 0


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """A disk of its own at a folder."""
    folder.mkdir(exist_ok=True)
    _mount("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def make_read_only(folder: Path) -> None:
    """Makes a mounted disk read-only."""
    _mount("mount", "-o", "remount,ro", str(folder))


def fill(folder: Path) -> Path:
    """Fills a mounted disk; gives the file to remove for room on it."""
    file = folder / "fill"
    with file.open("wb", 0) as opened, suppress(OSError):
        while True:
            opened.write(bytes(4096))
    return file


def _mount(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        pytest.skip("no disks can be mounted here")
    if done.returncode:
        pytest.skip(f"no disks can be mounted here: {done.stderr.strip()}")
