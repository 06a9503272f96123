import importlib.util
import threading

import pytest
from fakes import PATIENCE, FakeRecognizer, Maker

from ocrdesk.engine.document import Mode
from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.reading_names import reading_name
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.recognition.ppocr import loading, page_reader
from ocrdesk.engine.recognition.ppocr.devices import AUTO
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V4, PPOCR_V6
from ocrdesk.engine.recognition.ppocr.sessions import ModelFiles

# The pool


def test_a_recognizer_given_back_is_lent_again():
    maker = Maker()
    pool = RecognizerPool(maker)
    first = pool.lend()
    pool.give_back(first)
    assert pool.lend() is first
    assert len(maker.made) == 1


def test_a_recognizer_is_never_lent_to_two_at_once():
    pool = RecognizerPool(Maker())
    first, second = pool.lend(), pool.lend()
    assert first is not second
    pool.give_back(first)
    assert pool.lend() is first
    assert pool.lend() not in (first, second)


def test_one_that_is_not_given_back_is_replaced():
    maker = Maker()
    pool = RecognizerPool(maker)
    pool.lend()
    pool.give_back(pool.lend())
    assert pool.lend() is maker.made[1]


def test_recognizers_are_loaded_side_by_side():
    both_load = threading.Barrier(2, timeout=20)

    def make():
        both_load.wait()
        return FakeRecognizer()

    pool = RecognizerPool(make)
    lent = []
    threads = [threading.Thread(target=lambda: lent.append(pool.lend())) for _ in range(2)]
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
        pool.lend()
    assert pool.lend().name == "fake"


# Makers


class Models:
    """Stand where the models are loaded."""

    def __init__(self, monkeypatch):
        self.opened = []
        self.made = []
        monkeypatch.setattr(
            loading, "model_files", lambda name: ModelFiles(name, name, name, characters=(f"characters of {name}",))
        )
        monkeypatch.setattr(loading, "open_models", self.open)
        monkeypatch.setattr(page_reader, "PageReader", lambda *its: self.made.append(its) or FakeRecognizer())

    def open(self, files, device, say, kept):
        self.opened.append((files.detector, device))
        self.kept = kept
        say("Loaded.")
        return lambda: f"sessions {len(self.made) + 1}"


@pytest.fixture
def models(monkeypatch):
    return Models(monkeypatch)


def test_nothing_is_loaded_before_the_first_recognizer_is_made(models):
    recognizer_maker(PPOCR_V6)
    assert models.opened == []


def test_recognizers_of_one_maker_share_the_models_and_have_sessions_of_their_own(models):
    make = recognizer_maker(PPOCR_V6)
    assert make() is not make()
    assert models.opened == [(PPOCR_V6, AUTO)]
    assert models.kept is None
    assert [its[1] for its in models.made] == ["sessions 1", "sessions 2"]
    assert models.made[0][2] == (f"characters of {PPOCR_V6}",)


def test_two_makers_share_nothing(models):
    recognizer_maker(PPOCR_V6)()
    recognizer_maker(PPOCR_V6, device="cuda")()
    assert models.opened == [(PPOCR_V6, AUTO), (PPOCR_V6, "cuda")]


def test_what_is_to_be_said_of_the_device_is_passed_on(models):
    said = []
    recognizer_maker(PPOCR_V6, say=said.append)()
    assert said == ["Loaded."]


def test_fast_and_accurate_are_told_apart_by_name_and_read_with_different_care(models):
    recognizer_maker(PPOCR_V6)()
    recognizer_maker(PPOCR_V6, fast=True)()
    (accurate, *_, first, _), (fast, *_, second, _) = models.made
    assert accurate == fast == PPOCR_V6
    assert (first, second) == (Mode.ACCURATE, Mode.FAST)
    assert (reading_name(accurate, None, first), reading_name(fast, None, second)) == (PPOCR_V6, f"{PPOCR_V6}/fast")


def test_two_threads_that_ask_at_once_load_the_models_once(models, monkeypatch):
    both_asked = threading.Event()
    asked = []

    class Lock:
        def __init__(self):
            self._lock = lock()

        def __enter__(self):
            asked.append(1)
            if len(asked) > 1:
                both_asked.set()
            self._lock.acquire()

        def __exit__(self, *_):
            self._lock.release()

    def open_when_both_ask(*its):
        if models.opened:
            both_asked.set()
        given = models.open(*its)
        both_asked.wait(PATIENCE)
        return given

    lock = threading.Lock
    monkeypatch.setattr(loading, "open_models", open_when_both_ask)
    with monkeypatch.context() as patch:
        patch.setattr(threading, "Lock", Lock)
        make = recognizer_maker(PPOCR_V6)
    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(models.opened) == 1
    assert len(models.made) == 2


# What goes wrong


def error_of(make):
    with pytest.raises(RecognizerBroken) as caught:
        make()
    return caught.value


def is_one_sentence_that_helps(error):
    text = str(error)
    return text[0].isupper() and text.endswith(".") and text.count("Install ocrdesk again.") == 1


@pytest.mark.parametrize("name", [PPOCR_V4, "PP-OCRv9"])
def test_a_recognizer_that_is_not_installed_says_how_to_get_it(models, monkeypatch, name):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    text = str(error_of(recognizer_maker(name)))
    assert f"“{name}” is not installed" in text
    assert 'pip install "ocrdesk[ppocrv4]".' in text


class OddError(Exception):
    """As ONNX Runtime's own errors: it derives from nothing narrower."""


@pytest.mark.parametrize("what", ["model_files", "open_models"])
@pytest.mark.parametrize("error", [OSError("no model file"), OddError("bad protobuf"), IndexError("index 5")])
def test_models_that_cannot_be_loaded_say_so(models, monkeypatch, what, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(loading, what, fail)
    caught = error_of(recognizer_maker(PPOCR_V6))
    assert str(caught).startswith(f"The text recognition “{PPOCR_V6}” cannot be loaded ({error}).")
    assert is_one_sentence_that_helps(caught)
    assert caught.__cause__ is error


def test_a_missing_package_says_once_what_to_do(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert is_one_sentence_that_helps(error_of(recognizer_maker(PPOCR_V6)))


def test_a_damaged_file_says_once_what_to_do(monkeypatch, tmp_path):
    (tmp_path / "reader.onnx").write_bytes(b"")
    files = ModelFiles(tmp_path / "detector.onnx", tmp_path / "classifier.onnx", tmp_path / "reader.onnx")
    monkeypatch.setattr(loading, "model_files", lambda name: files)
    assert is_one_sentence_that_helps(error_of(recognizer_maker(PPOCR_V6)))


def test_sessions_that_cannot_be_opened_for_one_more_worker_say_so(models, monkeypatch):
    answers = ["sessions", OddError("no memory")]

    def open_sessions():
        if isinstance(answer := answers.pop(0), Exception):
            raise answer
        return answer

    monkeypatch.setattr(loading, "open_models", lambda *_: open_sessions)
    make = recognizer_maker(PPOCR_V6)
    assert make().name == "fake"
    assert is_one_sentence_that_helps(error_of(make))


def test_after_an_error_the_models_are_loaded_anew(models, monkeypatch):
    answers = [OSError("not now"), None]

    def open_or_fail(*its):
        if error := answers.pop(0):
            raise error
        return models.open(*its)

    monkeypatch.setattr(loading, "open_models", open_or_fail)
    make = recognizer_maker(PPOCR_V6)
    error_of(make)
    assert make().name == "fake"
