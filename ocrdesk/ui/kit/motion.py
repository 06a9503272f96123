"""The little that moves in the window, so that the eye can follow; it moves nothing else and takes no focus.

Where the desktop asks for less motion, everything is where it goes at once.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEasingCurve, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QGraphicsOpacityEffect,
    QProgressBar,
    QStyle,
    QStyleOptionProgressBar,
    QWidget,
)

FADE, SLIDE, GLIDE = 120, 150, 200
"""Milliseconds: something comes or goes, something comes from below, a bar becomes longer."""

RISE = 8
"""Device-independent pixels from which something comes from below."""

_FINE = 1000
"""Parts of a page that a bar can show."""


def is_wanted() -> bool:
    """Whether anything may move: what the desktop says, if it says anything."""
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None  # from Qt 6.10 on
    preference = getattr(accessibility, "motionPreference", None)  # from Qt 6.12 on
    if preference is not None and preference().name != "NoPreference":
        return False
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


def run(owner: QWidget, milliseconds: int, step: Callable[[float], object], done: Callable[[], object]) -> None:
    """Counts from 0 to 1, fast at first.

    Args:
        owner: With which it ends.
        milliseconds: How long it takes.
        step: Is given each number.
        done: Is called at the end.
    """
    animation = QVariantAnimation(owner)
    animation.setDuration(milliseconds)
    animation.setEasingCurve(QEasingCurve.Type.OutCubic)
    animation.setStartValue(0.0)
    animation.setEndValue(1.0)
    animation.valueChanged.connect(step)
    animation.finished.connect(done)
    animation.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)


def fade_away(widget: QWidget, over: QWidget) -> None:
    """Lets what a widget shows now fade away over what is there next.

    Args:
        widget: The widget, which may change or go at once.
        over: One that it is in, in no layout of which the fading picture then lies.
    """
    former = over.findChild(_Fading, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if former is not None:
        former.end()  # who goes on so fast wants to see what comes
    elif is_wanted() and widget.isVisible() and not widget.size().isEmpty():
        _Fading(widget.grab(), over, QRect(widget.mapTo(over, widget.rect().topLeft()), widget.size()))


class _Fading(QWidget):
    """A picture of what was there, which no pointer meets."""

    def __init__(self, picture: QPixmap, over: QWidget, place: QRect) -> None:
        super().__init__(over)
        self._picture = picture
        self._opacity = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(place)
        self.show()
        self.raise_()
        run(self, FADE, self._fade, self.end)

    def end(self) -> None:
        """Is gone."""
        self.hide()
        self.setParent(None)  # so that none is found there
        self.deleteLater()

    def _fade(self, share: float) -> None:
        self._opacity = 1 - share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class Appearing(QVariantAnimation):
    """How much is seen of something that appears within a moment: from 0 to 1, and 1 at all other times."""

    def __init__(self, owner: QWidget, step: Callable[[float], object]) -> None:
        """``owner`` is the widget in which it appears; ``step`` is given each number."""
        super().__init__(owner)
        self.setDuration(FADE)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(step)

    def begin(self) -> None:
        """Begins anew."""
        self.stop()
        owner = self.parent()
        if isinstance(owner, QWidget) and owner.isVisible() and is_wanted():
            self.start()

    @property
    def seen(self) -> float:
        """The number at present."""
        return float(self.currentValue()) if self.state() == QVariantAnimation.State.Running else 1.0


def come(widget: QWidget, lower: Callable[[int], object]) -> None:
    """Lets a widget that has just been shown come from below while it appears.

    Args:
        widget: The widget.
        lower: Lays it so many device-independent pixels below its place.
    """
    if not is_wanted():
        return
    effect = widget.graphicsEffect()
    if not isinstance(effect, QGraphicsOpacityEffect):
        effect = QGraphicsOpacityEffect(widget)
        widget.setGraphicsEffect(effect)
    effect.setEnabled(True)
    run(widget, FADE, effect.setOpacity, partial(effect.setEnabled, False))
    run(widget, SLIDE, lambda share: lower(round(RISE * (1 - share))), partial(lower, 0))


class Gliding(QVariantAnimation):
    """A number that is seen growing within a moment, not in jumps."""

    def __init__(self, owner: QWidget) -> None:
        """Stands at 0; ``owner``, or what is seen in it, is painted again on the way."""
        super().__init__(owner)
        self._value = 0
        self.setDuration(GLIDE)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        painted = owner.viewport() if isinstance(owner, QAbstractScrollArea) else owner
        self.valueChanged.connect(painted.update)

    def go_to(self, value: int, *, at_once: bool = False) -> None:
        """Goes to a number: soon, if it is a larger one, else at once."""
        seen, before, self._value = self.seen, self._value, value
        if value == before and not at_once:
            return
        self.stop()
        owner = self.parent()
        if value > seen and not at_once and isinstance(owner, QWidget) and owner.isVisible() and is_wanted():
            self.setStartValue(seen)
            self.setEndValue(float(value))
            self.start()

    @property
    def seen(self) -> float:
        """How far it has come."""
        is_under_way = self.state() == QVariantAnimation.State.Running
        return float(self.currentValue() if is_under_way else self._value)


class GlidingBar(QProgressBar):
    """A bar that becomes longer within a moment, not in jumps; its value is at once what it is told."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._way = Gliding(self)

    def glide_to(self, value: int, maximum: int) -> None:
        """Shows a value: soon, if it is a larger one of the same maximum, else at once."""
        is_same = maximum == self.maximum()
        if is_same and value == self.value():
            return
        self.setUpdatesEnabled(False)  # or it would paint all that waits in the window, before this returns
        self.setMaximum(maximum)
        self.setValue(value)
        self.setUpdatesEnabled(True)
        self._way.go_to(value, at_once=not is_same)

    @property
    def seen(self) -> float:
        """The value as far as the bar has come."""
        return self._way.seen

    def initStyleOption(self, option: QStyleOptionProgressBar) -> None:
        super().initStyleOption(option)
        option.minimum, option.maximum = 0, self.maximum() * _FINE
        option.progress = round(self.seen * _FINE)
