"""Above the pages: which batch this is, how far it is, and what can be done with its run."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFont, QMouseEvent, QMoveEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.menu_buttons import hang_menu, unlight_after
from ocrdesk.ui.kit.motion import GlidingBar
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.spare_words import SpareWords
from ocrdesk.ui.kit.theme import SPACE

TOO_SOON = 500
"""Milliseconds within which a click cannot be meant for a button that has just come: that of a slow double click."""


RUN = ("locate", "retry_failed", "resume", "pause")
"""What can be done with a run, in the order in which it stands: Pause stands where Resume stood."""

STOPPABLE = ("resume", "pause")
"""Those with a menu in which the run can be stopped, while there is one."""

MODES = ("mode_accurate", "mode_fast", "mode_quiet")

_MAY_BE_SYMBOLS = ("locate", "retry_failed")
"""Those whose words go where there is no room; what they do is said elsewhere as well."""

_LEAST_OF_NAME, _ENOUGH_OF_NAME, _SIDE = 72, 200, 2 * SPACE
"""Device-independent pixels: the least of the name of the batch that is seen, what of it is seen before words of
buttons are, and the edges at both sides."""


class SupportsGetItem(Protocol):
    """Actions by the names of their commands."""

    def __getitem__(self, name: str, /) -> QAction: ...


class BatchHeader(QWidget):
    """Name, state, progress and the run's buttons."""

    def __init__(self, actions: SupportsGetItem, parent: QWidget | None = None) -> None:
        """Lays out what shows and changes a batch; ``actions`` are those of the window, by the names of commands."""
        super().__init__(parent)
        self._words: list[str] = []
        self._is_searching = False
        self._name = ElidedLabel(objectName="batchName")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._name.setMinimumWidth(_LEAST_OF_NAME)
        self._name.setContentsMargins(0, 0, SPACE, 0)  # a long name ends before the first button
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setWeight(QFont.Weight.DemiBold)
        self._name.setFont(font)
        self._state = ElidedLabel(objectName="batchState")
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._state.setMinimumWidth(1)  # may be cut off, rather than hold the window open
        self._state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._progress = GlidingBar("batchProgress")
        self._progress.setTextVisible(False)
        keep = self._progress.sizePolicy()
        keep.setRetainSizeWhenHidden(True)  # nothing moves when a run ends
        self._progress.setSizePolicy(keep)
        self._progress.setAccessibleName(_("Progress of the batch"))
        first = QHBoxLayout()
        first.setSpacing(SPACE // 2)
        first.addWidget(self._name, 1)
        buttons = {name: _button(actions[name]) for name in RUN}
        stop = _stop_button(actions["cancel"], [actions[name] for name in STOPPABLE])
        self._spare = SpareWords(first, [*(buttons[name] for name in _MAY_BE_SYMBOLS), stop])
        for name, button in buttons.items():
            self._name.setMinimumHeight(button.sizeHint().height())  # nothing below moves when the buttons go
            if name in STOPPABLE:
                _offer_to_stop(button, actions["cancel"])
            first.addWidget(button)
        first.addWidget(stop)
        mode = _mode_button([actions[name] for name in MODES], actions["batch_languages"], actions["read_batch_again"])
        mode.setMinimumHeight(self._name.minimumHeight())
        first.addWidget(mode)
        first.addWidget(_way_out(actions["export"], self._name.minimumHeight()))
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, SPACE + 4, _SIDE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(first)
        column.addLayout(self._state_row(actions["show_left_out"], actions["report"]))
        column.addWidget(self._progress)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without the words that may go."""
        return QSize(self._spare.narrowest() + 2 * _SIDE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # there are other buttons
            self._fit_words()
        return bool(super().event(event))

    def _fit_words(self) -> None:
        wanted = min(self._name.sizeHint().width(), _ENOUGH_OF_NAME)
        self._spare.fit(self.width() - 2 * _SIDE - max(0, wanted - _LEAST_OF_NAME))

    def show_searching(self, is_searching: bool) -> None:
        """Shows whether pages are being looked for."""
        self._is_searching = is_searching
        self._show_state()

    def _show_state(self) -> None:
        self._state.setText(" · ".join([_("Searching…"), *self._words] if self._is_searching else self._words))
        self._state.setToolTip(self._state.text())

    def _state_row(self, left_out: QAction, report: QAction) -> QHBoxLayout:
        self._left_out, self._report = _link("leftOutButton", left_out), _link("reportButton", report)
        self._report.setText(_("Report"))
        self._state.setMinimumHeight(self._report.sizeHint().height())  # nothing below moves when the links come
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._state)
        row.addWidget(self._left_out)
        row.addWidget(self._report)
        row.addStretch(1)
        return row

    def show_batch(self, batch: Batch, words: list[str], *, is_read: bool) -> None:
        """Shows how a batch stands.

        Args:
            batch: The batch.
            words: Where it stands, fact by fact.
            is_read: Whether it is being read now.
        """
        counts = batch.counts
        self._name.setText(batch.name)
        self._fit_words()
        self._name.setToolTip(plainly(str(batch.origin)))
        self._words = words
        self._show_state()
        self._left_out.setVisible(counts.left_out > 0 and not is_read)  # beside a run's words is no room
        self._left_out.setText(plural("{count} file skipped", "{count:,} files skipped", counts.left_out))
        self._report.setVisible(counts.done + counts.failed > 0 and not is_read)
        self._progress.setVisible(is_read)
        self._progress.glide_to(counts.finished, max(1, counts.total))
        self._progress.setToolTip(
            _("{finished:,} of {total:,} pages").format(finished=counts.finished, total=counts.total)
        )


def _link(name: str, action: QAction) -> QToolButton:
    """A button that looks like a link, hidden at first."""
    button = QToolButton(objectName=name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("link", True)
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    button.hide()
    return button


class _RunButton(QToolButton):
    """A button that comes, moves and goes while it may have the keyboard or be under the pointer.

    A click so soon after it came or moved was meant for what stood there before, and is ignored.
    """

    def __init__(self) -> None:
        super().__init__()
        self._came = QElapsedTimer()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._came.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._came.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._came.isValid() and self._came.elapsed() < TOO_SOON:
            event.accept()
        else:
            super().mousePressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        if self.isEnabled():
            return bool(super().focusNextPrevChild(forwards))
        if (header := self.parentWidget()) is not None:
            header.setFocus()  # not its neighbour: the space bar twice on Pause would be a Cancel
        return True


def _button(action: QAction) -> QToolButton:
    button = _RunButton()
    button.setDefaultAction(action)
    button.setProperty("framed", True)
    button.setIconSize(QSize(18, 18))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if not action.isVisible():  # showing it before it has a parent would make it a window of its own
        button.hide()
    action.visibleChanged.connect(lambda: button.setVisible(action.isVisible()))
    return button


def _offer_to_stop(button: QToolButton, stop: QAction) -> None:
    """Gives a button a menu with ``stop`` for as long as that can be chosen."""
    menu = QMenu(button)
    menu.addAction(stop)
    unlight_after(menu, button)

    def follow() -> None:
        button.setMenu(menu if stop.isVisible() else cast(QMenu, None))  # Qt takes none, which its stubs do not know
        popup = QToolButton.ToolButtonPopupMode
        button.setPopupMode(popup.MenuButtonPopup if stop.isVisible() else popup.DelayedPopup)
        button.style().unpolish(button)  # the style sheet leaves room for the arrow
        button.style().polish(button)

    stop.visibleChanged.connect(follow)
    follow()


def _stop_button(stop: QAction, others: Sequence[QAction]) -> QToolButton:
    """A button that stops a batch which waits for its turn, and so has none of the others, which have it in a menu."""
    button = _button(stop)

    def follow() -> None:
        button.setVisible(stop.isVisible() and not any(other.isVisible() for other in others))

    for action in (stop, *others):
        action.visibleChanged.connect(follow)
    button.hide()  # until a batch is shown
    return button


def _mode_button(modes: Sequence[QAction], languages: QAction, read_again: QAction) -> QToolButton:
    """A button that says how pages are read, and has the other modes and the languages in its menu."""
    button = QToolButton(objectName="modeButton")
    button.setProperty("framed", True)
    button.setToolTip(_("How pages are read: carefully, quickly or in the background"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    menu = QMenu(button)
    menu.addActions(list(modes))
    menu.addSeparator()
    menu.addAction(languages)
    menu.addAction(read_again)
    hang_menu(menu, button)

    def show(mode: QAction, is_chosen: bool) -> None:
        if is_chosen:
            button.setText(mode.text().partition(" · ")[0])
            button.setAccessibleName(_("Mode: {mode}").format(mode=button.text()))

    for mode in modes:
        mode.toggled.connect(partial(show, mode))
        show(mode, mode.isChecked())
    return button


def _way_out(export: QAction, height: int) -> QToolButton:
    """The button of the export, as high as those with an icon."""
    button = _button(export)
    button.setProperty("primary", True)
    button.setProperty("framed", False)
    export.setIconText(export.text())  # with the dots that Qt takes away from it
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setMinimumHeight(height)
    return button
