"""Asks what to export, as what and where to, and shows the names that will come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPalette, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import ExportChoices, apart, format_of, per_of, template_of
from ocrdesk.engine.export.export import Export, Originals, Plan
from ocrdesk.engine.export.formats import FORMATS, OF_TABLES
from ocrdesk.engine.export.pages import Per
from ocrdesk.engine.naming import FIELDS
from ocrdesk.engine.words import N_, _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.batch_pages import BatchPages
from ocrdesk.ui.kit.fields import choice_field
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.tasks import Lane
from ocrdesk.ui.kit.theme import SPACE, status_colour

SHOWN = 3
"""This many names are shown before the export begins."""

LOOKED_AT = 500
"""This many pages are looked at for the names of files that hold several."""

LOOKED_AT_FOR_TABLES = 50
"""This many pages are looked at for the names of files with their tables, which takes some milliseconds a page."""

A_TABLE = N_("A file for each table")

PER: dict[Per, str] = {
    "page": N_("A file for each page"),
    "file": N_("One file for each file that was read"),
    "folder": N_("One file for each folder"),
    "batch": N_("One file for the batch"),
}
"""What one file is made of, in words to be translated."""


class ExportDialog(QDialog):
    """Gives the choices of an export and the pages it is of."""

    def __init__(self, desk: Desk, choices: ExportChoices, pages: Mapping[str, Sequence[int]], names: Lane) -> None:
        """Shows what was chosen last.

        Args:
            desk: Its library has the names and pages, its decoder the pictures for formats that hold some.
            choices: As they were last.
            pages: Page numbers by the words for them, the first being what is meant most likely.
            names: Where names are looked for; outlives the dialog.
        """
        super().__init__(desk.window)
        self.setWindowTitle(_("Export"))
        self.setObjectName("exportDialog")
        self._library, self._decoder, self._choices, self._sets = desk.library, desk.decoder, choices, pages
        self._originals = Originals(desk.library)
        self._names = names
        self._question = 0
        self._format = choice_field("exportFormat")
        for key, known in FORMATS.items():
            self._format.addItem(f"{_(known.name)} ({known.suffix})", key)
        self._format.setCurrentIndex(max(0, self._format.findData(choices.format)))
        self._gather = choice_field("exportGather")
        for per, words in PER.items():
            self._gather.addItem(_(words), per)
        self._gather.setCurrentIndex(self._gather.findData(per_of(choices)))
        self._tables = QCheckBox(_("Only tables, cell by cell"), objectName="exportTables")
        self._tables.setToolTip(_("A sheet (Excel) or a file (CSV) for each table, in place of a row for each page"))
        self._tables.setChecked(choices.tables)
        self._pages = choice_field("exportPages")
        for words, page_ids in pages.items():
            self._pages.addItem(f"{words} ({len(page_ids):,})", words)
        self._folder = QLineEdit(shown_in_field(choices.folder), objectName="exportFolder")
        browse = QPushButton(_("Choose…"), objectName="exportBrowse")
        browse.setAutoDefault(False)  # or the return key would press it, as the first button there is
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.setSpacing(SPACE)
        folder.addWidget(self._folder, 1)
        folder.addWidget(browse)
        self._template = QLineEdit(choices.template, objectName="exportTemplate")
        self._template.setToolTip(_("Made of ") + " ".join(f"{{{name}}}" for name in FIELDS) + _(", / makes folders"))
        self._shown_names: list[str] = []
        self._preview = QLabel(objectName="exportPreview")
        self._preview.setTextFormat(Qt.TextFormat.PlainText)
        self._preview.setWordWrap(True)
        self._preview.setMinimumHeight(self.fontMetrics().lineSpacing() * (SHOWN + 1))
        self._preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        form = QFormLayout()
        form.setSpacing(SPACE + 4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Format"), self._format)
        form.addRow("", self._tables)
        form.addRow(_("Files"), self._gather)
        form.addRow(_("Pages"), self._pages)
        form.addRow(_("Folder"), folder)
        form.addRow(_("Names"), self._template)
        form.addRow("", self._preview)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._export = QPushButton(_("Export"), objectName="exportStart")
        self._export.setProperty("primary", True)
        self._buttons.addButton(self._export, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(form)
        column.addWidget(self._buttons)
        self._export.setDefault(True)  # not before it is in the dialog
        self.setMinimumWidth(560)
        self._offer_tables()
        self._format.currentIndexChanged.connect(self._offer_tables)
        self._format.currentIndexChanged.connect(self._gather_as_usual)
        self._tables.toggled.connect(self._gather_as_usual)
        self._tables.toggled.connect(self._follow)
        for box in (self._format, self._gather, self._pages):
            box.currentIndexChanged.connect(self._follow)
        for line in (self._folder, self._template):
            line.textChanged.connect(self._follow)
        self._follow()

    def done(self, result: int) -> None:
        self._question += 1  # what is still being found is of no use
        super().done(result)

    def chosen(self) -> ExportChoices:
        """The choices as they stand in the dialog."""
        return replace(
            self._choices,
            format=self._format.currentData(),
            folder=path_from_field(self._folder.text().strip() or ".").expanduser().absolute(),
            template=self._template.text().strip(),
            per=self._gather.currentData(),
            existing="ask",
            tables=self._tables.isEnabled() and self._tables.isChecked(),
        )

    def page_ids(self) -> Sequence[int]:
        """The pages to export."""
        return self._sets[self._pages.currentData()]

    def choices(self) -> ExportChoices:
        """The choices as they hold for the pages: each of several batches has a folder of its own."""
        chosen, pages = self.chosen(), self.page_ids()
        return apart(chosen) if isinstance(pages, BatchPages) else chosen

    def _offer_tables(self) -> None:
        self._tables.setEnabled(self._format.currentData() in OF_TABLES)

    def _gather_as_usual(self) -> None:
        """Another format is gathered as is usual for it, whatever was chosen for the one before."""
        with QSignalBlocker(self._gather):
            self._gather.setCurrentIndex(self._gather.findData(per_of(replace(self.chosen(), per=None))))

    def _follow(self) -> None:
        """Shows the names that the choices lead to, or what is wrong with them."""
        self._offer_what_the_format_can()
        choices, page_ids = self.choices(), self.page_ids()
        if not self._template.text().strip():
            self._template.setPlaceholderText(template_of(choices))
        several = LOOKED_AT if per_of(choices) != "page" else SHOWN + 1
        looked_at = page_ids[: LOOKED_AT_FOR_TABLES if choices.tables else several]
        self._question += 1
        try:
            export = Export(self._library, self._decoder, choices, looked_at, self._originals)
        except OcrdeskError as error:
            self._show(str(error), is_wrong=True)
            return
        # Off the GUI thread: where a file exists, all that were ever read are looked at, once.
        self._names.run(
            export.plan,
            partial(self._show_names, self._question, choices, len(looked_at) == len(page_ids)),
            partial(self._show_problem, self._question),
            at_once=True,
        )

    def _show_problem(self, question: int, error: OcrdeskError) -> None:
        if question == self._question:
            self._show(str(error), is_wrong=True)

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
            self._show(_("No table was found on {where}.").format(where=where), is_wrong=is_all_looked_at)
        elif not names:
            self._show(_("There are no pages to export."), is_wrong=True)
        elif not self._folder.text().strip():
            self._show(_("Choose a folder for the files."), is_wrong=True)
        else:
            is_a_page = per_of(choices) == "page" and not choices.tables
            more = _("\n… {count:,} files").format(count=len(self.page_ids())) if is_a_page else "\n…"
            is_all = len(names) <= SHOWN and is_all_looked_at
            self._show("\n".join(names[:SHOWN]) + ("" if is_all else more), is_wrong=False)

    def _offer_what_the_format_can(self) -> None:
        known, model = format_of(self.chosen()), self._gather.model()
        assert isinstance(model, QStandardItemModel)
        for row, per in enumerate(PER):
            self._gather.setItemText(row, _(A_TABLE if per == "page" and known.a_table else PER[per]))
            model.item(row).setEnabled(known.a_page if per == "page" else known.a_batch)
        with QSignalBlocker(self._gather):
            self._gather.setCurrentIndex(self._gather.findData(per_of(self.chosen())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        """Shows every name in one line, which leaves the last of them in sight."""
        if self._shown_names:
            metrics, width = self._preview.fontMetrics(), self._preview.width()
            lines = (metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width) for name in self._shown_names)
            self._preview.setText("\n".join(lines))

    def _show(self, words: str, *, is_wrong: bool) -> None:
        self._preview.setText(words)
        self._shown_names = [] if is_wrong else words.split("\n")
        if self.isVisible():
            self._fit_names()
        self._export.setEnabled(not is_wrong)
        palette = QPalette(self.palette())
        role = QPalette.ColorRole.WindowText
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        palette.setColor(role, status_colour("failed") if is_wrong else muted)
        self._preview.setPalette(palette)

    def _browse(self) -> None:
        there = self.chosen().folder
        while not there.is_dir() and there != there.parent:
            there = there.parent
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the files"), shown_in_field(there))
        if folder:
            self._folder.setText(folder)
