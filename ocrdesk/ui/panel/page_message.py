"""Why a page has no text, and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.theme import SPACE, status_colour
from ocrdesk.ui.kit.words import reason_and_advice

_ICON = 32


class PageMessage(QWidget):
    """Stands where the text of a page would: a failed one has its reason as a heading, and what helps as buttons."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = _label("pageMessage")
        heading = QFont(self.font())
        heading.setPointSizeF(heading.pointSizeF() * 1.15)
        heading.setWeight(QFont.Weight.DemiBold)
        self._heading_font, self._plain_font = heading, self.font()
        self._font = self._plain_font
        self._advice = _label("pageAdvice")
        self._unlock = self._button(_("Enter password…"), "panelUnlock", "enter_password")
        self._retry = self._button(_("Retry"), "panelRetry", "retry")
        self._show = self._button(_("Show file"), "panelShowFile", "show_in_folder")
        self._remove = self._button(_("Remove"), "panelRemove", "remove_pages")
        self._unlock.setProperty("primary", True)
        self._buttons = (self._unlock, self._retry, self._show, self._remove)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch()
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addStretch()
        column.addWidget(self._icon)
        for label in (self._words, self._advice):
            column.addWidget(label)
        column.addSpacing(SPACE)
        column.addLayout(buttons)
        column.addStretch()

    def focus_button(self) -> None:
        """Gives the keyboard to the button that helps most; without one it waits here."""
        next((button for button in self._buttons if button.isVisibleTo(self)), self).setFocus()

    def show_page(self, page: Page | None) -> None:
        """Tells how a page without text stands."""
        is_failed = page is not None and page.status is PageStatus.FAILED
        had_focus = any(button.hasFocus() for button in self._buttons)
        for button in (self._retry, self._show, self._remove):
            button.setVisible(is_failed)
        self._unlock.setVisible(page is not None and is_failed and page.locked)
        if had_focus:  # else Qt looks for the next control, wherever that is
            self.focus_button()
        advice = ""
        if page is None:
            name, words = "picture", _("Select a page to see its picture and its text.")
        else:
            name = badge_of(page).name
            words = {
                PageStatus.PENDING: _("This page has not been read yet."),
                PageStatus.RUNNING: _("This page is being read…"),
                PageStatus.DONE: _("All text of this page is ignored by regions of its batch.")
                if page.line_count
                else _("No text was found on this page."),
            }.get(page.status, page.message or "")
            if is_failed:
                words, advice = reason_and_advice(words)
        colour = status_colour(name if page is not None else "waiting")
        self._icon.setPixmap(icon_pixmap(name, _ICON, colour.name(), self.devicePixelRatioF()))
        self._font = self._heading_font if is_failed else self._plain_font
        self._words.setFont(self._font)
        self._words.setText(words)
        self._icon.setAccessibleName(words)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._words.setFont(self._font)  # which the style sheet took away if it came to another parent

    def _button(self, words: str, name: str, command: str) -> QPushButton:
        button: QPushButton = QPushButton(words, objectName=name)
        button.setToolTip(self._desk.actions[command].toolTip())
        button.setAutoDefault(True)  # the return key presses it as well

        def act() -> None:
            self._desk.chosen.choose_first_page()  # which is looked at where none was chosen
            self._desk.actions[command].trigger()

        button.clicked.connect(act)
        return button


def _label(name: str) -> QLabel:
    label: QLabel = QLabel(objectName=name, alignment=Qt.AlignmentFlag.AlignCenter)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
