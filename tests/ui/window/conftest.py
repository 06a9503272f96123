"""Pages that were read."""

import pytest


@pytest.fixture
def five_pages(desk, scans):
    """Five pages that were read, of which the fifth failed."""
    desk.show_read(scans, 4, failed=1)
    return desk
