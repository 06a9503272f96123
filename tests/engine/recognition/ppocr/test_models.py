import importlib.machinery
import importlib.util

import onnxruntime
import pytest
from fake_models import field, metadata, tiny_onnx, varint

from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.catalogue import available_recognizers
from ocrdesk.engine.recognition.ppocr import models
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V4, PPOCR_V6, characters_of, model_files

HAS_V4 = importlib.util.find_spec("rapidocr_onnxruntime") is not None
needs_v4 = [pytest.mark.ppocrv4, pytest.mark.skipif(not HAS_V4, reason="needs the extra ocrdesk[ppocrv4]")]
READERS = {"rapidocr": "PP-OCRv6_rec_small.onnx", "rapidocr_onnxruntime": "ch_PP-OCRv4_rec_infer.onnx"}
BOTH = [PPOCR_V6, pytest.param(PPOCR_V4, marks=needs_v4)]


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Installs packages of these names, and no others, in a folder."""

    def install(*names):
        specs = {}
        for name in names:
            (tmp_path / name / "models").mkdir(parents=True)
            (tmp_path / name / "models" / READERS[name]).write_bytes(tiny_onnx(("character", "a\nb")))
            specs[name] = importlib.machinery.ModuleSpec(name, None, is_package=True)
            specs[name].submodule_search_locations.append(str(tmp_path / name))
        monkeypatch.setattr(importlib.util, "find_spec", specs.get)
        return tmp_path

    return install


# Which


@pytest.mark.parametrize(
    ("installed", "names"), [(["rapidocr", "rapidocr_onnxruntime"], [PPOCR_V6, PPOCR_V4]), (["rapidocr"], [PPOCR_V6])]
)
def test_the_default_comes_first_and_the_extra_only_where_it_is_installed(packages, installed, names):
    packages(*installed)
    assert available_recognizers() == names


def test_the_default_is_offered_even_where_it_is_missing_so_that_reading_says_so(packages):
    packages()
    assert available_recognizers() == [PPOCR_V6]


# Where


@pytest.mark.parametrize(("name", "package"), [(PPOCR_V6, "rapidocr"), (PPOCR_V4, "rapidocr_onnxruntime")])
def test_models_are_those_of_the_package(packages, name, package):
    folder = packages(package) / package / "models"
    files = model_files(name)
    assert {files.detector.parent, files.classifier.parent, files.reader.parent} == {folder}
    for file, part in ((files.detector, "_det_"), (files.classifier, "_cls_"), (files.reader, "_rec_")):
        assert part in file.name
    assert files.characters == ("", "a", "b", " ")


def test_models_in_int8_are_taken_where_they_are(packages, tmp_path, monkeypatch):
    packages("rapidocr")
    monkeypatch.setattr(models, "models_folder", lambda: tmp_path / "own")
    files = model_files(PPOCR_V6)
    assert (files.small_detector, files.small_reader) == (None, None)
    (tmp_path / "own").mkdir()
    small = {stem: tmp_path / "own" / f"{stem}.int8.xml" for stem in (files.detector.stem, files.reader.stem)}
    for file in small.values():
        file.touch()
    files = model_files(PPOCR_V6)
    assert files.small_detector == small[files.detector.stem]
    assert files.small_reader == small[files.reader.stem]


def test_a_package_that_is_missing_is_said_in_a_sentence(packages):
    packages()
    with pytest.raises(RecognizerBroken, match=r"“PP-OCRv6” are missing\. Install ocrdesk again\.$"):
        model_files(PPOCR_V6)


@pytest.mark.model
@pytest.mark.parametrize("name", BOTH)
def test_all_files_are_there(name):
    files = model_files(name)
    assert all(file.is_file() for file in (files.detector, files.classifier, files.reader))


# What the classes mean


def write(tmp_path, content):
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    return path


def test_classes_are_the_blank_the_letters_of_the_file_and_the_space(tmp_path):
    model = write(tmp_path, tiny_onnx(("framework", "x"), ("character", "a\nß\n发\n.\n"), ("shape", "1")))
    assert characters_of(model) == ("", "a", "ß", "发", ".", " ")


def test_fields_of_all_kinds_are_passed_over(tmp_path):
    fixed = varint(3 << 3 | 1) + b"\x72\x03abc\x72\x00\x00" + varint(4 << 3 | 5) + b"\x72\x01a\x00"
    model = field(1, 2**60) + fixed + field(7, b"\x72" * 70_000) + field(300, "far") + metadata([("character", "x\ny")])
    assert characters_of(write(tmp_path, model)) == ("", "x", "y", " ")


def test_the_value_may_stand_before_the_key(tmp_path):
    entry = field(2, "x\ny") + field(1, "character")
    assert characters_of(write(tmp_path, field(14, entry))) == ("", "x", "y", " ")


@pytest.mark.parametrize("content", [b"", tiny_onnx(), tiny_onnx(("characters", "a"))])
def test_a_file_without_letters_is_damaged(tmp_path, content):
    with pytest.raises(RecognizerBroken, match="damaged"):
        characters_of(write(tmp_path, content))


@pytest.mark.model
@pytest.mark.parametrize("name", BOTH)
def test_the_real_file_has_a_letter_for_each_class(name):
    files = model_files(name)
    session = onnxruntime.InferenceSession(files.reader, providers=["CPUExecutionProvider"])
    characters = files.characters
    assert len(characters) == session.get_outputs()[0].shape[-1]
    assert len(set(characters)) == len(characters)
    assert all(len(letter) == 1 for letter in characters[1:])
    assert set("aZ9%发") < set(characters)


PROMISED = {
    "Albanian": "çë", "Azerbaijani": "çəğıöşüİ", "Basque": "ñ", "Catalan": "àçèéíïòóúü·", "Croatian": "čćđšž",
    "Czech": "áčďéěíňóřšťúůýž", "Danish, Norwegian": "æøå", "Dutch": "áéëïíóöúü", "English": "£’“”—",
    "Estonian": "äöõüšž", "Faroese, Icelandic": "áðéíóúýþæøö", "Finnish, Swedish": "åäö",
    "French": "àâæçéèêëîïôœùûüÿ«»€", "German": "äöüß§", "Hungarian": "áéíóöőúüű", "Irish": "áéíóú",
    "Italian": "àèéìîòóù", "Latvian": "āčēģīķļņšūž", "Lithuanian": "ąčęėįšųūž", "Luxembourgish": "äéë",
    "Maltese": "ċġħż", "Polish": "ąćęłńóśźż", "Portuguese": "àáâãçéêíóôõúü", "Romanian": "ăâîșțşţ",
    "Slovak": "áäčďéíĺľňóôŕšťúýž", "Slovenian": "čšž", "Spanish": "áéíñóúü¿", "Turkish": "çğıöşüİ",
    "Welsh": "âêîôûŵŷ",
    "Chinese": "的一是不了人我在有他这這体體，。、！？“”《》",
    "Japanese": "あいうえおがぎぱぴっゃゅょんアイウエオガギパピッャュョンー々「」",
}  # fmt: skip
"""Letters besides a to z of languages that README says are read."""

NOT_PROMISED = {"Greek": "άέήίόύώς", "Vietnamese": "ạảấầẩậếềệốộợứự", "signs": "¡„", "Russian": "бгджилпф"}
"""Letters that README says are left out. What a newer model has of them should be promised."""


@pytest.mark.model
@pytest.mark.parametrize("language", PROMISED)
def test_all_letters_of_a_language_that_is_promised_are_known(language):
    letters = set(PROMISED[language] + PROMISED[language].upper())
    assert letters - set(model_files(PPOCR_V6).characters) == set()


@pytest.mark.model
@pytest.mark.parametrize("language", NOT_PROMISED)
def test_letters_that_are_not_promised_are_not_known(language):
    assert not set(NOT_PROMISED[language]) & set(model_files(PPOCR_V6).characters)
