"""The button above the pages that has the words to check checked, while there are any."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton


class ReviewButton(QToolButton):
    """Says what the command says, or less of it where there is no room."""

    def __init__(self, review: QAction) -> None:
        super().__init__(objectName="reviewButton")
        self._review = review
        self._says_all = True
        self.setDefaultAction(review)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        review.changed.connect(self._follow)
        if review.isEnabled():
            self._follow()
        else:  # showing it before it has a parent would make it a window of its own
            self.hide()

    def say(self, *, all_of_it: bool) -> None:
        """Says all, or less."""
        if all_of_it != self._says_all:
            self._says_all = all_of_it
            self._follow()

    def wider_than_it_is(self, *, says_all: bool) -> int:
        """By how much it would be wider if it said all, or less; below 0 if it would be narrower."""
        if self.isHidden():
            return 0
        words = self._review.text() if says_all else self._review.iconText()
        width = self.fontMetrics().horizontalAdvance
        return int(width(words) - width(self.text()))

    def _follow(self) -> None:
        self.setText(self._review.text() if self._says_all else self._review.iconText())
        self.setAccessibleName(self._review.text())
        self.setVisible(self._review.isEnabled())
