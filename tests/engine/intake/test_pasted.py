"""Pictures that were pasted live as long as a page shows them, and nothing else in their folder is touched."""

import os
import stat
from datetime import datetime

import pytest
from fakes import batch_of

from ocrdesk.engine.document import Source
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.pasted import FOLDER, PastedPictures, pasted_pages

WHEN = datetime(2026, 11, 28, 15, 49, 3)
PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def pictures(library):
    return PastedPictures(library)


def page_of(path) -> Source:
    return Source(path, path.name, 0, 1, 1)


def test_a_picture_is_kept_as_it_is_under_the_time_it_was_pasted(library, pictures):
    path = pictures.keep(PNG, WHEN)
    assert path == library.folder / FOLDER / "Pasted 2026-11-28 15.49.03.png"
    assert path.read_bytes() == PNG


def test_two_of_the_same_second_are_two_files(pictures):
    first, second = pictures.keep(PNG, WHEN), pictures.keep(b"another", WHEN)
    assert second.name == "Pasted 2026-11-28 15.49.03 (2).png"
    assert (first.read_bytes(), second.read_bytes()) == (PNG, b"another")


@pytest.mark.skipif(os.name == "nt", reason="folders of a person are private there")
def test_only_its_owner_may_read_it(pictures):
    path = pictures.keep(PNG, WHEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_pages_that_were_pasted_are_told_from_others(library, pictures, tmp_path):
    path = pictures.keep(PNG, WHEN)
    others = [page_of(library.folder / f"{FOLDER}{more}" / "1.png") for more in (" not", "2")]
    batch_id, pages = batch_of(library, [page_of(tmp_path / "1.png"), page_of(path), *others])
    other, _ = batch_of(library, [page_of(tmp_path / "2.png")], tmp_path)
    assert pasted_pages(library, batch_id) == {pages[1]}
    assert pasted_pages(library, other) == set()


def test_a_picture_goes_with_the_last_page_that_shows_it(library, pictures, tmp_path):
    path = pictures.keep(PNG, WHEN)
    _, pages = batch_of(library, [page_of(path)])
    other, _ = batch_of(library, [page_of(path)], tmp_path)
    pictures.remove_unused()
    library.remove_pages(pages)
    pictures.remove_unused()
    assert path.exists()
    library.removing.hide(other)
    pictures.remove_unused()
    assert path.exists(), "what is being opened is hidden, too"
    library.removing.finish(other)
    pictures.remove_unused()
    assert not path.parent.exists()


def test_the_folder_stays_as_long_as_its_batch(library, pictures):
    path = pictures.keep(PNG, WHEN)
    batch_id, pages = batch_of(library, [page_of(path)], path.parent)
    pictures.remove_unused()
    library.remove_pages(pages)
    pictures.remove_unused()
    assert list(path.parent.iterdir()) == []
    library.remove_batch(batch_id)
    pictures.remove_unused()
    assert not path.parent.exists()


def test_what_was_not_pasted_is_never_removed(library, pictures, tmp_path):
    path = pictures.keep(PNG, WHEN)
    mine = path.with_name("Pasted by me.png")
    mine.write_bytes(b"mine")
    pictures.remove_unused()
    assert not path.exists()
    assert mine.read_bytes() == b"mine"


def test_nothing_pasted_is_nothing_to_remove(library, pictures):
    pictures.remove_unused()
    assert not (library.folder / FOLDER).exists()


def test_where_it_cannot_be_kept_a_sentence_says_what_to_do(library, pictures):
    (library.folder / FOLDER).write_bytes(b"a file in the way")
    with pytest.raises(OcrdeskError, match="Check that you may write there, then paste it again"):
        pictures.keep(PNG, WHEN)
