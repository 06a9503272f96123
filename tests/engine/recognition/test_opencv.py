import os

import pytest

from ocrdesk.engine.recognition.opencv import QT_VARIABLES, qt_variables_kept

PLUGINS, FONTS = QT_VARIABLES


def test_variables_set_inside_are_taken_away_again(monkeypatch):
    for name in QT_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    with qt_variables_kept():
        os.environ[PLUGINS] = "/opencv/plugins"
        os.environ[FONTS] = "/opencv/fonts"
    assert PLUGINS not in os.environ
    assert FONTS not in os.environ


def test_variables_changed_or_removed_inside_have_their_old_values_again(monkeypatch):
    monkeypatch.setenv(PLUGINS, "/mine")
    monkeypatch.setenv(FONTS, "/my-fonts")
    with qt_variables_kept():
        os.environ[PLUGINS] = "/opencv/plugins"
        del os.environ[FONTS]
    assert (os.environ[PLUGINS], os.environ[FONTS]) == ("/mine", "/my-fonts")


def test_variables_are_restored_when_the_import_fails(monkeypatch):
    monkeypatch.setenv(PLUGINS, "/mine")
    with pytest.raises(ImportError):
        with qt_variables_kept():
            os.environ[PLUGINS] = "/opencv/plugins"
            raise ImportError
    assert os.environ[PLUGINS] == "/mine"


def test_other_variables_are_left_alone(monkeypatch):
    monkeypatch.setenv("SOMETHING_ELSE", "before")
    with qt_variables_kept():
        os.environ["SOMETHING_ELSE"] = "after"
    assert os.environ["SOMETHING_ELSE"] == "after"
