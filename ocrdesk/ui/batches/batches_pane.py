"""The left side of the window: the list of batches, and what adds to it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ocrdesk.ui.batches.batch_list import BatchList
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.theme import SPACE


class BatchesPane(QWidget):
    """Title, list and buttons."""

    def __init__(self, batches: BatchList, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("Batches")
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE // 2)
        for action, name in ((actions.add_folder, "addFolderButton"), (actions.add_files, "addFilesButton")):
            button = QToolButton(objectName=name)
            button.setDefaultAction(action)
            button.setProperty("framed", True)
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button, 1)
        batches.setStyleSheet("QListView { background: transparent; }")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE + 4, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(title)
        column.addWidget(batches, 1)
        column.addLayout(buttons)
