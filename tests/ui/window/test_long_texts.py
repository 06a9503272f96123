"""A language whose texts are longer than the English ones by two fifths: none is cut, and none stays English."""

from collections.abc import Iterator

import pytest
from doubtful_pages import keep_pages
from languages import LongWords
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from ocrdesk.engine import words
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit.fonts import heading_width

ACCENTED = set("áéíóúñçÁÉÍÓÚÑÇẋẏẍëð")
NOT_TRANSLATED = {"ocrdesk", "1 of 3"}


@pytest.fixture(autouse=True)
def long_words(monkeypatch):
    """Before the window is made."""
    monkeypatch.setattr(words, "_language", words._Language(LongWords()))


@pytest.fixture
def window(desk, scans):
    """The window at its usual size, on pages with words to check."""
    batch_id, _ = keep_pages(desk.library, scans, ("qvick XrOwn fox", "jumps 0ver"), ("the lazy d0g",), ("all right",))
    desk.window.resize(1280, 800)
    desk.window.desk.chosen.tell(Change(None))
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.until(lambda: len(desk.shown) == 3)
    QApplication.processEvents()
    return desk.window


def cut(top: QWidget) -> Iterator[str]:
    """Texts that have less room than they need."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisible():
            continue
        wanted = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.text() and type(widget) is QLabel:
            high = widget.heightForWidth(widget.width()) if widget.wordWrap() else wanted.height()
            if (not widget.wordWrap() and widget.width() < wanted.width()) or widget.height() < high:
                yield f"{widget.objectName()}: {widget.text()} {widget.size()} {wanted}"
        elif isinstance(widget, QAbstractButton) and widget.text() and is_shown_as_text(widget):
            if widget.width() < wanted.width():
                yield f"{widget.objectName()}: {widget.text()} {widget.width()} < {wanted.width()}"
        elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
            for number in range(widget.count()):
                if not widget.isSectionHidden(number) and widget.sectionSize(number) < heading_width(widget, number):
                    yield f"column {number} of {widget.parent().objectName()}"


def is_shown_as_text(button: QAbstractButton) -> bool:
    is_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    return not is_icon


def said_in(top: QWidget) -> Iterator[str]:
    """All that can be read in a part of the window, in tooltips and by assistive technology."""
    for widget in [top, *top.findChildren(QWidget)]:
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QPushButton | QToolButton | QCheckBox):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        if isinstance(widget, QMenu):
            yield from (action.text() for action in widget.actions())


def english(top: QWidget) -> list[str]:
    """What is read there in English though the program says it: known as a text, and without an accent."""
    known = {text.replace("&", "") for text in known_texts()}
    said = {text.replace("&", "") for text in said_in(top) if text}
    return sorted(text for text in said if text in known and not ACCENTED & set(text) and text not in NOT_TRANSLATED)


def known_texts() -> list[str]:
    from ocrdesk.resources import locale_folder

    return [
        line.removeprefix('msgid "').removesuffix('"')
        for line in (locale_folder() / "ocrdesk.pot").read_text(encoding="utf-8").splitlines()
        if line.startswith('msgid "')
    ]


def check(top: QWidget) -> None:
    QApplication.processEvents()
    assert not list(cut(top))
    assert not english(top)


def test_the_window(window):
    check(window)
    window.desk.actions["view_table"].trigger()
    check(window)
    assert not any(not ACCENTED & set(action.text()) for action in window.desk.actions.all() if action.text())


def test_the_full_page(window):
    window.desk.actions["full_page"].setChecked(True)
    check(window)


@pytest.mark.parametrize("command", ["review", "check_groups", "report", "receipts_table"])
def test_the_rooms(window, desk, command):
    window.desk.actions.call(command)
    desk.until(lambda: window._room is not None)
    check(window)


@pytest.mark.parametrize("command", ["export", "settings", "show_help", "replace_text", "about", "accepted_words"])
def test_the_dialogs(window, desk, command):
    seen = []

    def look():
        dialog = next((it for it in QApplication.topLevelWidgets() if isinstance(it, QDialog) and it.isVisible()), None)
        if dialog is None:
            QTimer.singleShot(20, look)
            return
        QApplication.processEvents()
        seen.append((list(cut(dialog)), english(dialog)))
        dialog.reject()

    QTimer.singleShot(0, look)
    window.desk.actions.call(command)
    desk.until(lambda: bool(seen))
    assert seen == [([], [])]
