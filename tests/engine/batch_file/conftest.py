from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from saved import full_batch, jpeg

from ocrdesk.engine.batch_file import save_batch
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


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A good file with pictures and thumbnails, which nobody may damage, beside what it was saved from."""
    folder = tmp_path_factory.mktemp("whole")
    with closing(Library(folder / "library")) as library:
        batch_id = full_batch(library, folder / "scans")
        save_batch(library, batch_id, folder / "a.ocrdesk", with_pictures=True, thumbnail=jpeg)
    return folder / "a.ocrdesk"


@pytest.fixture
def saved(whole, file) -> Path:
    """A good file with pictures and thumbnails."""
    copyfile(whole, file)
    return file
