"""A review of a few words on drawn pages."""

from fakes import PATIENCE, batch_of, keep, words_line
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.rivals import RivalLetter
from ocrdesk.ui.review.review_view import OneByOne

WORDS = (
    (("the", 0.99), ("qvick", 0.3), ("fox", 0.99)),
    (("jumps", 0.5), ("ovor", 0.1)),
)


def text_of(words=WORDS) -> Reading:
    """Lines of words, one under the other."""
    lines = tuple(words_line(*some, top=40.0 * number + 20) for number, some in enumerate(words))
    return Reading(lines, 300, 200)


class Reviewed:
    """A view in a window of its own, and what a person sees and presses."""

    def __init__(self, qtbot, window, desk, folder) -> None:
        self.qtbot, self.window, self.desk, self.folder = qtbot, window, desk, folder
        self.library = desk.library
        folder.mkdir(exist_ok=True)
        window.resize(1200, 800)
        self.view = OneByOne(desk)
        middle = self.window.centralWidget().layout()
        middle.insertWidget(0, self.view, 1)
        self.items, self.field = self.view.items, self.view.card.field
        self.progress: list[tuple[int, int, str]] = []
        self.view.progressed.connect(lambda *told: self.progress.append(told))
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def add_pages(self, *texts: Reading) -> list[int]:
        """Adds pages that were read, each with a picture."""
        sources = [Source(self.folder / f"{number}.png", f"{number}.png", 0, 1, 1) for number in range(len(texts))]
        for source, text in zip(sources, texts, strict=True):
            Image.new("RGB", (text.width, text.height), "white").save(source.path)
        _, pages = batch_of(self.library, sources, self.folder)
        for page_id, text in zip(pages, texts, strict=True):
            keep(self.library, page_id, text)
        return pages

    def begin(self, scope: Scope | None = None) -> None:
        self.desk.batches.follow(None)
        self.view.reset()
        self.view.begin(scope or Scope())
        self.until(lambda: self.is_there or self.end)

    def until(self, condition) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=int(PATIENCE * 1000))

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key, and waits until the next word is there."""
        self.qtbot.keyClick(QApplication.focusWidget(), key, held)
        self.until(lambda: self.end or (not self.field.is_held and self.is_there))

    def type(self, words: str) -> None:
        for letter in words:  # which QTest can only type if it is ASCII
            press = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(QApplication.focusWidget(), press)

    @property
    def is_there(self) -> bool:
        """Whether the present word is there, with its picture or with why there is none."""
        shown = self.items.present
        return shown is not None and (shown.strip is not None or bool(shown.trouble))

    @property
    def word(self) -> str:
        return self.field.text()

    @property
    def end(self) -> str:
        """The title at the end, empty until then."""
        page = self.child("reviewEnd")
        return self.child("reviewEndTitle", QLabel).text() if page.isVisible() else ""

    def count(self, name: str) -> int:
        return int(self.child(f"{name}Count", QLabel).text())

    def child(self, name: str, kind: type = QWidget) -> QWidget:
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} “{name}”"
        return found


RIVALS = (RivalLetter(2, 1, "e", 0.5), RivalLetter(0, 1, "O", 0.25))
