import os

import pytest
from languages import write_catalogue
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit

from ocrdesk.engine import words
from ocrdesk.engine.words import ENGLISH, LANGUAGE, _, language_in_force
from ocrdesk.ui.kit import language
from ocrdesk.ui.kit.language import AS_DESKTOP, speak


@pytest.fixture(autouse=True)
def catalogues(tmp_path, monkeypatch, qapp):
    """A few translations, and English again afterwards."""
    for code, said in {"de": "Exportieren…", "ar": "تصدير…", "zh_CN": "导出…"}.items():
        write_catalogue(tmp_path, code, {"Export…": said, "1,234.5": "1.234,5"})
    monkeypatch.setattr(words, "locale_folder", lambda: tmp_path)
    monkeypatch.setattr(language, "GIVEN", {})
    before = QLocale()
    yield
    monkeypatch.undo()
    speak(qapp, ENGLISH)
    QLocale.setDefault(before)


def test_a_language_is_spoken_by_everything(qapp, qtbot):
    speak(qapp, "de")
    assert (_("Export…"), language_in_force(), os.environ[LANGUAGE]) == ("Exportieren…", "de", "de")
    assert QLocale().language() == QLocale.Language.German
    assert QKeySequence("Ctrl+S").toString(QKeySequence.SequenceFormat.NativeText) == "Strg+S"
    field = QLineEdit("word")
    qtbot.addWidget(field)
    assert any("Alles" in action.text() for action in field.createStandardContextMenu().actions())
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_the_next_one_takes_its_place(qapp):
    speak(qapp, "de")
    speak(qapp, ENGLISH)
    assert (_("Export…"), language_in_force(), os.environ[LANGUAGE]) == ("Export…", ENGLISH, ENGLISH)
    assert QKeySequence("Ctrl+S").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+S"


def test_arabic_is_laid_out_from_the_right_with_digits_that_tables_have(qapp):
    speak(qapp, "ar")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert "1" in QLocale().toString(1234)


@pytest.mark.parametrize(
    ("desktop", "spoken"),
    [
        (["de-AT", "de", "en"], "de"),
        (["en-GB", "de"], ENGLISH),
        (["sv-SE", "de-DE"], "de"),
        (["zh-Hans-CN", "zh-CN"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], ENGLISH),
        ([], ENGLISH),
    ],
)
def test_that_of_the_desktop_is_followed(qapp, monkeypatch, desktop, spoken):
    class System(QLocale):
        def uiLanguages(self):  # noqa: N802
            return desktop

    monkeypatch.setattr(language.QLocale, "system", lambda: System("sv_SE"))
    speak(qapp, AS_DESKTOP)
    assert language_in_force() == spoken


def test_that_of_the_environment_goes_before_that_of_the_desktop(qapp, monkeypatch):
    monkeypatch.setattr(language, "GIVEN", {LANGUAGE: "de"})
    speak(qapp, AS_DESKTOP)
    assert language_in_force() == "de"


def test_those_that_can_be_chosen_are_named_in_themselves():
    assert language.choices() == {"de": "Deutsch", "en": "English", "ar": "العربية", "zh_CN": "简体中文"}
    assert QApplication.instance() is not None
