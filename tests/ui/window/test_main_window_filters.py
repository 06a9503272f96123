"""Chips and find: which pages are shown."""

from fakes import FakeRecognizer, broken_image, draw_pages, keep, reading
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ocrdesk.engine.document import Line, Reading
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.desk.chosen import Change

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Uneven(FakeRecognizer):
    """Reads pages of an even width with doubt, and finds nothing on those whose width can be divided by five."""

    name = "uneven"

    def read(self, picture, turn=None):
        height, width = picture.shape[:2]
        text = Line(f"width {width}", 0.5 if width % 2 == 0 else 0.95, ((0, 0), (9, 0), (9, 9), (0, 9)))
        return Reading((text,) if width % 5 else (), width=width, height=height)


def chip(desk, name: str) -> QPushButton:
    return desk.child(f"chip{name}", QPushButton)


def test_chips_show_how_many_and_which(open_desk, scans):
    desk = open_desk(Uneven)
    draw_pages(scans, 6)  # widths 20 to 25
    broken_image(scans / "7.png")
    desk.drop(scans)
    desk.until_read()
    found = {}
    for name in ("All", "Done", "Doubtful", "Blank", "Failed"):
        desk.qtbot.mouseClick(chip(desk, name), LEFT)
        found[name] = (chip(desk, name).text().split()[-1], desk.shown)
    everything = [f"{number}.png" for number in range(1, 8)]
    assert found == {
        "All": ("7", everything),
        "Done": ("6", everything[:6]),
        "Doubtful": ("2", ["3.png", "5.png"]),
        "Blank": ("2", ["1.png", "6.png"]),
        "Failed": ("1", ["7.png"]),
    }
    desk.qtbot.mouseClick(chip(desk, "All"), LEFT)
    desk.child("pageGrid").setFocus()
    met = []
    for _ in range(3):
        desk.press(Qt.Key.Key_F3)
        met.append(desk.chosen)
    assert met == [["3.png"], ["5.png"], ["3.png"]], "from the top again after the last"

    (batch,) = desk.library.batches()
    for page_id in desk.library.page_ids(batch.id, PageFilter.DOUBTFUL):
        keep(desk.library, page_id, reading("a text"))
    desk.window.desk.chosen.tell(Change(None))
    assert chip(desk, "Doubtful").text().split()[-1] == "0"
    desk.until(lambda: desk.child("pageFacts").text() == "1 line")
    desk.press(Qt.Key.Key_F3)
    assert desk.notice == "No page shown here needs to be checked."


def test_pages_move_between_filters_while_they_are_read(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.until(lambda: len(desk.shown) == 2)
    assert not chip(desk, "Done").isEnabled()
    gate.let_one_go()
    desk.until(chip(desk, "Done").isEnabled)
    desk.qtbot.mouseClick(chip(desk, "Done"), LEFT)
    desk.until(lambda: desk.shown == ["1.png"])
    desk.choose("1.png")
    gate.open()
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    assert desk.chosen == ["1.png"]
