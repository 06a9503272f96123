import sys

import pytest

from ocrdesk.engine import memory


@pytest.fixture(autouse=True)
def asked_anew():
    memory._malloc_trim.cache_clear()
    yield
    memory._malloc_trim.cache_clear()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc keeps memory in pieces")
def test_freed_memory_goes_back_to_the_system():
    def resident() -> int:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096

    pieces = [bytes(100_000) + b"x" for _ in range(1000)]  # too small for pages of their own
    last = bytes(100_000) + b"x"  # keeps the end of the heap, so that nothing goes back by itself
    full = resident()
    del pieces
    memory.give_back_memory()
    assert resident() < full - 50_000_000
    assert last


def test_other_systems_are_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    memory.give_back_memory()
    assert memory._malloc_trim() is None
