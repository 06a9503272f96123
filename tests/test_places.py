import sys
from pathlib import Path

import pytest

from ocrdesk import environment
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.places import HOME_VARIABLE, find_places
from ocrdesk.resources import program_file


def test_a_folder_named_by_hand_holds_everything(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "other"))
    places = find_places(tmp_path / "mine")
    assert places.library == places.settings == tmp_path / "mine"
    assert (places.cache, places.log) == (tmp_path / "mine" / "cache", tmp_path / "mine" / "log")


def test_the_variable_holds_everything_if_no_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "portable"))
    places = find_places()
    assert places.library == places.settings == tmp_path / "portable"
    assert places.cache.parent == places.log.parent == tmp_path / "portable"


def test_a_relative_folder_does_not_depend_on_where_the_program_goes_later(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    places = find_places(Path("mine"))
    monkeypatch.chdir("/")
    assert places.library == tmp_path / "mine"


def test_a_tilde_is_the_persons_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert find_places(Path("~/scans-library")).library == tmp_path / "scans-library"


@pytest.mark.parametrize("unset", [True, False])
def test_else_the_system_decides_and_the_cache_can_be_deleted_alone(monkeypatch, unset):
    if unset:
        monkeypatch.delenv(HOME_VARIABLE)
    else:
        monkeypatch.setenv(HOME_VARIABLE, "")
    places = find_places()
    for place in (places.library, places.settings, places.cache, places.log):
        assert place.is_absolute()
        assert "ocrdesk" in place.parts
    assert not places.library.is_relative_to(places.cache)
    assert not places.settings.is_relative_to(places.cache)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the names of the folders of Linux")
def test_linux_keeps_data_settings_and_cache_where_they_belong(monkeypatch, tmp_path):
    monkeypatch.delenv(HOME_VARIABLE)
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    places = find_places()
    assert places.library == tmp_path / "DATA" / "ocrdesk"
    assert places.settings == tmp_path / "CONFIG" / "ocrdesk"
    assert places.cache == tmp_path / "CACHE" / "ocrdesk"
    assert places.log.is_relative_to(tmp_path / "STATE" / "ocrdesk")


def test_finding_places_makes_no_folder(tmp_path):
    find_places(tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_a_home_that_nobody_has_is_told():
    with pytest.raises(OcrdeskError, match="no folder “~nobody-is-called-so/scans”"):
        find_places(Path("~nobody-is-called-so/scans"))


@pytest.mark.parametrize("is_portable", [True, False])
def test_a_packaged_program_with_the_file_beside_it_keeps_everything_beside_it(tmp_path, monkeypatch, is_portable):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ocrdesk"))
    if is_portable:
        (tmp_path / "portable").touch()
    places = find_places()
    assert places.library.is_relative_to(tmp_path) is is_portable
    assert places.are_ours is not is_portable
    if is_portable:
        assert places.library == places.settings == tmp_path / "ocrdesk library"


def test_an_appimage_and_a_bundle_are_what_people_see_of_them(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/Applications/ocrdesk.app/Contents/MacOS/ocrdesk")
    assert program_file() == Path("/Applications/ocrdesk.app")
    monkeypatch.setitem(environment.GIVEN, "APPIMAGE", str(tmp_path / "ocrdesk.AppImage"))
    assert program_file() == tmp_path / "ocrdesk.AppImage"


def test_a_file_called_portable_beside_a_python_means_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    (tmp_path / "portable").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert find_places().are_ours
