from PySide6.QtWidgets import QPushButton

from ocrdesk.ui.kit.flow_layout import Flow
from ocrdesk.ui.kit.theme import SPACE


def test_widgets_stand_in_as_many_rows_as_they_need(qtbot):
    parts = [QPushButton(words) for words in ("one", "another", "a third one", "hidden")]
    flow = Flow(parts)
    qtbot.addWidget(flow)
    parts[3].hide()
    wide = flow.width_in_one_row
    assert wide == sum(part.sizeHint().width() for part in parts[:3]) + 2 * SPACE
    flow.resize(wide, 100)
    flow.show()
    assert {part.y() for part in parts[:3]} == {0}
    flow.resize(wide - 1, 100)
    assert parts[2].pos().toTuple() == (0, parts[0].height() + SPACE)
    assert flow.heightForWidth(wide - 1) == 2 * parts[0].height() + SPACE
    assert all(part.width() == part.sizeHint().width() for part in parts[:3])
    parts[1].hide()
    flow.lay_out()
    assert parts[2].y() == 0
