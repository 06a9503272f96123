"""What an export is for: the four usual formats as cards, and all others behind one more click."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.words import N_, _, listed
from ocrdesk.ui.kit.dialog import link_button, quiet, sized
from ocrdesk.ui.kit.directions import side_of_begin
from ocrdesk.ui.kit.icons import icon, icon_pixmap
from ocrdesk.ui.kit.theme import SPACE

CARD = QSize(280, 80)
_SYMBOL = 20
_SMALL_CARD = 32
_SMALL_IN_A_ROW = 4
_HEADING = 15 / 13
"""Size of the letters of a card's name, against those of everything else."""

GOALS: dict[str, tuple[str, str]] = {
    "pdf": ("pdf", N_("The pages as they look, with text that can be searched and copied")),
    "docx": ("word", N_("Flowing text with headings and tables, to keep editing")),
    "xlsx": ("table", N_("A row for each page, or only the tables, cell by cell")),
    "txt": ("text", N_("Plain text, for notes, mail and other programs")),
}
"""Icon and sentence of each format that has a card, by its key."""

OTHERS: dict[str, str] = {
    "md": N_("Text with headings and tables that stays readable everywhere"),
    "csv": N_("A row for each page, or only the tables, cell by cell"),
    "json": N_("Text, positions and confidence, for other programs"),
    "jsonl": N_("The same with one line for each page"),
    "hocr": N_("Lines and their positions, as HTML"),
    "alto": N_("Lines and their positions, as kept by libraries and archives"),
    "page": N_("Lines and their positions, as used in research on early printed books"),
}
"""A sentence for each other format, by its key."""


class Goals(QWidget):
    """Offers all formats; one of them is chosen, by mouse or with arrow keys.

    Attributes:
        chosen: Another one was chosen.
    """

    chosen = Signal()

    def __init__(self, key: str) -> None:
        """Shows one format as chosen; the others than usual ones are seen at once if it is among them."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        for place, (goal, (symbol, sentence)) in enumerate(GOALS.items()):
            grid.addWidget(self._add(_Card(symbol, _(FORMATS[goal].name), _(sentence)), goal), place // 2, place % 2)
        self._more = link_button("exportMore")
        self._others = QWidget(objectName="exportOthers")
        self._more.clicked.connect(lambda: self._show_more(self._others.isHidden()))
        others = QGridLayout(self._others)
        others.setContentsMargins(0, 0, 0, 0)
        others.setSpacing(SPACE)
        for place, (other, sentence) in enumerate(OTHERS.items()):
            button = self._add(_small(_(FORMATS[other].name), _(sentence)), other)
            others.addWidget(button, place // _SMALL_IN_A_ROW, place % _SMALL_IN_A_ROW)
        more = QHBoxLayout()
        more.addWidget(self._more)
        more.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(grid)
        column.addLayout(more)
        column.addWidget(self._others)
        self.choose(key)
        self._show_more(key in OTHERS)
        self._group.idToggled.connect(self._follow)

    def key(self) -> str:
        """The key of the format that is chosen."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Chooses a format."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def _add(self, button: QPushButton, key: str) -> QPushButton:
        button.setCheckable(True)
        button.setAutoDefault(False)  # the return key exports
        button.setProperty("card", True)
        button.setObjectName(f"format-{key}")
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        return button

    def _follow(self, _id: int, is_checked: bool) -> None:
        if is_checked:
            self._show_more(not self._others.isHidden())
            self.chosen.emit()

    def _show_more(self, is_shown: bool) -> None:
        self._others.setVisible(is_shown)
        if is_shown:
            self._more.setText(_("Other formats"))
        elif self.key() in OTHERS:
            self._more.setText(_("More formats; {name} is chosen").format(name=_(FORMATS[self.key()].name)))
        else:
            names = listed(_(FORMATS[key].name) for key in OTHERS)
            self._more.setText(_("More formats: {names}").format(names=names))
        self._more.setIcon(icon("chevron-up" if is_shown else "chevron-down"))


class _Card(QPushButton):
    """A format with an icon and a sentence."""

    def __init__(self, symbol: str, name: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self._symbol, self._name_of_symbol = QLabel(), symbol
        self._symbol.setAccessibleName(name)
        words = QLabel(name)
        words.setFont(sized(words.font(), _HEADING, QFont.Weight.DemiBold))
        # A name in Latin letters stands where all else does, also where people read from the right.
        words.setAlignment(side_of_begin())
        sentence_label = quiet(sentence)
        sentence_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE, SPACE + 4, SPACE)
        grid.setHorizontalSpacing(SPACE + 4)
        grid.setVerticalSpacing(0)
        grid.setRowStretch(0, 1)
        grid.addWidget(self._symbol, 1, 0)
        grid.addWidget(words, 1, 1)
        grid.addWidget(sentence_label, 2, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(1, 1)
        for child in (self._symbol, words, sentence_label):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumWidth(CARD.width())
        self.setFixedHeight(max(CARD.height(), grid.totalHeightForWidth(CARD.width())))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show_symbol)
        self._show_symbol(False)

    def _show_symbol(self, is_chosen: bool) -> None:
        role = QPalette.ColorRole.Link if is_chosen else QPalette.ColorRole.ButtonText
        colour = self.palette().color(role).name()
        self._symbol.setPixmap(icon_pixmap(self._name_of_symbol, _SYMBOL, colour, self.devicePixelRatioF()))


def _small(name: str, sentence: str) -> QPushButton:
    """A format with its name alone; the sentence is told where the pointer rests."""
    button = QPushButton(name)
    button.setAccessibleDescription(sentence)
    button.setToolTip(sentence)
    button.setFixedHeight(_SMALL_CARD)
    return button
