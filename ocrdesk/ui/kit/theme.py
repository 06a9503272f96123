"""Colours and the few rules of shape, for light and dark."""

import re
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ocrdesk.resources import icons_folder

SPACE = 8
"""Device-independent pixels; every distance in the window is a multiple of half of it."""

_Role = QPalette.ColorRole
_LIGHT = {
    _Role.Window: "#f4f5f7",
    _Role.WindowText: "#1c2128",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f7f8fa",
    _Role.Text: "#1c2128",
    _Role.PlaceholderText: "#5c656f",
    _Role.Button: "#ffffff",
    _Role.ButtonText: "#2b323b",
    _Role.BrightText: "#ffffff",
    _Role.Mid: "#d4d9df",
    _Role.Midlight: "#e6e9ed",
    _Role.Dark: "#aab2bc",
    _Role.Light: "#ffffff",
    _Role.Shadow: "#8a929c",
    _Role.Highlight: "#1f6feb",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#1f6feb",
    _Role.Link: "#1a5fcc",
}
_DARK = {
    _Role.Window: "#1b1e23",
    _Role.WindowText: "#e4e8ed",
    _Role.Base: "#14161a",
    _Role.AlternateBase: "#191c21",
    _Role.Text: "#e4e8ed",
    _Role.PlaceholderText: "#98a2ae",
    _Role.Button: "#262a31",
    _Role.ButtonText: "#d5dae1",
    _Role.BrightText: "#ffffff",
    _Role.Mid: "#3a404a",
    _Role.Midlight: "#2b3038",
    _Role.Dark: "#565e69",
    _Role.Light: "#3a404a",
    _Role.Shadow: "#000000",
    _Role.Highlight: "#1f6feb",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#4c8df5",
    _Role.Link: "#6ea8ff",
}
_DISABLED = {"light": "#a0a7b0", "dark": "#5d656f"}

STATUS_COLOURS = {
    "done": ("#176f31", "#56c271"),
    "doubtful": ("#8a5a00", "#e6b450"),
    "failed": ("#c4212b", "#ff8379"),
    "running": ("#1a5fcc", "#7fb2ff"),
    "waiting": ("#5c656f", "#939da9"),
    "no-text": ("#5c656f", "#939da9"),
    "info": ("#1f6feb", "#5c9bff"),
    "warning": ("#8a5a00", "#e6b450"),
}

_TOKENS = {
    "light": {
        "sel": "#dce8fb",
        "selline": "#a9c7f5",
        "toast": "#262b33",
        "toasttext": "#f4f5f7",
        "primaryhover": "#1c64d4",
        "side": "#eceef1",
        "hover": "#e6e9ed",
        "press": "#d9dde3",
        "border": "#cbd1d8",
        "text2": "#545d68",
        "text3": "#5c656f",
        "accent": "#1f6feb",
        "amber": "#8a5a00",
        "amberfill": "#fff1d6",
        "amberline": "#e0a93b",
        "paperamber": "#fff1d6",
        "papertext": "#1c2128",
        "flag": "#8a5a00",
        "red": "#c4212b",
        "redfill": "#fce8e8",
        "wave": "#c77700",
        "desk": "#e4e7eb",
        "tint": "#f7b84b",
        "hit": "#ffdf5d",
        "bar": "#8fb6f2",
    },
    "dark": {
        "sel": "#1d3052",
        "selline": "#34568f",
        "toast": "#363c46",
        "toasttext": "#f0f2f5",
        "primaryhover": "#3a7ff0",
        "side": "#17191e",
        "hover": "#2b3038",
        "press": "#343a44",
        "border": "#3f4651",
        "text2": "#a7b0bb",
        "text3": "#939da9",
        "accent": "#2068d8",
        "amber": "#e6b450",
        "amberfill": "#3a2d10",
        "amberline": "#8c6a22",
        "paperamber": "#fff1d6",
        "papertext": "#1c2128",
        "flag": "#8a5a00",
        "red": "#ff8379",
        "redfill": "#431e20",
        "wave": "#e6a02e",
        "desk": "#0d0f12",
        "tint": "#f7b84b",
        "hit": "#ffdf5d",
        "bar": "#3e6fb8",
    },
}
"""Colours by name, for the style sheet and delegates, beside those of the palette; tooltips look as messages do."""

_ON_DARK = {"toastlink": "#9cc4ff", "toasthover": "#4a515c", "text": "#f0f2f5"}
"""Colours on messages, which are dark in both looks."""

_STYLE = """
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { border: 1px solid $toast; padding: 4px 6px; background: $toast; color: $toasttext; }
#notice { background: $toast; border-radius: 8px; }
#notice QLabel { color: $toasttext; }
#notice QPushButton { border: 1px solid transparent; background: transparent; color: $toastlink; font-weight: 600;
    padding: 5px 8px; }
#notice QPushButton:hover, #notice QToolButton:hover { background: $toasthover; }
#notice QPushButton:focus, #notice QToolButton:focus { border-color: $toastlink; }
QPushButton, QToolButton[framed="true"] {
    background: palette(button); color: palette(button-text);
    border: 1px solid palette(mid); border-radius: 6px; padding: 5px 12px; }
QToolButton[framed="true"][popupMode="1"] { padding-right: 26px; }
QToolButton[framed="true"]::menu-button { border: 0; width: 24px; }
QToolButton[framed="true"][popupMode="2"] { padding-right: 28px; }
QToolButton[framed="true"]::menu-indicator { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }
QToolButton::menu-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QToolButton[opens="true"] { padding-right: 20px; }
QToolButton[opens="true"]::menu-indicator { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }
QToolButton[bare="true"]::menu-indicator { image: none; }
QPushButton:hover, QToolButton[framed="true"]:hover { background: palette(midlight); }
QPushButton:pressed, QToolButton[framed="true"]:pressed { background: palette(mid); }
QPushButton:focus, QToolButton:focus { border: 1px solid palette(highlight); outline: 0; }
QPushButton:disabled { color: palette(dark); }
*[link="true"] { border: 0; padding: 0 2px; background: transparent; color: palette(link); }
*[link="true"]:hover, *[link="true"]:pressed, *[link="true"]:focus { border: 0; background: transparent;
    text-decoration: underline; }
QPushButton[chip="true"] { border-radius: 12px; padding: 0 9px; min-height: 24px; max-height: 24px; }
QPushButton[chip="true"]:checked { background: $sel; color: palette(link); border-color: $selline; font-weight: 600; }
QPushButton[chip="true"]:disabled { background: transparent; border-color: palette(midlight); }
QToolButton[chip="true"] { border: 1px solid palette(mid); border-radius: 12px; background: palette(button);
    padding: 0 24px 0 10px; min-height: 24px; max-height: 24px; color: palette(button-text); }
QToolButton[chip="true"]:hover { background: palette(midlight); }
QToolButton[chip="true"]:focus { border-color: palette(highlight); }
QToolButton[chip="true"][narrows="true"] { background: $sel; color: palette(link); border-color: $selline; }
QToolButton[chip="true"]::menu-indicator { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }
#searchFoot { border-top: 1px solid palette(midlight); }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; color: palette(button-text); }
QToolButton:hover { background: palette(midlight); }
QToolButton:pressed { background: palette(mid); }
QToolButton:checked { background: palette(midlight); border-color: palette(mid); }
QToolButton:checked:disabled { background: transparent; border-color: transparent; }
QToolButton:checked:focus { border-color: palette(highlight); }
*[primary="true"] { background: palette(highlight); color: palette(highlighted-text);
    border: 1px solid palette(highlight); border-radius: 6px; padding: 5px 14px; font-weight: 600; }
*[primary="true"]:hover { background: $primaryhover; }
*[primary="true"]:focus, QPushButton[chip="true"]:checked:focus { border-color: palette(window-text); }
*[primary="true"]:disabled { background: palette(midlight); color: palette(dark); border-color: palette(mid); }
#reviewButton, #receiptsNext { background: $amberfill; color: $amber; border: 1px solid $amberline; border-radius: 12px;
    padding: 0 9px; min-height: 24px; max-height: 24px; font-weight: 600; }
#reviewButton:hover, #receiptsNext:hover { border-color: $amber; }
#reviewButton:focus, #receiptsNext:focus { border-color: palette(highlight); }
#reviewCard { background: palette(button); border: 1px solid palette(mid); border-radius: 8px; }
#wordField { padding: 4px 14px; }
#wordField:focus { border: 2px solid palette(highlight); padding: 3px 13px; }
#noText { border-color: transparent; background: transparent; }
#noText:hover { background: palette(midlight); }
#noText:focus { border-color: palette(highlight); }
#reviewLine { background: palette(midlight); border: 0; }
#sumsPane { border-left: 1px solid palette(midlight); background: palette(base); }
#sums::item { padding: 4px 0; }
#sums::item:hover { background: transparent; }
#sums { outline: 0; }
#sums::item:focus { background: $sel; color: palette(text); }
#receiptField { border-radius: 0; padding: 0 6px; border: 2px solid palette(highlight); }
#pageBeside { border-left: 1px solid palette(midlight); }
#reviewSwitch { background: $press; border-radius: 6px; }
#reviewSwitch QPushButton { border: 1px solid transparent; background: transparent; padding: 4px 12px; }
#reviewSwitch QPushButton:checked { background: palette(button); border-color: palette(mid); font-weight: 600; }
#reviewSwitch QPushButton:focus { border-color: palette(highlight); }
QPushButton[danger="true"] { color: $red; font-weight: 600; }
QPushButton[link="true"] { border: 1px solid transparent; padding: 2px 0; background: transparent; color: palette(link);
    text-align: left; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border-color: palette(highlight); }
QPushButton[card="true"] { border-radius: 8px; padding: 0; }
QPushButton[card="true"]:hover { background: palette(midlight); }
QPushButton[card="true"]:checked { border: 2px solid palette(highlight); background: $sel; }
QPushButton[card="true"]:checked:focus { border-color: palette(window-text); }
#dialogFoot { border-top: 1px solid palette(midlight); }
#dialogFoot QPushButton { min-height: 20px; }
Dialog QLineEdit, Dialog QComboBox, Dialog QSpinBox { min-height: 22px; }
#amberLine { background: $amberfill; border-radius: 6px; }
#amberLine QLabel, #amberLine QPushButton { color: $amber; }
QProgressBar { border: 0; border-radius: 3px; background: palette(midlight); max-height: 6px; min-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: palette(highlight); }
QAbstractItemView { activate-on-singleclick: 0; }
QTableView, QTreeView { selection-background-color: $sel; selection-color: palette(text); }
QAbstractItemView, QPlainTextEdit, QTextEdit { border: 0; background: palette(base); }
#groupSide { background: $side; border-right: 1px solid palette(midlight); }
#groupSide QListView { background: transparent; }
#groupHead { border-top: 1px solid palette(midlight); border-bottom: 1px solid palette(midlight); }
#groupFoot { border-top: 1px solid palette(midlight); }
#groupGround, #groupNothing { background: palette(base); border-top: 1px solid palette(midlight); }
#groupGround { border: 0; }
#alikeDialog #groupCells { background: transparent; }
#lineUnderPointer { background: white; border: 1px solid $border; padding: 4px; }
#groupMarked { color: $amber; font-weight: 600; }
#reportBox, #reportCard { background: palette(base); border: 1px solid palette(midlight); border-radius: 8px; }
#reportCard:hover { border-color: $selline; }
#reportCard:focus { border-color: palette(highlight); }
#reportRule { background: palette(midlight); border: 0; }
#reportPage, #reportScroll { background: palette(window); }
QPushButton[figure="true"] { border: 0; border-radius: 8px; background: transparent; padding: 0; text-align: left; }
QPushButton[figure="true"]:hover { background: palette(midlight); }
QPushButton[figure="true"]:focus { border: 1px solid palette(highlight); }
QLabel[colour="amber"] { color: $amber; }
QLabel[colour="red"] { color: $red; }
#somePages { background: $sel; border-top: 1px solid $selline; border-bottom: 1px solid $selline; }
#pageStrip { background: $side; border-top: 1px solid palette(midlight); }
QGraphicsView { border: 1px solid $desk; background: $desk; }
QGraphicsView[ringed="true"]:focus { border-color: palette(highlight); }
QAbstractScrollArea::corner { border: 0; background: transparent; }
#helpPages { background: transparent; outline: 0; }
#helpPages::item { padding: 6px 8px; border-radius: 6px; }
#helpPages::item:hover { background: palette(midlight); }
#helpPages::item:selected { background: $sel; color: palette(text); }
#helpPage { border-radius: 8px; }
QHeaderView::section { background: palette(base); color: palette(placeholder-text); border: 0;
    border-bottom: 1px solid palette(midlight); padding: 6px 8px; }
#resultsTable QHeaderView::section:first { padding-left: 16px; }
#replacePlaces::item { padding: 0 5px; }
QLineEdit, QComboBox, QSpinBox {
    border: 1px solid palette(mid); border-radius: 6px; padding: 4px 8px; background: palette(base); }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: palette(highlight); }
QSpinBox { padding: 3px 0; }
QComboBox:disabled, QSpinBox:disabled { color: palette(dark); background: palette(window); }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow, QSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 12px; height: 12px; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 26px; }
QSpinBox::up-arrow:off { image: url("$icons/chevron-up-off.svg"); }
QSpinBox::down-arrow:off { image: url("$icons/chevron-down-off.svg"); }
QComboBox QAbstractItemView::item { min-height: 26px; padding-left: 5px; }
QComboBox QAbstractItemView { border: 1px solid palette(mid); outline: 0; padding: 2px;
    selection-background-color: palette(highlight); selection-color: palette(highlighted-text); }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTableView::indicator { width: 16px; height: 16px; border: 1px solid palette(mid);
    border-radius: 4px; background: palette(base); }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: palette(highlight);
    border-color: palette(highlight); image: url("$icons/checked.svg"); }
QCheckBox::indicator:focus { border-color: palette(highlight); }
QCheckBox::indicator:checked:focus { border-color: palette(window-text); }
QCheckBox::indicator:disabled { background: palette(window); }
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: palette(mid); border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: palette(dark); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
#batchesPane { background: $side; }
#batchesPane QListView { background: transparent; }
#batchesPane[rail="true"] #addButton { padding: 5px; }
#batchesPane[rail="true"] #addButton::menu-indicator { image: none; }
QSplitter::handle { background: palette(mid); }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMenuBar { background: palette(window); padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: palette(midlight); }
QMenu { border: 1px solid palette(mid); }
"""


def apply_appearance(app: QApplication, appearance: str) -> None:
    """Dresses the program: ``system`` follows the desktop, ``light`` and ``dark`` do not."""
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(appearance, Qt.ColorScheme.Unknown)
    app.styleHints().setColorScheme(scheme)
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark if appearance == "system" else appearance == "dark"
    if not app.styleSheet():  # once: another style in the place of one that widgets are being drawn with can crash Qt
        app.setStyle("fusion")
    app.setPalette(_palette(dark))
    style = _style(dark)
    if app.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        style = _mirrored(style)
    if style != app.styleSheet():  # Qt dresses every widget anew, even with the same
        app.setStyleSheet(style)


def _mirrored(style: str) -> str:
    """A style sheet for a window that is read from the right: Qt mirrors what lies in a control, but not its edges."""
    swapped = re.sub(
        r"\b(padding|margin|border)-(left|right)\b",
        lambda found: f"{found[1]}-{'right' if found[2] == 'left' else 'left'}",
        style,
    )
    return re.sub(r"\b(padding|margin): ([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+);", r"\1: \2 \5 \4 \3;", swapped)


def is_dark() -> bool:
    """Whether the window is dark at present."""
    return QGuiApplication.palette().color(_Role.Window).lightness() < 128


def status_colour(name: str) -> QColor:
    """The colour of a page's badge or of a notice."""
    return QColor(STATUS_COLOURS[name][is_dark()])


def token(name: str, opacity: float = 1.0) -> QColor:
    """A colour by its name, in the look that the window has at present."""
    colour = QColor(_TOKENS["dark" if is_dark() else "light"][name])
    colour.setAlphaF(opacity)
    return colour


def on_dark(name: str) -> str:
    """The colour of an icon on a message, as ``#rrggbb``."""
    return _ON_DARK.get(name) or STATUS_COLOURS[name][True]


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two; ``share`` of the second, 0 to 1."""
    return QColor(
        *(round(a + (b - a) * share) for a, b in zip(first.getRgb()[:3], second.getRgb()[:3], strict=True))  # type: ignore[index]
    )


def _style(dark: bool) -> str:
    """The style sheet.

    Tooltips have their colours by value: Qt paints their ground from a palette of its own.
    """
    colours = _TOKENS["dark" if dark else "light"]
    return Template(_STYLE).substitute(colours, **_ON_DARK, icons=icons_folder().as_posix())


def _palette(dark: bool) -> QPalette:
    palette = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(colour))
    tokens = _TOKENS["dark" if dark else "light"]
    palette.setColor(_Role.ToolTipBase, QColor(tokens["toast"]))
    palette.setColor(_Role.ToolTipText, QColor(tokens["toasttext"]))
    disabled = QColor(_DISABLED["dark" if dark else "light"])
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return palette
