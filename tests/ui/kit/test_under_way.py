from PySide6.QtWidgets import QToolButton

from ocrdesk.ui.kit.under_way import UnderWay


def test_each_thing_has_a_line_which_goes_when_it_has_ended(qtbot):
    under_way = UnderWay()
    qtbot.addWidget(under_way)
    assert not under_way.isVisible()
    under_way.say("export", "Exporting: 1 of 3 pages")
    under_way.say(7, "500 pages found in “scans”…")
    under_way.say("export", "Exporting: 2 of 3 pages")
    assert under_way.isVisible()
    assert under_way.text == "Exporting: 2 of 3 pages\n500 pages found in “scans”…"
    under_way.end("export")
    under_way.end("export")
    assert under_way.text == "500 pages found in “scans”…"
    under_way.end(7)
    assert not under_way.isVisible()


def test_what_can_be_cancelled_has_a_button_and_what_cannot_has_none(qtbot):
    under_way, cancelled = UnderWay(), []
    qtbot.addWidget(under_way)
    under_way.say("removal", "Removing 20,000 pages…")
    assert under_way.findChildren(QToolButton) == []
    under_way.say("export", "Exporting: 1 of 3 pages", lambda: cancelled.append("export"))
    under_way.say("export", "Exporting: 2 of 3 pages", lambda: cancelled.append("export"))
    under_way.findChild(QToolButton).click()
    assert cancelled == ["export"]
