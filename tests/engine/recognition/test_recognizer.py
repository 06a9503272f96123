import importlib.util
import sys
import threading

import pytest
from fakes import FakeRecognizer, Maker

from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.recognizer import (
    PPOCR_V4,
    PPOCR_V6,
    RecognizerPool,
    available_recognizers,
    make_recognizer,
)

V6_MODULE = "ocrdesk.engine.recognition.ppocrv6"


def test_a_recognizer_given_back_is_lent_again():
    maker = Maker()
    pool = RecognizerPool(maker)
    first = pool.take()
    pool.give_back(first)
    assert pool.take() is first
    assert len(maker.made) == 1


def test_a_recognizer_is_never_lent_to_two_at_once():
    pool = RecognizerPool(Maker())
    first, second = pool.take(), pool.take()
    assert first is not second
    pool.give_back(first)
    assert pool.take() is first
    assert pool.take() not in (first, second)


def test_one_that_is_not_given_back_is_replaced():
    maker = Maker()
    pool = RecognizerPool(maker)
    pool.take()
    pool.give_back(pool.take())
    assert pool.take() is maker.made[1]


def test_recognizers_are_loaded_side_by_side():
    both_load = threading.Barrier(2, timeout=20)

    def make():
        both_load.wait()
        return FakeRecognizer()

    pool = RecognizerPool(make)
    lent = []
    threads = [threading.Thread(target=lambda: lent.append(pool.take())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lent) == 2


def test_a_recognizer_that_cannot_be_loaded_leaves_the_pool_usable():
    answers = [RecognizerBroken("not now"), FakeRecognizer()]

    def make():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    pool = RecognizerPool(make)
    with pytest.raises(RecognizerBroken):
        pool.take()
    assert pool.take().name == "fake"


@pytest.mark.parametrize(("installed", "names"), [(True, [PPOCR_V6, PPOCR_V4]), (False, [PPOCR_V6])])
def test_the_default_comes_first_and_the_extra_only_where_it_is_installed(monkeypatch, installed, names):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if installed else None)
    assert available_recognizers() == names


def test_a_default_recognizer_that_cannot_be_imported_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, V6_MODULE, None)
    with pytest.raises(RecognizerBroken, match=f"“{PPOCR_V6}” cannot be loaded .* Install ocrdesk again"):
        make_recognizer(PPOCR_V6, 1)


def test_an_extra_recognizer_that_is_not_installed_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(RecognizerBroken, match=r"“PP-OCRv4” is not installed.*ocrdesk\[ppocrv4\]"):
        make_recognizer(PPOCR_V4, 1)


class OddError(Exception):
    """As ONNX Runtime's own errors: it derives from nothing narrower."""


@pytest.mark.parametrize("error", [OSError("no model file"), RuntimeError("bad model"), OddError("bad protobuf")])
def test_models_that_cannot_be_loaded_say_so(monkeypatch, error):
    class Module:
        @staticmethod
        def PpOcrV6(threads):  # noqa: N802
            raise error

    monkeypatch.setitem(sys.modules, V6_MODULE, Module)
    with pytest.raises(RecognizerBroken, match=str(error)):
        make_recognizer(PPOCR_V6, 1)


def test_the_threads_asked_for_are_passed_on(monkeypatch):
    class Module:
        PpOcrV6 = staticmethod(lambda threads: f"{threads} threads")

    monkeypatch.setitem(sys.modules, V6_MODULE, Module)
    assert make_recognizer(PPOCR_V6, 3) == "3 threads"
