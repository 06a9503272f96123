"""The room of a report: it takes the place of the panes, and asks for the report in another thread."""

import threading
import time
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QImage, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.naming import name_for_file
from ocrdesk.engine.report.report import Report, report_on
from ocrdesk.engine.report.sentences import as_text, when
from ocrdesk.engine.report.writing import WRITERS
from ocrdesk.engine.whole_files import written
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.file_dialogs import ask_where_to_save
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.room import Room
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.report.report_page import ReportPage

_LONGEST_NAME, _NARROWEST = 24, 480
_LARGE, _SMALL = 20 / 13, 12 / 13

REFRESH = 2000
"""Milliseconds after pages changed until the report follows; they change one after another."""

RESTS = 10
"""A report is made anew only after this many times as long as the last one took."""


class ReportRoom(Room):
    """Shows a report."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportRoom")
        self._desk = desk
        self._lane = desk.tasks.lane()
        self._files = desk.tasks.lane(of_files=True)
        self._pictures = desk.tasks.lane()
        self._given_up = threading.Event()
        self._batch_id = 0
        self._scope, self._subject = Scope(), ""
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._refresh)
        self._took = 0.0
        self._images: dict[int, QImage] = {}
        desk.chosen.changed.connect(self._on_changed)
        self._report: Report | None = None
        self._page: ReportPage | None = None
        self._back = QPushButton(icon("chevron-left"), _("Pages"), objectName="reportBack")
        self._back.setToolTip(_("Back to the pages (Esc)"))
        self._back.clicked.connect(self.close_room)
        self._title = ElidedLabel(objectName="reportTitle")
        self._title.setFont(sized(self._title.font(), _LARGE, QFont.Weight.DemiBold))
        self._when = ElidedLabel(objectName="reportWhen")
        self._when.setFont(sized(self._when.font(), _SMALL))
        self._when.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self._title, self._when):
            label.setMinimumWidth(1)
        self._copy = QPushButton(icon("copy"), _("Copy"), objectName="reportCopy")
        self._copy.setToolTip(_("Copy the report as text"))
        self._copy.clicked.connect(self._copy_text)
        self._save = QPushButton(_("Save as HTML…"), objectName="reportSave")
        self._save.setProperty("primary", True)
        self._save.clicked.connect(self._ask_where_to_save)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._when)
        head = QHBoxLayout()
        head.setContentsMargins(3 * SPACE, SPACE + 4, 3 * SPACE, SPACE + 4)
        head.setSpacing(2 * SPACE)
        head.addWidget(self._back)
        head.addLayout(names, 1)
        head.addWidget(self._copy)
        head.addWidget(self._save)
        self._scroll = QScrollArea(objectName="reportScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def open_room(self, batch_id: int, scope: Scope, title: str, back: str) -> None:
        """Opens the room and asks for a report.

        Args:
            batch_id: The batch that the pages are of.
            scope: The pages that the report is about.
            title: What it is about.
            back: What the button is called that leads back.
        """
        self._batch_id, self._scope, self._subject = batch_id, scope, title
        self._given_up.set()
        self._given_up = threading.Event()
        self._soon.stop()
        self._images.clear()
        self._show_nothing(title)
        shown = back if len(back) <= _LONGEST_NAME else back[: _LONGEST_NAME - 1] + "…"
        self._back.setText(shown.replace("&", "&&"))
        self._back.setAccessibleName(_("Back to {name}").format(name=back))
        was_open, self.is_open = self.is_open, True
        if not was_open:
            self.opened.emit(True)
        self._back.setFocus()
        self._ask(at_once=True)

    def close_room(self) -> None:
        """Goes back to the pages."""
        if self.is_open:
            self.is_open = False
            self._given_up.set()
            self._soon.stop()
            self.opened.emit(False)

    def recolour(self) -> None:
        """Takes the colours of the other look."""
        if self._report is not None and self._page is not None:
            place = self._scroll.verticalScrollBar().value()
            self._fill(self._report)
            self._scroll.verticalScrollBar().setValue(place)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_room()
        else:
            super().keyPressEvent(event)

    # What is shown

    def _ask(self, *, at_once: bool) -> None:
        given_up, begun = self._given_up, time.monotonic()
        is_over = partial(_is_over, given_up, self._lane.stop)
        ask = partial(report_on, self._desk.library, self._scope, self._subject, is_over)
        self._lane.run(ask, partial(self._show, given_up, begun), self._on_problem, at_once=at_once)

    def _on_changed(self, change: Change) -> None:
        if not self.is_open or not change.concerns(self._batch_id):
            return
        if self._desk.batches.batch(self._batch_id) is None:
            self.close_room()
        elif not self._soon.isActive():
            self._soon.start(max(REFRESH, round(1000 * self._took * RESTS)))

    def _refresh(self) -> None:
        if self._report is None:  # the first one is still being made
            self._soon.start(REFRESH)
        else:
            self._ask(at_once=False)

    def _show_nothing(self, title: str) -> None:
        self._report = self._page = None
        self._title.setText(_("Report on {title}").format(title=title))
        self._title.setToolTip(title)
        self._when.setText(_("Looking through the pages…"))
        self._scroll.setWidget(QWidget())
        for button in (self._copy, self._save):
            button.setEnabled(False)

    def _show(self, given_up: threading.Event, begun: float, report: Report | None) -> None:
        if report is None or given_up.is_set():
            return
        self._took = time.monotonic() - begun
        if report == self._report:
            return
        place, focus = self._scroll.verticalScrollBar().value(), QApplication.focusWidget()
        had_focus = focus is not None and self._scroll.isAncestorOf(focus)
        self._report = report
        self._when.setText(when(report))
        self._when.setToolTip(self._when.text())
        self._fill(report)
        self._scroll.verticalScrollBar().setValue(place)
        if had_focus:
            self._scroll.setFocus()
        for button in (self._copy, self._save):
            button.setEnabled(True)

    def _fill(self, report: Report) -> None:
        self._page = page = ReportPage(report)
        page.pages_wanted.connect(self._show_pages)
        self._scroll.setWidget(page)
        for number, card in enumerate(page.cards):
            if (image := self._images.get(card.page_id)) is not None:
                card.show_picture(image)
                continue
            load = partial(self._load_picture, card.page_id)
            self._pictures.run(load, partial(self._show_picture, page, number), lambda _: None)

    def _show_pages(self, page_ids: tuple[int, ...], what: str) -> None:
        """Leaves the report for some of its pages."""
        self.close_room()
        self._desk.chosen.show_only(self._batch_id, page_ids, what)

    def _load_picture(self, page_id: int) -> QImage | None:
        """In a thread."""
        page = self._desk.library.page(page_id)
        pixels = self._desk.thumbnails.load(self._desk.decoder, page) if page is not None else None
        return to_image(pixels) if pixels is not None else None

    def _show_picture(self, page: ReportPage, number: int, image: QImage | None) -> None:
        if image is not None and page is self._page:
            self._images[page.cards[number].page_id] = image
            page.cards[number].show_picture(image)

    # What is taken along

    def _copy_text(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(as_text(self._report))
            self._desk.notices.say(_("The report was copied."))

    def _ask_where_to_save(self) -> None:
        report = self._report
        if report is None:
            return
        name = name_for_file(_("Report on {title}").format(title=report.title)) + ".html"
        kinds = _("Web page (*.html);;Excel (*.xlsx);;JSON (*.json)")
        path = ask_where_to_save(self, _("Save report"), kinds, name, self._desk.choices, "report/folder")
        if path is None:
            return
        kind = path.suffix.lower().removeprefix(".")
        if kind not in WRITERS:
            path, kind = path.with_name(f"{path.name}.html"), "html"

        def write() -> None:
            with written(path) as file:
                WRITERS[kind](report, file)

        show = [(_("Show folder"), partial(show_folder, path, self._desk.notices))]
        said = _("The report was saved to “{path}”.").format(path=path)
        self._files.run(write, lambda _: self._desk.notices.say(said, show), self._on_problem)

    def _on_problem(self, error: OcrdeskError) -> None:
        self._desk.notices.warn(str(error))


def _is_over(given_up: threading.Event, stop: threading.Event) -> bool:
    return given_up.is_set() or stop.is_set()
