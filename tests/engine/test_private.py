import os
import stat

import pytest

from ocrdesk.engine import private

pytestmark = pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def no_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_new_file_is_private_and_one_that_is_there_is_left_alone(tmp_path):
    with private.create(tmp_path / "a") as file:
        file.write(b"1")
    with pytest.raises(FileExistsError):
        private.create(tmp_path / "a")
    private.make_file(tmp_path / "a")
    private.make_file(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert mode(tmp_path / "a") == mode(tmp_path / "b") == 0o600


def test_all_folders_that_are_made_are_private_and_those_that_are_there_keep_their_mode(tmp_path):
    (tmp_path / "there").mkdir(0o755)
    private.make_folder(tmp_path / "there" / "a" / "b")
    private.make_folder(tmp_path / "there" / "a" / "b")
    modes = [mode(tmp_path.joinpath(*parts)) for parts in (["there"], ["there", "a"], ["there", "a", "b"])]
    assert modes == [0o755, 0o700, 0o700]


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path):
    (tmp_path / "a").touch()
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(OSError):
            private.make_folder(folder)


def test_what_the_owner_may_do_stays_when_others_are_shut_out(tmp_path):
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o574)
    private.tighten(tmp_path / "a")
    assert mode(tmp_path / "a") == 0o500
    private.tighten(tmp_path / "not there")
