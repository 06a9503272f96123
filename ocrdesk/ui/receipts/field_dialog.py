"""Makes a field of one's own: its value is marked on one page, and its label finds it on the others."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QScrollArea

from ocrdesk.engine.document import Line, Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.fields.own import field_by_example
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.library.fields import OwnField, Side
from ocrdesk.engine.words import N_, _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import Dialog, add_row, form, quiet
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.receipts.marking_picture import MarkingPicture

_LONGEST_EDGE = 2000
_PICTURE_HEIGHT = 360
_LONGEST_NAME = 60

_WHERE = {
    Side.BEHIND: N_("What stands behind “{label}” in its line"),
    Side.RIGHT: N_("What stands to the right of “{label}”"),
    Side.BELOW: N_("What stands under “{label}”"),
}

_Loaded = tuple[QImage, Sequence[Line]]


class FieldDialog(Dialog):
    """Asks which value on a page is wanted, and what it is to be called."""

    def __init__(self, desk: Desk, page: Page, taken: Sequence[str]) -> None:
        """Shows a page.

        Args:
            desk: What all in the window works with.
            page: The page.
            taken: Names that other fields have.
        """
        sentence = _("Click the value on this page. It is found on the other pages by what is printed beside it.")
        super().__init__(_("New field"), sentence, desk.window)
        self.setObjectName("fieldDialog")
        self._desk, self._page, self._taken = desk, page, {name.casefold() for name in taken}
        self._read: Sequence[Line] = ()
        self._field: OwnField | None = None
        self._picture = MarkingPicture()
        self._picture.marked.connect(self._on_marked)
        area = QScrollArea(objectName="fieldPicture")
        area.setWidget(self._picture)
        area.setWidgetResizable(True)
        area.setMinimumSize(QSize(0, _PICTURE_HEIGHT))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content.addWidget(area, 1)
        self._where = quiet(_("Nothing is marked yet."), "fieldWhere", small=False)
        self.content.addWidget(self._where)
        self._name = QLineEdit(objectName="fieldName")
        self._name.setMaxLength(_LONGEST_NAME)
        self._name.textChanged.connect(self._update)
        rows = form()
        add_row(rows, _("Name"), self._name)
        self.content.addLayout(rows)
        self.add_cancel()
        self._add = self.add_button(_("Add field"), self.accept, name="addField", kind="primary")
        self._update()
        lane = desk.tasks.lane()
        lane.run(self._load, self._show, self._on_failed, at_once=True)

    def field(self) -> OwnField:
        """The field that was made."""
        assert self._field is not None
        return replace(self._field, name=self._name.text().strip())

    def _load(self) -> _Loaded:
        page = self._page
        longest = min(_LONGEST_EDGE, max(page.width or 1, page.height or 1))
        picture = self._desk.decoder.load_small(page.path, page.frame, page.turn, longest)
        lines = self._desk.library.texts.counting(page.id)
        for line in lines:
            len(line.words)  # which are only made when somebody asks for them
        return to_image(picture.pixels), lines

    def _show(self, loaded: _Loaded) -> None:
        image, self._read = loaded
        self._picture.show_page(image, self._page.width or image.width(), self._read)
        self._picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: OcrdeskError) -> None:
        self._where.setText(str(error))

    def _on_marked(self, polygon: Polygon) -> None:
        before = self._field
        self._field = field_by_example(self._read, polygon)
        if self._field is None:
            self._where.setText(_("Nothing is printed beside it by which it could be found. Mark another value."))
        else:
            self._where.setText(_(_WHERE[self._field.side]).format(label=self._field.label))
            if not self._name.text() or (before is not None and self._name.text() == before.name):
                self._name.setText(self._field.name)
        self._update()

    def _update(self) -> None:
        name = self._name.text().strip()
        self._add.setEnabled(self._field is not None and bool(name) and name.casefold() not in self._taken)
