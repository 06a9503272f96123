from fakes import batch_of, keep, line
from PySide6.QtWidgets import QPushButton

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import Reading, Source
from ocrdesk.ui.window.lost_dialog import LostDialog


def test_corrections_without_a_place_lead_to_their_pages(desk, scans):
    sources = [Source(scans / f"{number}.png", f"{number}.png") for number in range(3)]
    batch_id, pages = batch_of(desk.library, sources, scans)
    for page_id in pages:
        keep(desk.library, page_id, Reading((line("Mill Lame", top=10),), 400, 200))
    desk.window.desk.batches.follow(None)
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.until(lambda: desk.model.rowCount() == 3)
    desk.action("actionShowLost").trigger()
    desk.until(lambda: desk.notice == "Every correction of this batch has its place.")
    (one,) = desk.library.texts.of(pages[2]).lines
    desk.library.corrections.keep(pages[2], corrected(one, "Mill Lane"))
    keep(desk.library, pages[2], Reading((line("Something else", top=150),), 400, 200))
    desk.action("actionShowLost").trigger()
    dialog = desk.window.findChild(LostDialog)
    assert [dialog.list.model().index(0, column).data() for column in range(3)] == ["Mill Lame", "Mill Lane", "2.png"]
    dialog.findChild(QPushButton, "showLost").click()
    desk.until(lambda: desk.chosen == ["2.png"])
    desk.until(desk.window.page_view.lost.isVisible)
