"""The panel beside the pages, with the page that is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, tool_button
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.menu_buttons import hang_menu
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.bars import PictureTools
from ocrdesk.ui.panel.facts_line import FactsLine
from ocrdesk.ui.panel.page_facts import more_of
from ocrdesk.ui.panel.page_view import PageView

NARROWEST, WIDEST = 360, 960
"""How wide the panel may be, in device-independent pixels."""

_MORE = (
    "retry",
    "read_again_in",
    "read_again_in_languages",
    "show_in_folder",
    "number_lines",
    "copy_tables",
    None,
    "remove_pages",
)
_SECOND = 0.92
"""Size of the second line, as a part of the first."""


class PagePanel(QWidget):
    """Name and facts of the page, what can be done with its picture, and the page itself.

    Attributes:
        view: The page. It is elsewhere while it has the whole window.
    """

    def __init__(self, desk: Desk, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pagePanel")
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        actions = desk.actions
        self._name = ElidedLabel(objectName="pageName")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self._name.setFont(bold)
        self._facts = FactsLine("pageFacts")
        self._facts.setFont(_smaller(self._facts.font()))
        self._remark = QLabel(objectName="pageRemark", wordWrap=True)
        self._remark.setTextFormat(Qt.TextFormat.PlainText)
        self._remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._remark.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._remark.setFont(_smaller(self._remark.font()))
        self._tools = PictureTools(actions, ("page_reading_order", "regions"))
        more = QToolButton(objectName="pageMore")
        more.setIcon(icon("more"))
        more.setProperty("bare", True)
        more.setToolTip(_("What else can be done with this page"))
        more.setAccessibleName(_("More"))
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        for name in _MORE:
            menu.addAction(actions[name]) if name is not None else menu.addSeparator()
        hang_menu(menu, more)
        self._buttons = [tool_button(actions[name]) for name in ("previous_page", "next_page", "full_page")]
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE + 4, SPACE, SPACE // 2)
        head.setSpacing(0)
        head.addLayout(words, 1)
        head.addSpacing(SPACE)
        for button in (*self._buttons, more):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        tools = QHBoxLayout()
        tools.setContentsMargins(SPACE + 3, 0, SPACE, SPACE // 2)
        tools.addWidget(self._tools)
        remark = QHBoxLayout()
        remark.setContentsMargins(2 * SPACE, 0, SPACE, SPACE // 2)
        remark.addWidget(self._remark)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for row in (head, tools, remark):  # which few pages have: the buttons stay where they are
            self._column.addLayout(row)
        self.view = view = PageView(desk, thumbnails, self)
        view.picture.zoomed.connect(self._tools.show_zoom)
        view.shown.connect(self._show_page)
        self.hold()
        self._show_page()
        actions.join(self)

    @Command("Page panel", "Show the selected page beside the list", keys="Ctrl+3", icon="panel", is_checkable=True)
    def page_panel(self, is_shown: bool) -> None:
        """Shows the panel, or hides it."""
        self.setVisible(is_shown)

    def hold(self) -> None:
        """Takes the page to itself."""
        self.view.looks_around = False
        self.view.text_bar.facts.show_facts([])  # they stand in the head
        self._column.addWidget(self.view, 1)

    def _show_page(self) -> None:
        page = self.view.page
        self._name.setText(page.name if page is not None else "")
        self._name.setToolTip(plainly(str(page.path)) if page is not None else "")
        self._facts.show_facts(*self.view.facts, more_of(page) if page is not None else "")
        remark = page.remark if page is not None and page.status is PageStatus.DONE else None
        self._remark.setText(remark or "")
        self._remark.setVisible(bool(remark))
        self._tools.setEnabled(page is not None)


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _SECOND)
    return smaller
