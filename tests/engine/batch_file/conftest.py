import pytest

from ocrdesk.engine.library import Library


@pytest.fixture
def other(tmp_path):
    """The library of another computer."""
    library = Library(tmp_path / "other library")
    yield library
    library.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.ocrdesk"
