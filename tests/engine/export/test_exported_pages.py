import pytest
from exported import BLANK, FAILED, PROSE, exported

from ocrdesk.engine.document import PageStatus


@pytest.mark.parametrize(
    ("page", "status", "note"),
    [
        (exported(PROSE), "done", None),
        (BLANK, "no text", "no text"),
        (FAILED, "failed", "failed: Damaged."),
        (exported(status=PageStatus.FAILED), "failed", "failed"),
        (exported(status=PageStatus.PENDING), "not read yet", "not read yet"),
        (exported(PROSE, status=PageStatus.PENDING), "not read yet", None),
    ],
)
def test_a_page_says_what_became_of_it(page, status, note):
    assert (page.status, page.note) == (status, note)
