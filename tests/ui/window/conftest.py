"""Pages that were read."""

import pytest
from fakes import broken_image, draw_pages


@pytest.fixture
def five_pages(desk, scans):
    """Five pages that were read, of which the fifth failed."""
    draw_pages(scans, 4)
    broken_image(scans / "5.png")
    desk.drop(scans)
    desk.until_read()
    desk.until(lambda: desk.notice)
    desk.window.desk.notices.withdraw(("run", desk.batch().id))
    return desk
