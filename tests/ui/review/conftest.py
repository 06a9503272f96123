import pytest
from desks import clear_desk
from reviewed import Reviewed


@pytest.fixture
def review(qtbot, library, decoder, tmp_path):
    review = Reviewed(qtbot, library, decoder, tmp_path / "pictures")
    yield review
    clear_desk(review.desk)
