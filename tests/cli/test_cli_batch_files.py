from pathlib import Path

import pytest
from fakes import batch_of, draw_pages, keep, reading

from ocrdesk.cli import batch_files
from ocrdesk.cli.main import main
from ocrdesk.engine.document import Source
from ocrdesk.engine.library import Library


@pytest.fixture
def filled(own_home, scans):
    """Batch 1, “scans”, of two pages that were read."""
    library = Library(own_home)
    found = [Source(path, path.name, 0, path.stat().st_size, 1) for path in draw_pages(scans, 2)]
    _, pages = batch_of(library, found, scans)
    for page_id in pages:
        keep(library, page_id, reading("some", f"text {page_id}"))
    library.close()


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "a.ocrdesk"


@pytest.fixture
def there(tmp_path) -> list[str]:
    """The library of another computer."""
    return ["--library", str(tmp_path / "there")]


@pytest.mark.parametrize("pictures", [[], ["--pictures"]])
@pytest.mark.parametrize("word", ["1", "scans"])
def test_a_batch_is_saved_and_opened_elsewhere(filled, file, there, scans, capsys, word, pictures):
    assert main(["save", word, str(file), *pictures]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"2 pages{' with 2 pictures' if pictures else ''} saved to “{file}”.\n"
    scans.rename(scans.with_name("gone"))
    assert main(["open", str(file), str(file), *there]) == 0
    said = capsys.readouterr()
    assert said.out == "1\n2\n"
    assert said.err == "“scans” opened: 2 pages.\n" * 2
    library = Library(Path(there[1]))
    assert [library.text(page_id) for page_id in library.page_ids(2)] == ["some\ntext 1", "some\ntext 2"]
    exist = [page.path.exists() for page in library.pages(library.page_ids(1)).values()]
    assert exist == [bool(pictures)] * 2
    library.close()


def test_opening_leaves_alone_what_a_person_removed_and_removes_what_was_half_opened(filled, file, own_home):
    assert main(["save", "scans", str(file)]) == 0
    library = Library(own_home)
    library.removing.hide(1)
    with library._connection.write() as db:  # as a kill leaves it
        db.execute("INSERT INTO batch (name, origin, whole_folder, hidden) VALUES ('half', x'2f', 1, 1)")
    library.close()
    assert main(["open", str(file)]) == 0
    library = Library(own_home)
    assert [one.name for one in library.removing.removed()] == ["scans"]
    assert library.removing.hidden() == [1]
    library.close()


def test_the_ending_need_not_be_written(filled, file):
    assert main(["save", "scans", str(file.with_suffix(""))]) == 0
    assert file.exists()


def test_pictures_that_are_missing_are_told_and_are_a_failure(filled, file, scans, capsys):
    (scans / "1.png").unlink()
    assert main(["save", "scans", str(file), "--pictures"]) == 1
    assert "2 pages with 1 picture saved" in (said := capsys.readouterr().err)
    assert said.endswith(" The picture of 1 file could not be included.\n")


def test_a_batch_that_is_not_there_is_bad_use(filled, file, capsys):
    assert main(["save", "letters", str(file)]) == 2
    assert "has no batch “letters”" in capsys.readouterr().err
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_a_failure(filled, tmp_path, capsys):
    assert main(["save", "scans", str(tmp_path / "nowhere" / "a.ocrdesk")]) == 1
    assert "its folder is not there" in capsys.readouterr().err


@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_a_folder_is_no_file_to_save_to(filled, folder, capsys):
    assert main(["save", "scans", folder]) == 2
    assert f"“{folder}” is a folder. Name the file to save to" in capsys.readouterr().err.replace("\\", "/")


def test_one_bad_file_does_not_keep_the_others_out(filled, file, there, tmp_path, capsys):
    main(["save", "scans", str(file)])
    bad = tmp_path / "bad.ocrdesk"
    bad.write_bytes(b"nothing")
    capsys.readouterr()
    assert main(["open", str(bad), str(tmp_path / "gone.ocrdesk"), str(file), *there]) == 1
    said = capsys.readouterr()
    assert said.out == "1\n"
    assert "“bad.ocrdesk” is not a saved batch" in said.err
    assert "“gone.ocrdesk” is not there" in said.err


def test_an_interrupt_leaves_nothing(filled, file, there, capsys, monkeypatch, interrupt):
    main(["save", "scans", str(file)])
    whole = file.read_bytes()

    class Interrupting(batch_files.Progress):
        def __call__(self, done, total):
            interrupt()

    monkeypatch.setattr(batch_files, "Progress", Interrupting)
    assert main(["save", "scans", str(file), "--replace"]) == 130
    assert main(["open", str(file), *there]) == 130
    assert file.read_bytes() == whole
    library = Library(Path(there[1]))
    assert library.batches() == []
    library.close()


def test_a_window_that_has_the_library_is_told(filled, file, own_home, capsys):
    main(["save", "scans", str(file)])
    library = Library(own_home)
    assert main(["open", str(file)]) == 2
    assert "already running" in capsys.readouterr().err
    assert main(["save", "scans", str(file), "--replace"]) == 0, "saving only reads"
    library.close()


def test_a_file_that_is_there_is_replaced_only_if_told_so(filled, file, capsys):
    file.write_bytes(b"mine")
    assert main(["save", "scans", str(file)]) == 2
    assert file.read_bytes() == b"mine"
    assert "exists already" in capsys.readouterr().err
    assert main(["save", "scans", str(file), "--replace"]) == 0
    assert file.read_bytes()[:2] == b"PK"
