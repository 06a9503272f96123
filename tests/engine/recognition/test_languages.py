"""Which languages there are, and which of their files are damaged."""

import struct

import pytest

from ocrdesk.engine.recognition import languages
from ocrdesk.engine.recognition.languages import Origin, available_languages


def traineddata(path, size=400, network=300, count=24):
    begins = [-1] * count
    begins[17] = network
    path.write_bytes(struct.pack(f"<i{count}q", count, *begins).ljust(size, b"x")[:size])


def entry(number, content):
    return bytes([number << 3 | 2, len(content)]) + content


def onnx(path, characters, classes=None, cut=0):
    """A model that says how many classes it has, or does not."""
    pair = entry(1, b"character") + entry(2, characters.encode())
    sizes = entry(1, entry(2, b"lines")) + entry(1, b"\x08" + bytes([classes]) if classes else entry(2, b"some"))
    result = entry(12, entry(1, b"result") + entry(2, entry(1, entry(2, sizes))))
    model = entry(7, entry(2, b"graph") + result) + entry(14, pair)
    path.write_bytes(model[: len(model) - cut])


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """The folder of the program, with Russian and English; Tesseract is there."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    traineddata(folder / "rus.traineddata")
    traineddata(folder / "eng.traineddata")
    traineddata(folder / "osd.traineddata")
    traineddata(folder / "jpn.traineddata")
    monkeypatch.setattr(languages, "tessdata_folder", lambda: folder)
    monkeypatch.setattr(languages, "has_tesseract", lambda: True)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "system"))
    return folder


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_languages_come_from_the_program_the_system_and_the_folder_of_the_user_which_goes_first(shipped, own, tmp_path):
    (tmp_path / "system").mkdir()
    traineddata(tmp_path / "system" / "kat.traineddata")
    traineddata(tmp_path / "system" / "rus.traineddata")
    traineddata(own / "rus.traineddata")
    traineddata(own / "qqq.traineddata")
    found = available_languages(own)
    assert {key: (it.name, it.origin) for key, it in found.items()} == {
        "rus": ("Russian", Origin.OWN), "kat": ("Georgian", Origin.SYSTEM), "eng": ("English", Origin.SHIPPED),
        "qqq": ("qqq", Origin.OWN),
    }  # fmt: skip
    assert [(it.script, it.code) for it in found.values()][-1] == ("qqq", None)
    assert not any(it.trouble for it in found.values())


def test_folders_that_are_not_there_have_no_languages(shipped, tmp_path):
    assert list(available_languages(tmp_path / "none")) == list(available_languages(None)) == ["rus", "eng"]


def test_without_tesseract_only_models_in_onnx_are_read(shipped, own, monkeypatch):
    monkeypatch.setattr(languages, "has_tesseract", lambda: False)
    traineddata(own / "rus.traineddata")
    onnx(own / "korean.onnx", "가\n나")
    assert list(available_languages(own)) == ["korean"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: traineddata(path, size=250),
        lambda path: traineddata(path, network=-1),
        lambda path: path.write_bytes(b"\x03\0\0\0"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"<html>not found</html>" * 40),
    ],
)
def test_a_damaged_file_is_listed_with_a_sentence(shipped, own, damage):
    damage(own / "kat.traineddata")
    trouble = available_languages(own)["kat"].trouble
    assert trouble == "“kat.traineddata” is damaged. Copy it into the folder once more."


def test_a_model_in_onnx_needs_its_characters(shipped, own):
    onnx(own / "a.onnx", "")
    (own / "b.onnx").write_bytes(entry(7, b"graph"))
    onnx(own / "c.onnx", "가\n나", cut=3)
    onnx(own / "d.onnx", "가\n나", classes=4)
    onnx(own / "e.onnx", "가\n나", classes=9)
    onnx(own / "f.onnx", "가\n나")
    found = available_languages(own)
    assert "does not say which characters" in found["a"].trouble
    assert "does not say which characters" in found["b"].trouble
    assert "damaged" in found["c"].trouble
    assert found["e"].trouble == "“e.onnx” lists 4 characters, but its model has 9. Use another file."
    assert (found["d"].trouble, found["f"].trouble) == ("", "")
