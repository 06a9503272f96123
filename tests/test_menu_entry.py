"""The entry in the desktop's menu, in a home of its own."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ocrdesk import environment, menu_entry
from ocrdesk.cli.main import main
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import in_all_languages

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there the installer does this")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The folder of what a user installed."""
    folder = tmp_path / "hömé with spaces" / ".local" / "share"
    monkeypatch.setattr(menu_entry, "user_folder", lambda: folder)
    monkeypatch.setitem(environment.GIVEN, "XDG_DATA_DIRS", str(tmp_path / "all users"))
    return folder


@pytest.fixture
def entry(data):
    return data / "applications" / "io.github.ocrdesk.ocrdesk.desktop"


def read(entry: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str
    parser.read(entry, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_entry_is_put_there_and_removal_leaves_nothing(data, entry, capsys):
    assert not menu_entry.is_in_menu()
    assert main(["--install-desktop"]) == 0
    assert menu_entry.is_in_menu()
    assert str(entry) in capsys.readouterr().err
    assert read(entry)["Exec"].endswith(" %F")
    assert main(["--remove-desktop"]) == 0
    assert not menu_entry.is_in_menu()
    assert list(data.rglob("*")) == []
    assert main(["--remove-desktop"]) == 0
    assert "was not in the menu" in capsys.readouterr().err


def test_what_others_put_there_stays(data):
    others = [
        data / "applications" / "other.desktop",
        data / "mime" / "packages" / "other.xml",
        data / "icons" / "x.png",
    ]
    for path in others:
        path.parent.mkdir(parents=True)
        path.write_text("<mime-info xmlns='http://www.freedesktop.org/standards/shared-mime-info'/>")
    menu_entry.install()
    assert menu_entry.remove()
    assert all(path.exists() for path in others)


def test_it_names_the_program_in_all_languages_and_opens_no_folders(data, entry):
    menu_entry.install()
    said = read(entry)
    assert said["Comment"] == "Read the text in scans, photos and receipts"
    foreign = in_all_languages(said["Comment"])
    assert {"fr", "ja"} <= set(foreign)
    for language, words in foreign.items():
        assert said[f"Comment[{language}]"] == words != said["Comment"]
    types = said["MimeType"].split(";")
    assert {"application/pdf", "image/jpeg", menu_entry.BATCH_FILE_TYPE} <= set(types)
    assert "inode/directory" not in types, "it would open folders where no file manager is set"
    menus = [path for path in data.rglob("*folder*") if path.is_file()]
    assert len(menus) == 3
    assert all("Read with ocrdesk" in path.read_text(encoding="utf-8") for path in menus)


def test_saved_batches_have_a_type_and_icons_in_all_sizes(data):
    menu_entry.install()
    (package,) = (data / "mime" / "packages").glob("*.xml")
    names = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
    root = ElementTree.parse(package).getroot()
    assert root.find("mime:mime-type", names).get("type") == menu_entry.BATCH_FILE_TYPE
    assert root.find("mime:mime-type/mime:glob", names).get("pattern") == "*.ocrdesk"
    for size in (16, 32, 48, 128, 512):
        icons = {path.parent.name for path in (data / "icons/hicolor" / f"{size}x{size}").rglob("*.png")}
        assert icons == {"apps", "mimetypes"}
    assert len(list((data / "icons/hicolor/scalable").rglob("*.svg"))) == 2


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (["/opt/ocrdesk/ocrdesk"], "/opt/ocrdesk/ocrdesk %F"),
        (["/home/ü x/bin/ocrdesk"], '"/home/ü x/bin/ocrdesk" %F'),
        (["/a/100%/ocrdesk"], '"/a/100%%/ocrdesk" %F'),
        (["/a/$b/oc\"r", "-m", "ocrdesk"], '"/a/\\\\$b/oc\\\\"r" -m ocrdesk %F'),
    ],
)  # fmt: skip
def test_the_command_is_quoted_as_entries_want_it(tmp_path, command, written):
    menu_entry.write(tmp_path, command)
    (entry,) = (tmp_path / "applications").glob("*.desktop")
    assert read(entry)["Exec"] == written


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="needs desktop-file-validate")
def test_desktops_find_no_fault_with_it(data, entry):
    menu_entry.install()
    checked = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True)
    assert (checked.stdout, checked.returncode) == ("", 0)


def test_the_packaged_program_is_started_by_its_own_file(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert menu_entry.command_of_program() == [sys.executable]
    monkeypatch.setitem(environment.GIVEN, "APPIMAGE", "/home/me/ocrdesk.AppImage")
    assert menu_entry.command_of_program() == ["/home/me/ocrdesk.AppImage"]


def test_a_folder_that_cannot_be_written_is_said(data, monkeypatch):
    data.parent.mkdir(parents=True)
    data.write_text("a file")
    with pytest.raises(OcrdeskError, match="menu entry cannot be written"):
        menu_entry.install()


def test_elsewhere_the_installer_does_it(monkeypatch):
    monkeypatch.setattr(menu_entry.sys, "platform", "win32")
    with pytest.raises(OcrdeskError, match="installer"):
        menu_entry.install()
