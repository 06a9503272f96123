"""The group check, and the review word by word, each on a desk of its own."""

import pytest
from doubtful_pages import keep_pages
from fakes import PATIENCE
from PySide6.QtWidgets import QPushButton
from reviewed import Reviewed, text_of

from ocrdesk.engine.library.doubts import Scope
from ocrdesk.ui.review.group_view import GroupView


@pytest.fixture
def batch(library, scans):
    """Two pages: three words with an l and two with a 0, of which one line has two."""
    return keep_pages(library, scans, ("mill l944", "and lo"), ("g0 fr0m here", "so be it"))


@pytest.fixture
def window(laid):
    laid.window.resize(1000, 760)
    return laid.window


@pytest.fixture
def view(qtbot, window, laid, batch):
    """The group check of the batch, open."""
    view = GroupView(laid)
    window.centralWidget().layout().addWidget(view, 1)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    view.begin(Scope(batch[0]))
    qtbot.waitUntil(lambda: bool(view.model.members), timeout=int(PATIENCE * 1000))
    wait_for_pictures(qtbot, view)
    return view


def wait_for_pictures(qtbot, view):
    """Until all cells are seen."""
    accept = view.findChild(QPushButton, "groupAccept")
    qtbot.waitUntil(accept.isEnabled, timeout=int(PATIENCE * 1000))


@pytest.fixture
def review(qtbot, window, laid, tmp_path):
    """The review word by word, with no pages yet."""
    review = Reviewed(qtbot, window, laid, tmp_path / "pictures")
    yield review
    review.view.end()  # or what was kept would be told to a desk that is cleared


@pytest.fixture
def page(review) -> int:
    """A page with three words to check: ovor, qvick, jumps."""
    (page_id,) = review.add_pages(text_of())
    review.begin()
    return page_id
