"""Pages that were read."""

import pytest
from fakes import broken_image

from ocrdesk.engine.document import Source
from ocrdesk.engine.facts import Fact
from ocrdesk.ui.desk.chosen import Change


@pytest.fixture
def five_pages(desk, scans):
    """Five pages that were read, of which the fifth failed."""
    desk.show_read(scans, 4)
    broken = Source(broken_image(scans / "5.png"), "5.png")
    (page_id,) = desk.library.add_pages(desk.batch().id, [broken]).page_ids
    desk.library.checkpoints.keep_failure(page_id, Fact.PICTURE_MISSING())
    desk.window.desk.chosen.tell(Change(desk.batch().id, has_more=True))
    desk.until(lambda: len(desk.shown) == 5)
    return desk
