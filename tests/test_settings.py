import json
from dataclasses import replace
from pathlib import Path

import pytest

from ocrdesk.engine import private
from ocrdesk.settings import FILE_NAME, Settings, load_settings, save_settings

OTHER = Settings(recognizer="PP-OCRv4", mode="fast", device="openvino", workers=3, appearance="dark")


def write(folder: Path, content: object) -> None:
    (folder / FILE_NAME).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_settings_come_back_as_they_were_kept(tmp_path):
    folder = tmp_path / "not" / "there" / "yet"
    save_settings(folder, OTHER)
    assert load_settings(folder) == OTHER


def test_without_a_file_there_are_the_defaults(tmp_path):
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize("content", ["", "{", "no json", "[1, 2]", "null", '"text"', "\ufeff{}"])
def test_a_damaged_file_gives_the_defaults_and_keeps_nothing_from_starting(tmp_path, content):
    write(tmp_path, content)
    assert load_settings(tmp_path) == Settings()


def test_a_file_that_is_not_text_gives_the_defaults(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00binary")
    assert load_settings(tmp_path) == Settings()


def test_a_folder_in_its_place_gives_the_defaults(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    assert load_settings(tmp_path) == Settings()


def test_settings_of_the_wrong_kind_have_their_defaults_and_the_others_are_used(tmp_path):
    write(tmp_path, {"recognizer": 7, "workers": True, "appearance": "light", "unknown": 1})
    assert load_settings(tmp_path) == Settings(appearance="light")


def test_a_mode_that_is_none_is_the_default_and_the_others_are_used(tmp_path):
    write(tmp_path, {"mode": "sloppy", "workers": 2})
    assert load_settings(tmp_path) == Settings(mode="accurate", workers=2)


@pytest.mark.parametrize("change", [{"recognizer": "x"}, {"mode": "quiet"}, {"device": "cuda"}, {"workers": 9}])
def test_what_concerns_reading_is_told_from_the_rest(change):
    assert replace(OTHER, **change).reading != OTHER.reading
    assert replace(OTHER, appearance="light").reading == OTHER.reading


def test_settings_of_a_later_version_are_passed_over(tmp_path):
    write(tmp_path, {"workers": 2, "tongue": "tlh"})
    assert load_settings(tmp_path) == Settings(workers=2)


def test_a_save_that_fails_leaves_the_old_settings_whole(tmp_path, monkeypatch):
    save_settings(tmp_path, OTHER)

    class Full:
        def __init__(self, path):
            self._file = path.open("xb")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self._file.close()

        def write(self, content):
            self._file.write(content[:10])
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space left"):
        patched.setattr(private, "create", Full)
        save_settings(tmp_path, Settings())
    assert load_settings(tmp_path) == OTHER


def test_saving_leaves_no_other_file_behind(tmp_path):
    save_settings(tmp_path, OTHER)
    save_settings(tmp_path, Settings())
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert load_settings(tmp_path) == Settings()
