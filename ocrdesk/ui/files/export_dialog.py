"""Asks what to export, as what and where to, and says what will come of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QPalette, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import ExportChoices, apart, format_of, per_of, template_of
from ocrdesk.engine.export.export import Export, Originals, Plan
from ocrdesk.engine.export.formats import OF_TABLES
from ocrdesk.engine.naming import FIELDS
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.batch_pages import BatchPages
from ocrdesk.ui.files.export_words import A_TABLE, PER, warning_of, will_do
from ocrdesk.ui.files.goals import Goals
from ocrdesk.ui.files.names_line import NamesLine
from ocrdesk.ui.files.page_sets import PageSet
from ocrdesk.ui.kit.dialog import Dialog, add_row, form, link_button, quiet, side_button
from ocrdesk.ui.kit.fields import choice_field
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.icons import icon, icon_pixmap
from ocrdesk.ui.kit.tasks import Lane
from ocrdesk.ui.kit.theme import SPACE, status_colour

SHOWN = 3
"""This many names are shown before the export begins."""

LOOKED_AT = 500
"""This many pages are looked at for the names of files that hold several."""

LOOKED_AT_FOR_TABLES = 50
"""This many pages are looked at for the names of files with their tables, which takes some milliseconds a page."""

REVIEW_FIRST = 2
"""The result of a dialog that was left to review words, beside those that Qt has."""


class ExportDialog(Dialog):
    """Gives the choices of an export and the pages it is of."""

    def __init__(self, desk: Desk, choices: ExportChoices, sets: Sequence[PageSet], names: Lane) -> None:
        """Shows what was chosen last.

        Args:
            desk: Its library has the names and pages, its decoder the pictures for formats that hold some.
            choices: As they were last.
            sets: The pages there are, those first that are meant most likely.
            names: Where names are looked for; outlives the dialog.
        """
        super().__init__(_title(desk, sets), _("What do you want to do with the text?"), desk.window)
        self.setObjectName("exportDialog")
        self._library, self._decoder, self._choices, self._sets = desk.library, desk.decoder, choices, sets
        self._originals = Originals(desk.library)
        self._names = names
        self._question = 0
        self._goals = Goals(choices.format)
        self.content.addWidget(self._goals)
        self.add_line()
        self._add_fields(choices)
        self._add_outcome()
        self._show_after = QCheckBox(_("Show the folder afterwards"), objectName="exportShow")
        self._show_after.setChecked(bool(desk.choices.get("export/show")))
        self.beside_buttons.addWidget(self._show_after)
        self.add_cancel()
        self._export = self.add_button(_("Export"), self.accept, name="exportStart", kind="primary")
        self._goals.chosen.connect(self._gather_as_usual)
        self._tables.toggled.connect(self._gather_as_usual)
        for box in (self._gather, self._pages):
            box.currentIndexChanged.connect(self._follow)
        for line in (self._folder, self._template):
            line.textChanged.connect(self._follow)
        self._offer_tables()
        self._follow()

    def open(self) -> None:
        """Shows it a moment later: to make it takes as long as to show it, and neither must hold the window."""
        QTimer.singleShot(0, self, super().open)

    def _add_fields(self, choices: ExportChoices) -> None:
        self._pages = choice_field("exportPages")
        for pages in self._sets:
            self._pages.addItem(pages.words)
        self._gather = choice_field("exportGather")
        for per, words in PER.items():
            self._gather.addItem(_(words), per)
        self._gather.setCurrentIndex(self._gather.findData(per_of(choices)))
        self._tables = QCheckBox(_("Only tables, cell by cell"), objectName="exportTables")
        self._tables.setToolTip(_("A sheet (Excel) or a file (CSV) for each table, instead of a row for each page"))
        self._tables.setChecked(choices.tables)
        files = QHBoxLayout()
        files.setSpacing(2 * SPACE)
        files.addWidget(self._gather, 1)
        files.addWidget(self._tables)
        self._folder = QLineEdit(shown_in_field(choices.folder), objectName="exportFolder")
        browse = side_button(_("Choose…"), "exportBrowse")
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.setSpacing(SPACE)
        folder.addWidget(self._folder, 1)
        folder.addWidget(browse)
        self._template = QLineEdit(choices.template, objectName="exportTemplate")
        fields = " ".join(f"{{{name}}}" for name in FIELDS)
        names = QVBoxLayout()
        names.setSpacing(SPACE // 2)
        names.addWidget(self._template)
        names.addWidget(quiet(_("Made up of {fields}; a / makes folders").format(fields=fields)))
        self._form = form()
        add_row(self._form, _("Pages"), self._pages)
        add_row(self._form, _("Files"), files)
        add_row(self._form, _("Folder"), folder)
        add_row(self._form, _("Names"), names)
        self.content.addLayout(self._form)

    def _add_outcome(self) -> None:
        """Adds what the export will do, in words and names, and what is missing in it."""
        self._outcome = quiet("", "exportOutcome", small=False)
        self._preview = NamesLine("exportPreview")
        self._details = link_button("exportDetails")
        self._details.clicked.connect(lambda: self._show_details(not self._form.isRowVisible(_NAMES_ROW)))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._outcome)
        words.addWidget(self._preview)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(words, 1)
        row.addWidget(self._details, 0, Qt.AlignmentFlag.AlignTop)
        self._amber = QFrame(objectName="amberLine")
        self._warning = QLabel(objectName="exportWarning")
        self._warning.setWordWrap(True)
        self._review = link_button("exportReviewFirst", _("Review first"))
        self._review.clicked.connect(lambda: self.done(REVIEW_FIRST))
        amber = QHBoxLayout(self._amber)
        amber.setContentsMargins(SPACE + 4, SPACE // 2, SPACE, SPACE // 2)
        amber.setSpacing(SPACE)
        symbol = QLabel()
        symbol.setPixmap(icon_pixmap("warning", 16, status_colour("warning").name(), self.devicePixelRatioF()))
        symbol.setAccessibleName(_("Warning"))
        amber.addWidget(symbol)
        amber.addWidget(self._warning, 1)
        amber.addWidget(self._review)
        self._form.addRow("", row)
        self.above_foot.addWidget(self._amber)
        self._show_details(bool(self._choices.template))

    def done(self, result: int) -> None:
        self._question += 1  # what is still being found is of no use
        super().done(result)

    def chosen(self) -> ExportChoices:
        """The choices as they stand in the dialog."""
        key = self._goals.key()
        return replace(
            self._choices,
            format=key,
            folder=path_from_field(self._folder.text().strip() or ".").expanduser().absolute(),
            template=self._template.text().strip(),
            per=self._gather.currentData(),
            existing="ask",
            tables=key in OF_TABLES and self._tables.isChecked(),
        )

    def pages(self) -> PageSet:
        """The pages to export."""
        return self._sets[self._pages.currentIndex()] if self._sets else PageSet("", ())

    def shows_folder(self) -> bool:
        """Whether the folder is to be shown when all is written."""
        return bool(self._show_after.isChecked())

    def choices(self) -> ExportChoices:
        """The choices as they hold for the pages: each of several batches has a folder of its own."""
        chosen = self.chosen()
        return apart(chosen) if isinstance(self.pages().page_ids, BatchPages) else chosen

    def _offer_tables(self) -> None:
        self._tables.setVisible(self._goals.key() in OF_TABLES)

    def _gather_as_usual(self) -> None:
        """Another format is gathered as is usual for it, whatever was chosen for the one before."""
        self._offer_tables()
        with QSignalBlocker(self._gather):
            self._gather.setCurrentIndex(self._gather.findData(per_of(replace(self.chosen(), per=None))))
        self._follow()

    def _follow(self) -> None:
        """Says what the choices lead to, or what is wrong with them."""
        self._offer_what_the_format_can()
        choices, pages = self.choices(), self.pages()
        self._export.setText(
            plural("Export {count} page", "Export {count:,} pages", len(pages.page_ids))
            if pages.page_ids
            else _("Export")
        )
        warning = warning_of(pages)
        self._warning.setText(warning)
        self._review.setVisible(pages.doubtful > 0 and pages.batches == 1)
        self._amber.setVisible(bool(warning))
        if not self._template.text().strip():
            self._template.setPlaceholderText(template_of(choices))
        several = LOOKED_AT if per_of(choices) != "page" else SHOWN + 1
        looked_at = pages.page_ids[: LOOKED_AT_FOR_TABLES if choices.tables else several]
        self._question += 1
        try:
            export = Export(self._library, self._decoder, choices, looked_at, self._originals)
        except OcrdeskError as error:
            self._show(str(error), (), is_wrong=True)
            return
        # Off the GUI thread: where a file exists, all that were ever read are looked at, once.
        self._names.run(
            export.plan,
            partial(self._show_names, self._question, choices, len(looked_at) == len(pages.page_ids)),
            partial(self._show_problem, self._question),
            at_once=True,
        )

    def _show_problem(self, question: int, error: OcrdeskError) -> None:
        if question == self._question:
            self._show(str(error), (), is_wrong=True)

    def _show_names(self, question: int, choices: ExportChoices, is_all_looked_at: bool, plan: Plan) -> None:
        if question != self._question:
            return  # the choices are others by now
        names = [str(path.relative_to(choices.folder)) for path in plan.targets]
        if not names and choices.tables:
            where = (
                _("these pages")
                if is_all_looked_at
                else _("the first {count} pages").format(count=LOOKED_AT_FOR_TABLES)
            )
            self._show(_("No table was found on {where}.").format(where=where), (), is_wrong=is_all_looked_at)
        elif not names:
            self._show(_("There are no pages to export."), (), is_wrong=True)
        elif not self._folder.text().strip():
            self._show(_("Choose a folder for the files."), (), is_wrong=True)
        else:
            words = will_do(choices, self.pages(), len(names), is_all_looked_at=is_all_looked_at)
            if plan.existing:
                words += " " + _("Some exist already.")
            is_all = len(names) <= SHOWN and is_all_looked_at
            self._show(words, [*names[:SHOWN], *([] if is_all else ["…"])], is_wrong=False)

    def _offer_what_the_format_can(self) -> None:
        known, model = format_of(self.chosen()), self._gather.model()
        assert isinstance(model, QStandardItemModel)
        for row, per in enumerate(PER):
            self._gather.setItemText(row, _(A_TABLE if per == "page" and known.a_table else PER[per]))
            model.item(row).setEnabled(known.a_page if per == "page" else known.a_batch)
        with QSignalBlocker(self._gather):
            self._gather.setCurrentIndex(self._gather.findData(per_of(self.chosen())))

    def _show(self, words: str, names: Sequence[str], *, is_wrong: bool) -> None:
        self._outcome.setText(words)
        self._preview.show_names(names)
        self._export.setEnabled(not is_wrong)
        palette = QPalette(self.palette())
        role = QPalette.ColorRole.PlaceholderText
        palette.setColor(role, status_colour("failed") if is_wrong else palette.color(QPalette.ColorRole.WindowText))
        self._outcome.setPalette(palette)

    def _show_details(self, are_shown: bool) -> None:
        self._form.setRowVisible(_NAMES_ROW, are_shown)
        self._details.setText(_("Hide names") if are_shown else _("Choose names"))
        self._details.setIcon(icon("chevron-up" if are_shown else "chevron-down"))

    def _browse(self) -> None:
        there = self.chosen().folder
        while not there.is_dir() and there != there.parent:
            there = there.parent
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the files"), shown_in_field(there))
        if folder:
            self._folder.setText(folder)


_NAMES_ROW = 3


def _title(desk: Desk, sets: Sequence[PageSet]) -> str:
    if sets and sets[0].batches > 1:
        return _("Export {count:,} batches").format(count=sets[0].batches)
    batch = desk.chosen.batch
    return _("Export “{name}”").format(name=batch.name) if batch is not None else _("Export")
