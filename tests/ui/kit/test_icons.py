import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

import ocrdesk.ui
from ocrdesk.resources import icons_folder
from ocrdesk.ui.kit import icons
from ocrdesk.ui.kit.icons import icon, icon_pixmap, program_icon
from ocrdesk.ui.kit.theme import STATUS_COLOURS, apply_appearance
from ocrdesk.ui.window.menus import make_actions

NAMES = {path.stem for path in icons_folder().glob("*.svg")}

OWN_COLOURS = {"ocrdesk", "chevron-down", "chevron-up", "chevron-down-off", "chevron-up-off", "checked"}
"""The program's own, and those that a style sheet takes as they are: grey on light and dark, white on blue."""


def words_of_calls(*functions: str) -> dict[str, str]:
    """Every text given as an argument to a function of these names in the window's source, and where it stands."""
    found = {}
    for path in sorted(Path(ocrdesk.ui.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                if name in functions and texts:
                    found[f"{path.name}:{node.lineno}"] = texts[0]
    return found


def ink(image: QImage) -> tuple[int, int]:
    """How much is painted, and the mean lightness of it."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    painted = [pixel.lightness() for pixel in pixels if pixel.alpha() > 200]
    return len(painted), sum(painted) // max(1, len(painted))


def test_every_icon_named_in_the_source_exists():
    named = words_of_calls("icon", "icon_pixmap", "_tool", "Badge")
    assert len(named) > 10
    assert {where: name for where, name in named.items() if name not in NAMES} == {}
    assert set(STATUS_COLOURS) <= NAMES, "badges and notices are named as their colours"


def test_every_badge_has_a_colour():
    assert set(words_of_calls("Badge").values()) <= set(STATUS_COLOURS)


@pytest.mark.parametrize("name", sorted(NAMES - OWN_COLOURS))
def test_every_icon_can_be_drawn_at_the_sizes_used(qapp, name):
    for size, scale in ((16, 1.0), (18, 1.25), (32, 2.0)):
        pixmap = icon_pixmap(name, size, "#ff0000", scale)
        assert pixmap.size() == QSize(round(size * scale), round(size * scale))
        assert pixmap.devicePixelRatio() == scale
        image = pixmap.toImage()
        painted = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        assert any(pixel.alpha() > 100 and pixel.red() > 200 and pixel.green() < 60 for pixel in painted)


def test_every_action_with_an_icon_has_one_that_can_be_drawn(qtbot):
    actions = make_actions()
    drawn = [action for action in actions.all() if not action.icon().isNull()]
    assert len(drawn) > 15
    for action in drawn:
        assert ink(action.icon().pixmap(18).toImage())[0] > 0, action.objectName()


def test_icons_follow_the_palette(qapp):
    lightness = {}
    for appearance in ("light", "dark"):
        apply_appearance(QApplication.instance(), appearance)
        image = icon("retry").pixmap(24).toImage()
        lightness[appearance] = ink(image)[1]
        disabled = icon("retry").pixmap(24, QIcon.Mode.Disabled).toImage()
        assert ink(disabled)[1] != lightness[appearance]
    apply_appearance(QApplication.instance(), "light")
    assert lightness["light"] < 80 < 170 < lightness["dark"]


def test_the_program_has_an_icon(qapp):
    assert ink(program_icon().pixmap(64).toImage())[0] > 500


def test_an_icon_is_painted_once_for_each_size_and_colour(qapp, monkeypatch):
    painted = []
    monkeypatch.setattr(icons, "paint_icon", lambda *args: painted.append(args[2:]))
    icons._painted.cache_clear()
    for _ in range(2):
        icon("add").pixmap(20)
        icon_pixmap("add", 20, "#ff0000", 1.0)
        icon_pixmap("add", 10, "#ff0000", 2.0)
    assert len(painted) == 2
    icons._painted.cache_clear()  # of those without ink
    icons.icon_pixmap.cache_clear()
