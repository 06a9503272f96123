"""A person who draws regions on the picture of a page, for the tests of them."""

from dataclasses import astuple

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.panel.picture_view import PictureView

STAMP = Region(0.5, 0.1, 0.9, 0.3)
FOOT = Region(0.1, 0.6, 0.4, 0.7)
BODY = Region(0.1, 0.2, 0.95, 0.9, is_only=True)


class Person:
    """Draws on a picture; what it wants is kept at once, as the program does."""

    def __init__(self, qtbot, view: PictureView) -> None:
        self.qtbot = qtbot
        self.view = view
        self.layer = view.regions
        self.wanted: list[tuple[Region, ...]] = []
        self.layer.wanted.connect(self._keep)

    def _keep(self, regions):
        assert self.layer.regions != regions, "it is shown before it is kept"
        self.wanted.append(regions)
        self.layer.show_regions(regions)

    def place(self, x: float, y: float) -> QPoint:
        """Where a fraction of the page is in the view."""
        rect = self.view.page_rect()
        return self.view.mapFromScene(QPointF(x * rect.width(), y * rect.height()))

    def drag(self, start, end, keys=Qt.KeyboardModifier.NoModifier):
        viewport = self.view.viewport()
        self.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, keys, self.place(*start))
        middle = (self.place(*start) + self.place(*end)) / 2
        self.qtbot.mouseMove(viewport, middle)
        self.qtbot.mouseMove(viewport, self.place(*end))
        self.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, keys, self.place(*end))

    def click(self, x, y, button=Qt.MouseButton.LeftButton):
        self.qtbot.mouseClick(self.view.viewport(), button, pos=self.place(x, y))

    def press(self, key, keys=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, keys)

    def point(self, x, y) -> Qt.CursorShape:
        """Moves the pointer somewhere; gives what it looks like there."""
        self.qtbot.mouseMove(self.view.viewport(), self.place(x, y))
        return self.view.viewport().cursor().shape()


def near(region: Region, of: float = 0.006):
    """As near as a pixel of the view is."""
    return pytest.approx(astuple(region)[:4], abs=of)


def edges(region: Region) -> tuple:
    return astuple(region)[:4]
