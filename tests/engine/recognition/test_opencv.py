import os

import pytest

from ocrdesk import environment
from ocrdesk.engine.recognition.opencv import VARIABLES, variables_kept

PLUGINS, FONTS, LIBRARIES = VARIABLES


def test_variables_set_inside_are_taken_away_again(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    with variables_kept():
        os.environ[PLUGINS] = "/opencv/plugins"
        os.environ[FONTS] = "/opencv/fonts"
    assert PLUGINS not in os.environ
    assert FONTS not in os.environ


def test_a_process_started_after_the_import_looks_for_libraries_where_it_did_before():
    """OpenCV's own value ends in a colon, and the empty entry after it is the working directory."""
    from ocrdesk.engine.recognition.opencv import cv2

    assert cv2.__version__
    assert os.environ.get(LIBRARIES) == environment.GIVEN.get(LIBRARIES)


def test_variables_changed_or_removed_inside_have_their_old_values_again(monkeypatch):
    monkeypatch.setenv(PLUGINS, "/mine")
    monkeypatch.setenv(FONTS, "/my-fonts")
    with variables_kept():
        os.environ[PLUGINS] = "/opencv/plugins"
        del os.environ[FONTS]
    assert (os.environ[PLUGINS], os.environ[FONTS]) == ("/mine", "/my-fonts")


def test_variables_are_restored_when_the_import_fails(monkeypatch):
    monkeypatch.setenv(PLUGINS, "/mine")
    with pytest.raises(ImportError):
        with variables_kept():
            os.environ[PLUGINS] = "/opencv/plugins"
            raise ImportError
    assert os.environ[PLUGINS] == "/mine"


def test_other_variables_are_left_alone(monkeypatch):
    monkeypatch.setenv("SOMETHING_ELSE", "before")
    with variables_kept():
        os.environ["SOMETHING_ELSE"] = "after"
    assert os.environ["SOMETHING_ELSE"] == "after"
