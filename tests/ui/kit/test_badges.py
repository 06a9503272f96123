from pathlib import Path

import pytest

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.ui.kit.badges import badge_of

DONE = PageStatus.DONE


def badge(status=DONE, **values):
    return badge_of(Page(1, 1, Path("/scans/1.png"), 0, "1.png", status, **values))


@pytest.mark.parametrize(
    ("name", "words", "values"),
    [
        ("waiting", "Waiting", {"status": PageStatus.PENDING}),
        ("running", "Reading…", {"status": PageStatus.RUNNING}),
        ("failed", "Failed", {"status": PageStatus.FAILED, "message": "The file is empty."}),
        ("done", "Done", {"line_count": 1, "to_check": 0}),
        ("doubtful", "3 to check", {"line_count": 1, "to_check": 3}),
        ("no-text", "No text", {"line_count": 0}),
        ("doubtful", "1 to check", {"line_count": 0, "to_check": 1}),  # what looks like text could not be read
        ("warning", "Kept", {"line_count": 1, "to_check": 2, "message": "Reading it again failed."}),
        # what an earlier reading left says nothing while the page is read again
        ("waiting", "Waiting", {"status": PageStatus.PENDING, "line_count": 0}),
        ("running", "Reading…", {"status": PageStatus.RUNNING, "line_count": 1, "to_check": 5}),
    ],
)
def test_each_state_has_a_shape_and_words_of_its_own(name, words, values):
    found = badge(**values)
    assert (found.name, found.words) == (name, words)
