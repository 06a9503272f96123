import gc
import threading
import weakref

from fakes import PATIENCE

from ocrdesk.garbage import Garbage, collect_due


class Ring:
    """Holds itself, so that only a collection of garbage frees it."""

    def __init__(self):
        self.itself = self


def many_objects() -> list[list[int]]:
    """Makes far more objects than Python waits for before it collects; those that are freed again do not count."""
    return [[number] for number in range(50 * gc.get_threshold()[0])]


def in_a_thread(function) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join(PATIENCE)


def test_garbage_is_collected_in_the_gui_thread_alone(qtbot):
    freed, kept = [], []
    with Garbage():
        weakref.finalize(Ring(), lambda: freed.append(threading.current_thread()))
        in_a_thread(lambda: kept.extend(many_objects()))
        assert freed == []
        qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.main_thread()]


def test_python_collects_by_itself_afterwards(qtbot):
    with Garbage():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_nothing_is_collected_before_it_is_due(monkeypatch):
    collected = []
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 0))
    for made in ((700, 10, 99), (701, 10, 99), (701, 11, 99)):
        monkeypatch.setattr(gc, "get_count", lambda made=made: made)
        collect_due()
    assert collected == [0, 1]
