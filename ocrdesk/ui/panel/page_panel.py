"""The chosen page: its picture with the lines on it, and the text."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFont,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.document import OWN_TEXT, Line, Page, PageStatus, has_own_text
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.layout.regions import Region, lines_that_count
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, tool_button
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon, icon_pixmap
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE, status_colour
from ocrdesk.ui.kit.words import READING_ORDERS, percent
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.picture_area import AreaCopy
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.regions.region_bar import RegionBar

_TURNED = {90: N_("turned 90° right"), 180: N_("turned by 180°"), 270: N_("turned 90° left")}


class PagePanel(QWidget):
    """Picture above, text below; a click on a line shows it on the other side too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("pagePanel")
        actions = desk.actions
        self._chosen = desk.chosen
        self._library = desk.library
        self._page: Page | None = None
        self._page_text = PageText(())
        self._lines: list[Line] = []
        self._shown: tuple[Page | None, PageText, tuple[Region, ...], float] | None = None
        self.picture = PictureView(desk.decoder, desk.tasks)
        self._text = PageTextView()
        self._message = _Message(actions["retry"], actions["enter_password"])
        self._lower = QStackedWidget()
        self._lower.addWidget(self._text)
        self._lower.addWidget(self._message)
        self._name = ElidedLabel(objectName="pageName")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self._name.setFont(bold)
        self._facts = QLabel(objectName="pageFacts")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._facts.setWordWrap(True)
        self._remark = QLabel(objectName="pageRemark")
        self._remark.setTextFormat(Qt.TextFormat.PlainText)
        self._remark.setWordWrap(True)
        split = QSplitter(Qt.Orientation.Vertical, objectName="pageSplitter")
        split.addWidget(self.picture)
        split.addWidget(self._lower)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes([450, 300])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.region_bar = RegionBar()
        self._left_out = 0
        self._area = AreaCopy(desk, self.picture, lambda: self._page_text)
        of_page = ("turn_left", "turn_right", "page_reading_order", "regions", "select_area")
        tools = [tool_button(actions[name]) for name in of_page]
        column.addLayout(self._header(tools, tool_button(actions["number_lines"])))
        column.addWidget(self.region_bar)
        column.addWidget(split, 1)
        self.picture.line_chosen.connect(self._text.go_to)
        self.picture.line_chosen.connect(self._choose_line)
        self.picture.loaded.connect(self.picture.setVisible)
        self._text.line_chosen.connect(self._choose_line)
        desk.chosen.batch_moved.connect(self._on_batch_moved)
        desk.chosen.pages_moved.connect(self._show_chosen)
        desk.chosen.changed.connect(self._on_changed)
        self.show_page(None)
        actions.join(self)

    @Command("Page panel", "Show the selected page beside the list", keys="Ctrl+3", icon="panel", is_checkable=True)
    def page_panel(self, is_shown: bool) -> None:
        """Shows the panel, or hides it."""
        self.setVisible(is_shown)

    @Command("Number the lines", "Show the order of the lines on the picture", icon="numbers", is_checkable=True)
    def number_lines(self, are_numbered: bool) -> None:
        """Shows the order of the lines on the picture, or hides it."""
        self.picture.show_numbers(are_numbered)

    def _on_batch_moved(self) -> None:
        if self._page is not None and self._page.batch_id != self._chosen.batch_id:
            self.show_page(None)

    def _show_chosen(self) -> None:
        page = self._chosen.page_to_look_at()
        self.show_page(page.id if page is not None else None)

    def _on_changed(self, change: Change) -> None:
        if change.concerns(self._chosen.batch_id) and (change.page_ids is None or self.page_id in change.page_ids):
            self.refresh()

    def show_page(self, page_id: int | None) -> None:
        """Shows a page, or that none is chosen."""
        page = self._library.page(page_id) if page_id is not None else None
        text = self._library.texts.of(page.id) if page is not None else PageText(())
        regions = self._library.texts.regions(page.batch_id) if page is not None else ()
        shown = (page, text, regions, self._library.doubtful_below)
        if page is not None and shown == self._shown:
            return
        self._page, self._page_text, self._shown = page, text, shown
        self._lines = text.lines
        lines = self._lines
        self._left_out = self._count_left_out(page, regions)
        self._name.setText(page.name if page else "")
        self._name.setToolTip(plainly(str(page.path)) if page else "")
        self._facts.setText(" · ".join(self._facts_of(page)) if page else "")
        remark = page.remark if page is not None and page.status is PageStatus.DONE else None
        self._remark.setText(remark or "")
        self._remark.setVisible(bool(remark))
        self.picture.setVisible(page is not None)
        for tool in self._tools:
            tool.setEnabled(page is not None)
        self.picture.show_page(page, lines, self._library.doubtful_below)
        self.picture.regions.show_regions(regions)
        self.region_bar.show_left_out(self._left_out, page.line_count if page is not None else None)
        if lines:
            self._text.show_text(text, self._library.doubtful_below)
            self._choose_line(None)
        else:
            self._message.show_page(page, self._library.doubtful_below)
        self._lower.setCurrentWidget(self._text if lines else self._message)

    def _count_left_out(self, page: Page | None, regions: tuple[Region, ...]) -> int:
        """How many lines of a page do not count."""
        if page is None or not regions:
            return 0
        lines = self._library.texts.lines(page.id)
        return len(lines) - len(lines_that_count(lines, regions, page.width or 0, page.height or 0))

    def focus_text(self) -> None:
        """Gives the keyboard to the text, or to the button where there is none."""
        if self._lines:
            self._text.setFocus()
        else:
            self._message.focus_button()

    def repaint_lines(self) -> None:
        """Follows a change of colours."""
        self._shown = None
        self.refresh()

    def refresh(self) -> None:
        """Reads the page anew."""
        self.show_page(self._page.id if self._page else None)

    @property
    def page_id(self) -> int | None:
        """The page shown."""
        return self._page.id if self._page else None

    def _header(self, of_page: list[QToolButton], numbers: QToolButton) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE // 2, 0, 0)
        row.setSpacing(0)
        lines = _tool("lines", _("Show the lines on the picture"), self.picture.show_lines, checkable=True)
        lines.setChecked(True)
        self._tools = [
            lines,
            _tool("zoom-out", _("Smaller"), lambda _: self.picture.zoom_out()),
            _tool("zoom-in", _("Larger"), lambda _: self.picture.zoom_in()),
            _tool("zoom-fit", _("Fit the width"), lambda _: self.picture.zoom_fit()),
            _tool("copy", _("Copy the text of this page"), lambda _: self._copy()),
        ]
        for some in ([self._tools[0], numbers], of_page, self._tools[1:-1]):
            for tool in some:
                row.addWidget(tool)
            row.addSpacing(SPACE // 2)
        row.addStretch(1)
        row.addWidget(self._tools[-1])
        header = QVBoxLayout()
        header.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        header.setSpacing(2)
        header.addWidget(self._name)
        header.addWidget(self._facts)
        header.addWidget(self._remark)
        header.addLayout(row)
        return header

    def _facts_of(self, page: Page) -> list[str]:
        facts = [badge_of(page, self._library.doubtful_below).words]
        if page.status is PageStatus.DONE and page.line_count:
            facts.append(plural("{count} line", "{count} lines", page.line_count))
            if page.recognizer == OWN_TEXT:
                facts.append(_("text from the PDF"))
            elif page.confidence is not None:
                if has_own_text(page.recognizer):
                    facts.append(_("partly text from the PDF"))
                facts.append(_("{confidence} confidence").format(confidence=percent(page.confidence)))
        if self._left_out:
            facts.append(_("{left_out} ignored").format(left_out=self._left_out))
        if page.reading_order is not None:
            facts.append(_(READING_ORDERS[page.reading_order]).lower())
        if page.seconds is not None:
            facts.append(f"{page.seconds:.1f} s")
        if page.turn:
            by_whom = _(" by you") if page.turn_wanted == page.turn else ""
            facts.append(_(_TURNED[page.turn]) + by_whom)
        return facts

    def _copy(self) -> None:
        if self._lines:
            QGuiApplication.clipboard().setText(self._page_text.flowing)

    def _choose_line(self, number: int | None) -> None:
        """Shows a line on both sides."""
        self._text.mark(number)
        self.picture.choose_line(number)


class _Message(QWidget):
    """Why there is no text, and what to do."""

    def __init__(self, retry: QAction, enter_password: QAction) -> None:
        super().__init__()
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel(objectName="pageMessage", alignment=Qt.AlignmentFlag.AlignCenter)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = QPushButton(_("Retry"), objectName="panelRetry")
        self._retry.clicked.connect(retry.trigger)
        self._unlock = QPushButton(_("Enter password…"), objectName="panelUnlock")
        self._unlock.setProperty("primary", True)
        self._unlock.clicked.connect(enter_password.trigger)
        self._buttons = (self._unlock, self._retry)
        for button in self._buttons:
            button.setAutoDefault(True)  # the return key presses it as well
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch()
        buttons.addWidget(self._unlock)
        buttons.addWidget(self._retry)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.addStretch()
        column.addWidget(self._icon)
        column.addSpacing(SPACE)
        column.addWidget(self._words)
        column.addSpacing(SPACE)
        column.addLayout(buttons)
        column.addStretch()

    def focus_button(self) -> None:
        """Gives the keyboard to the button that helps most; without one it waits here."""
        next((button for button in self._buttons if button.isVisibleTo(self)), self).setFocus()

    def show_page(self, page: Page | None, doubtful_below: float) -> None:
        is_failed = page is not None and page.status is PageStatus.FAILED
        had_focus = any(button.hasFocus() for button in self._buttons)
        self._retry.setVisible(is_failed)
        self._unlock.setVisible(page is not None and is_failed and page.locked)
        if had_focus:  # else Qt looks for the next control, wherever that is
            self.focus_button()
        if page is None:
            name, words = "picture", _("Select a page to see its picture and its text.")
        else:
            name = badge_of(page, doubtful_below).name
            words = {
                PageStatus.PENDING: _("This page has not been read yet."),
                PageStatus.RUNNING: _("This page is being read…"),
                PageStatus.DONE: _("All text of this page is ignored by regions of its batch.")
                if page.line_count
                else _("No text was found on this page."),
            }.get(page.status, page.message or "")
        colour = status_colour(name if page is not None else "waiting")
        self._icon.setPixmap(icon_pixmap(name, 32, colour.name(), self.devicePixelRatioF()))
        self._words.setText(words)


def _tool(name: str, words: str, act, *, checkable: bool = False) -> QToolButton:  # type: ignore[no-untyped-def]  # noqa: ANN001
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(act)
    return button
