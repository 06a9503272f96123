"""Limits of the system are told in sentences before anything begins."""

import os
import shlex
import subprocess
import sys
import threading

import pytest

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.limits import LITTLE, MUCH, Needs, check_limits

resource = pytest.importorskip("resource")

NOTHING = Needs(files=1, memory=1, threads=0)


def limited(monkeypatch, **limits: tuple[int, int]) -> dict[int, tuple[int, int]]:
    """Makes the system tell other limits."""
    kept = {getattr(resource, f"RLIMIT_{name}"): both for name, both in limits.items()}
    none = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    monkeypatch.setattr(resource, "getrlimit", lambda name: kept.get(name, none))
    monkeypatch.setattr(resource, "setrlimit", kept.__setitem__)
    return kept


def test_what_is_allowed_is_no_trouble(monkeypatch):
    check_limits(LITTLE)
    limited(monkeypatch)
    check_limits(MUCH)


def test_a_few_files_are_too_few(monkeypatch):
    limited(monkeypatch, NOFILE=(20, 20))
    with pytest.raises(OcrdeskError, match=r"only 20 files at once, and it needs 64\. Allow more \(ulimit -n 1024\)"):
        check_limits(MUCH)


@pytest.mark.parametrize("hard", [4096, resource.RLIM_INFINITY])
def test_more_files_are_asked_for_where_that_may_be(monkeypatch, hard):
    kept = limited(monkeypatch, NOFILE=(20, hard))
    check_limits(MUCH)
    assert kept == {resource.RLIMIT_NOFILE: (1024, hard)}


def test_a_system_that_names_more_files_than_it_grants_is_believed_in_what_it_grants(monkeypatch):
    def refuse(name, limits):
        raise ValueError("current limit exceeds maximum limit")

    limited(monkeypatch, NOFILE=(256, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    check_limits(MUCH)


def test_too_little_memory_is_told_and_not_changed(monkeypatch):
    kept = limited(monkeypatch, AS=(500_000_000, resource.RLIM_INFINITY))
    with pytest.raises(OcrdeskError, match=r"only 500 MB of memory, and it needs 2,200 MB"):
        check_limits(MUCH)
    assert kept[resource.RLIMIT_AS][0] == 500_000_000
    check_limits(LITTLE)


def test_threads_that_cannot_be_started_are_told(monkeypatch):
    started = []
    really_start = threading.Thread.start

    def start(thread):
        if len(started) == 3:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        really_start(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(OcrdeskError, match="too few threads"):
        check_limits(Needs(1, 1, threads=5))
    assert not any(thread.is_alive() for thread in started)
    started.clear()
    check_limits(Needs(1, 1, threads=3))
    assert not any(thread.is_alive() for thread in started)


@pytest.mark.parametrize("limit", ["-n 20", "-v 150000"])
@pytest.mark.parametrize("command", ["run .", "list", "export 1 --format txt --out out", ""])
def test_the_program_says_so_and_nothing_else(tmp_path, limit, command):
    if "-v" in limit and not sys.platform.startswith("linux"):
        pytest.skip("memory is not limited there")
    program = shlex.join([sys.executable, "-P", "-m", "ocrdesk"])
    ended = subprocess.run(
        ["/bin/sh", "-c", f"ulimit {limit} && exec {program} {command}"],
        cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | {"OCRDESK_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("ocrdesk: The system lets ocrdesk ")
    assert ended.stderr.count("\n") == 1
