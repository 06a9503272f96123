import shutil
from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QMenu,
    QPushButton,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.resources import icons_folder
from ocrdesk.ui.kit import theme
from ocrdesk.ui.kit.theme import STATUS_COLOURS, apply_appearance, is_dark, mixed, status_colour

Role = QPalette.ColorRole


@pytest.fixture(params=["light", "dark"])
def palette(qapp, request) -> QPalette:
    apply_appearance(QApplication.instance(), request.param)
    yield QApplication.palette()
    apply_appearance(QApplication.instance(), "light")


def luminance(colour: QColor) -> float:
    """As the Web Content Accessibility Guidelines define it."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.getRgbF()[:3]
    ]
    return sum(share * channel for share, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert round(contrast(QColor("white"), QColor("black")), 2) == 21
    assert round(contrast(QColor("#777777"), QColor("white")), 2) == 4.48


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        (Role.Text, Role.Base),
        (Role.Text, Role.AlternateBase),
        (Role.WindowText, Role.Window),
        (Role.PlaceholderText, Role.Window),
        (Role.PlaceholderText, Role.Base),
        (Role.HighlightedText, Role.Highlight),
        (Role.ButtonText, Role.Button),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.Link, Role.Base),
    ],
)
def test_words_can_be_read(palette, words, ground):
    assert contrast(palette.color(words), palette.color(ground)) >= 4.5


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_words_on_grounds_of_their_own_can_be_read(qapp, appearance):
    apply_appearance(QApplication.instance(), appearance)
    palette, tokens = QApplication.palette(), theme._TOKENS[appearance]
    assert contrast(QColor(tokens["amber"]), QColor(tokens["amberfill"])) >= 4.5
    assert contrast(QColor(tokens["red"]), palette.color(Role.Button)) >= 4.5
    for role in (Role.Text, Role.PlaceholderText, Role.Link):
        assert contrast(palette.color(role), QColor(tokens["sel"])) >= 4.5, role
    apply_appearance(QApplication.instance(), "light")


@pytest.mark.parametrize("name", STATUS_COLOURS)
@pytest.mark.parametrize("ground", [Role.Base, Role.AlternateBase, Role.Window])
def test_badges_can_be_seen(palette, name, ground):
    assert contrast(status_colour(name), palette.color(ground)) >= 3


@pytest.mark.parametrize("name", ["done", "doubtful", "failed", "running", "waiting", "no-text"])
def test_words_in_the_colour_of_a_status_can_be_read_on_any_card(palette, name):
    base, hover = palette.color(Role.Base), palette.color(Role.Midlight)
    for ground in (base, hover, mixed(base, palette.color(Role.Highlight), 0.16)):
        assert contrast(status_colour(name), ground) >= 4.5, ground.name()


def test_words_on_a_chosen_card_or_row_can_be_read(palette):
    for ground, words in ((Role.Base, Role.Text), (Role.Window, Role.Text)):
        chosen = mixed(palette.color(ground), palette.color(Role.Highlight), 0.16)
        assert contrast(palette.color(words), chosen) >= 4.5


def test_white_words_on_the_failed_pill_can_be_read():
    assert contrast(QColor("white"), QColor(STATUS_COLOURS["failed"][0])) >= 4.5


def test_light_is_light_and_dark_is_dark(qapp):
    for appearance in ("dark", "light"):
        apply_appearance(QApplication.instance(), appearance)
        assert is_dark() == (appearance == "dark")
        assert (luminance(QApplication.palette().color(Role.Base)) < 0.5) == (appearance == "dark")


def test_the_style_is_set_once_and_stays_when_the_appearance_changes(qapp, monkeypatch):
    apply_appearance(QApplication.instance(), "light")
    styles = []
    monkeypatch.setattr(QApplication, "setStyle", lambda self, name: styles.append(name))
    for appearance in ("dark", "system", "light"):
        apply_appearance(QApplication.instance(), appearance)
    assert styles == []
    assert QApplication.instance().style().metaObject().className() == "QStyleSheetStyle"


def test_a_tooltip_can_be_read_in_both_looks_and_after_each_switch(qtbot):
    button = QPushButton("Read again", toolTip="Read the selected pages again")
    qtbot.addWidget(button)
    button.show()
    try:
        for appearance, ground in (("light", "#262b33"), ("dark", "#363c46"), ("light", "#262b33")):
            apply_appearance(QApplication.instance(), appearance)
            picture = tooltip_of(button, qtbot)
            pixels = Counter(picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height()))
            assert QColor(pixels.most_common(1)[0][0]).name() == ground
            assert max(contrast(QColor(ground), QColor(pixel)) for pixel in pixels) >= 7
    finally:
        apply_appearance(QApplication.instance(), "light")


def tooltip_of(button: QPushButton, qtbot) -> QImage:
    """What the shown tooltip of a button looks like."""
    QToolTip.showText(button.mapToGlobal(button.rect().center()), button.toolTip(), button)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.metaObject().className() == "QTipLabel"]
    qtbot.waitUntil(lambda: shown[0].isVisible() and shown[0].windowOpacity() == 1)
    picture = shown[0].grab().toImage()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    return picture


def test_mixed_colours_lie_between():
    black, white = QColor("black"), QColor("white")
    assert [mixed(black, white, share).red() for share in (0, 0.5, 1)] == [0, 128, 255]


@pytest.mark.parametrize("name", ["icons", "Program Files (x86)", "d'Ivry; {a}"])
def test_the_arrow_of_a_choice_is_drawn_wherever_the_program_lies(qtbot, tmp_path, monkeypatch, name):
    folder = shutil.copytree(icons_folder(), tmp_path / name)
    monkeypatch.setattr(theme, "icons_folder", lambda: folder)
    apply_appearance(QApplication.instance(), "light")
    field = QComboBox()
    qtbot.addWidget(field)
    field.resize(200, 32)
    image = field.grab().toImage()
    monkeypatch.undo()
    apply_appearance(QApplication.instance(), "light")
    arrow = [image.pixelColor(x, y).lightness() for x in range(176, 196) for y in range(6, 26)]
    assert 10 < sum(lightness < 200 for lightness in arrow) < 100
    assert image.pixelColor(100, 16) == QColor("white")


def look(button: QAbstractButton) -> QImage:
    QApplication.sendPostedEvents()
    return button.grab().toImage()


@pytest.mark.parametrize(
    ("kind", "properties", "is_checked"),
    [
        (QPushButton, {}, False),
        (QPushButton, {"primary": True}, False),
        (QPushButton, {"chip": True}, True),
        (QToolButton, {}, False),
        (QToolButton, {}, True),
    ],
)
def test_the_focus_can_be_seen_on_every_kind_of_button(qtbot, palette, kind, properties, is_checked):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    other, button = QPushButton("Other"), kind(text="Export")
    for name, value in properties.items():
        button.setProperty(name, value)
    button.setCheckable(is_checked)
    button.setChecked(is_checked)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    column.addWidget(other)
    column.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    button.setFocus()
    focused = look(button)
    other.setFocus()
    plain = look(button)
    middle = focused.height() // 2
    assert focused.pixelColor(0, middle) != plain.pixelColor(0, middle)


def test_a_primary_button_that_cannot_be_pressed_does_not_look_as_if_it_could(qtbot, palette):
    button = QPushButton("Export")
    button.setProperty("primary", True)
    qtbot.addWidget(button)
    enabled = look(button).pixelColor(8, 5)
    button.setEnabled(False)
    assert look(button).pixelColor(8, 5) not in (enabled, palette.color(Role.Highlight))


def test_the_same_dress_is_not_put_on_again(qtbot):
    changes = []

    class Dressed(QPushButton):
        def changeEvent(self, event):  # noqa: N802
            changes.append(event.type())
            super().changeEvent(event)

    app = QApplication.instance()
    apply_appearance(app, "light")
    button = Dressed("Dressed")
    qtbot.addWidget(button)
    button.ensurePolished()
    changes.clear()
    apply_appearance(app, "light")
    assert changes == []
    apply_appearance(app, "dark")
    assert QEvent.Type.StyleChange in changes
    apply_appearance(app, "light")


def test_a_menu_has_an_edge_that_is_seen_on_any_ground(qtbot, palette):
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Rename…")
    menu.resize(menu.sizeHint())
    picture = menu.grab().toImage()
    assert picture.pixelColor(0, picture.height() // 2) == palette.color(Role.Mid)


def test_edges_of_controls_change_sides_where_people_read_from_the_right(qapp):
    try:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        apply_appearance(qapp, "light")
        from_right = qapp.styleSheet()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        apply_appearance(qapp, "light")
    assert "padding: 0 24px 0 10px;" in qapp.styleSheet()
    assert "padding: 0 10px 0 24px;" in from_right
    assert from_right.count("padding-left: 28px") == qapp.styleSheet().count("padding-right: 28px") == 1
    assert len(from_right) - len(qapp.styleSheet()) == from_right.count("-right") - qapp.styleSheet().count("-right")
