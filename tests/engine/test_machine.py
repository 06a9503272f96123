import os
import sys

import pytest

from ocrdesk.engine import machine


@pytest.fixture(autouse=True)
def asked_anew():
    machine._malloc_trim.cache_clear()
    yield
    machine._malloc_trim.cache_clear()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc keeps memory in pieces")
def test_freed_memory_goes_back_to_the_system():
    def resident() -> int:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096

    pieces = [bytes(100_000) + b"x" for _ in range(1000)]  # too small for pages of their own
    last = bytes(100_000) + b"x"  # keeps the end of the heap, so that nothing goes back by itself
    full = resident()
    del pieces
    machine.give_back_memory()
    assert resident() < full - 50_000_000
    assert last


def test_other_systems_are_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    machine.give_back_memory()
    assert machine._malloc_trim() is None


def test_only_the_cores_that_the_program_may_use_count(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    assert machine.cores() == 3


@pytest.mark.parametrize(("known", "cores"), [(6, 6), (None, 1)])
def test_where_the_system_does_not_tell_all_cores_count(monkeypatch, known, cores):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: known)
    assert machine.cores() == cores
