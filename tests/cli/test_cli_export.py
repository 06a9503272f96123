import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import batch_of, keep, line, reading

import ocrdesk
from ocrdesk.cli import export as terminal_export
from ocrdesk.cli.main import main
from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.library import Library


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def filled(own_home):
    """Batch 1 “receipts” with a folder and a failed page, batch 2 “letters”, and 3 with a page of 1 once more."""
    library = Library(own_home)
    names = ["1.png", "may/2.png", "bad.png"]
    receipts = [Source(Path("/scans/receipts") / name, name, size=1, modified=1) for name in names]
    _, pages = batch_of(library, receipts, Path("/scans/receipts"))
    keep(library, pages[0], reading("one"))
    keep(library, pages[1], reading("two"))
    library.checkpoints.keep_failure(pages[2], "Damaged.")
    _, pages = batch_of(library, 1, Path("/scans/letters"))
    keep(library, pages[0], reading("a letter"))
    batch_id = library.batch_of_folder(Path("/scans/receipts/may"), whole=False)
    library.add_pages(batch_id, [Source(Path("/scans/receipts/may/2.png"), "2.png", size=1, modified=1)])
    library.close()


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def export(out: Path, *words: str, format: str = "txt") -> int:
    return main(["export", *words, "--format", format, "--out", str(out)])


@pytest.mark.parametrize("word", ["1", "receipts", "/scans/receipts"])
def test_a_batch_is_exported_by_its_number_its_name_or_its_folder(filled, out, capsys, word):
    assert export(out, word) == 0
    assert files(out) == ["1.png.txt", "bad.png.txt", "may/2.png.txt"]
    said = capsys.readouterr()
    assert said.out == ""
    assert f"3 files written to “{out}”." in said.err


def test_a_page_in_two_batches_is_taken_from_where_it_was_read(filled, out):
    assert export(out, "/scans/receipts/may/2.png") == 0
    assert (out / "may/2.png.txt").read_text() == "two\n"


def test_several_batches_at_once_each_in_a_file(filled, out):
    assert export(out, "1", "letters", "1", format="jsonl") == 0
    assert files(out) == ["letters.jsonl", "receipts.jsonl"]
    assert len((out / "receipts.jsonl").read_text("utf-8").splitlines()) == 3


def test_several_batches_at_once_each_in_a_folder(filled, out):
    assert export(out, "1", "letters") == 0
    assert files(out) == [
        "letters/1.png.txt", "receipts/1.png.txt", "receipts/bad.png.txt", "receipts/may/2.png.txt"
    ]  # fmt: skip


def test_all_batches_at_once(filled, out):
    assert export(out, "--all", "--template", "{batch} {stem}") == 0
    assert files(out) == ["letters 1.txt", "may 2.txt", "receipts 1.txt", "receipts 2.txt", "receipts bad.txt"]


def test_all_or_what_is_named(filled, own_home, out, capsys):
    for words in ([], ["--all", "1"]):
        with pytest.raises(SystemExit) as ended:
            export(out, *words)
        assert ended.value.code == 2
    assert "name what to export, or use --all" in capsys.readouterr().err
    assert not out.exists()


def test_all_of_nothing(own_home, out, capsys):
    Library(own_home).close()
    assert export(out, "--all") == 2
    assert "has no pages yet" in capsys.readouterr().err


def test_pages_of_a_folder_come_in_their_order(filled, out):
    assert export(out, "/scans/receipts", "--template", "{index}-{name}") == 0
    assert files(out) == ["1-1.png.txt", "2-2.png.txt", "3-bad.png.txt"]


def test_a_path_is_taken_from_where_one_is(filled, out, monkeypatch, tmp_path):
    monkeypatch.chdir("/")
    assert export(out, "scans/letters") == 0
    assert files(out) == ["1.png.txt"]


def test_one_file_and_a_template(filled, out):
    assert export(out, "receipts", "--per", "batch") == 0
    assert export(out, "receipts", "--template", "{index:03}-{stem}") == 0
    assert files(out) == ["001-1.txt", "002-2.txt", "003-bad.txt", "receipts.txt"]


def test_files_that_exist_end_it_with_2_unless_told_what_becomes_of_them(filled, out, capsys):
    assert export(out, "1") == 0
    (out / "1.png.txt").write_text("mine")
    (out / "bad.png.txt").unlink()
    capsys.readouterr()
    assert export(out, "1") == 2
    assert "2 of 3 files exist already. Choose --existing replace, keep-both or skip" in capsys.readouterr().err
    assert not (out / "bad.png.txt").exists()
    assert export(out, "1", "--existing", "skip") == 0
    assert "1 file written" in capsys.readouterr().err
    assert (out / "1.png.txt").read_text() == "mine"
    assert export(out, "1", "--existing", "keep-both") == 0
    assert (out / "1.png (2).txt").read_text() == "one\n"
    assert export(out, "1", "--existing", "replace") == 0
    assert (out / "1.png.txt").read_text() == "one\n"


def test_a_file_that_cannot_be_written_ends_it_with_1(filled, out, capsys):
    out.mkdir()
    (out / "may").write_text("")
    assert export(out, "1") == 1
    said = capsys.readouterr().err
    assert "may" in said
    assert "2 files written" in said and "1 failed" in said


def test_what_is_not_in_the_library_ends_it_with_2(filled, out, capsys):
    assert export(out, "no such thing") == 2
    assert "no pages of “no such thing”" in capsys.readouterr().err
    assert not out.exists()


def test_an_empty_word_is_not_the_folder_one_is_in(filled, out, monkeypatch):
    monkeypatch.chdir("/")
    assert export(out, "/") == 0
    assert export(out.with_name("other"), "") == 2


def test_two_batches_of_one_name_are_told_apart_by_number(own_home, out, capsys):
    library = Library(own_home)
    batch_of(library, 1, Path("/a/scans"))
    batch_of(library, 1, Path("/b/scans"))
    library.close()
    assert export(out, "scans") == 2
    assert "2 batches are called “scans”. Give the number of one: 2, 1." in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["export"],
        ["export", "1"],
        ["export", "1", "--format", "txt"],
        ["export", "1", "--out", "x"],
        ["export", "1", "--out", "", "--format", "txt"],
        ["export", "1", "--out", "x", "--format", "doc"],
        ["export", "1", "--out", "x", "--format", "txt", "--existing", "ask"],
    ],
)
def test_bad_use_ends_with_2(filled, capsys, words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: ocrdesk export" in capsys.readouterr().err


def test_a_bad_template_ends_with_2(filled, out, capsys):
    assert export(out, "1", "--template", "{author}") == 2
    assert "There is no “{author}”" in capsys.readouterr().err


def test_an_interrupt_ends_it_after_the_file_in_hand(filled, out, monkeypatch, capsys, interrupt):
    class Interrupting:
        def __call__(self, done, total):
            if done == 1:
                interrupt()

    monkeypatch.setattr(terminal_export, "Progress", Interrupting)
    before = signal.getsignal(signal.SIGINT)
    assert export(out, "1") == 130
    assert files(out) == ["1.png.txt"]
    assert "interrupted" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_while_it_is_planned_writes_nothing(filled, out, monkeypatch, capsys, interrupt):
    plan = Export.plan

    def interrupted(export):
        interrupt()
        return plan(export)

    monkeypatch.setattr(Export, "plan", interrupted)
    assert export(out, "1") == 130
    assert not out.exists()


def test_how_far_it_is_is_said_now_and_then_but_not_at_the_end(monkeypatch, capsys):
    seconds = iter([0.0, 0.5, 1.5, 9.0])
    monkeypatch.setattr(terminal_export, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    progress = terminal_export.Progress()
    for done in (1, 2, 3):
        progress(done, 3)
    assert capsys.readouterr().err == "2/3\n"


def test_without_a_library_it_says_so(own_home, out, capsys):
    assert export(out, "1") == 2
    assert "There is no library" in capsys.readouterr().err


def test_a_record_has_the_names_that_run_gives(filled, out):
    export(out, "letters", format="jsonl")
    record = json.loads((out / "letters.jsonl").read_text("utf-8"))
    assert (record["file"], record["page"], record["error"]) == (str(Path("/scans/letters/1.png")), 0, None)


def test_what_was_got_over_is_no_traceback_for_a_person(own_home, scans, out):
    page = scans / "letter.pdf"
    page.write_bytes(b"no PDF at all")
    library = Library(own_home)
    _, (page_id,) = batch_of(library, [Source(page, page.name, size=1, modified=1)], scans)
    library.checkpoints.keep_failure(page_id, "Damaged.")
    library.close()
    ended = subprocess.run(
        [sys.executable, "-m", "ocrdesk", "export", "1", "--format", "pdf", "--out", str(out)],
        env={**os.environ, "PYTHONPATH": str(Path(ocrdesk.__file__).parents[1])},
        capture_output=True,
        check=False,
    )
    said = [line for line in ended.stderr.decode().splitlines() if line != "1/1"]  # how far it is, on a slow computer
    assert ended.returncode == 1
    assert len(said) == 2
    assert said[0].startswith("“letter.pdf” was not written: ")
    assert "0 files written" in said[1]


def test_tables_alone_are_exported_cell_by_cell(filled, own_home, out, capsys):
    library = Library(own_home)
    cells = [line(f"{name}{row}", left, 20 * row, 40) for row in range(3) for name, left in (("a", 0), ("b", 90))]
    keep(library, library.page_ids(1)[0], Reading(tuple(cells), 200, 300))
    library.close()
    assert main(["export", "1", "--tables", "--format", "csv", "--out", str(out)]) == 0
    assert files(out) == ["1.png-t1.csv"]
    assert main(["export", "1", "--tables", "--format", "xlsx", "--out", str(out)]) == 0
    assert files(out) == ["1.png-t1.csv", "receipts.xlsx"]
    capsys.readouterr()
    assert main(["export", "2", "--tables", "--format", "csv", "--out", str(out)]) == 2
    assert "No table was found" in capsys.readouterr().err
    assert main(["export", "1", "--tables", "--format", "txt", "--out", str(out)]) == 2
    assert "csv or xlsx" in capsys.readouterr().err


def test_tables_of_a_run_need_a_format(own_home, tmp_path, capsys):
    assert main(["run", str(tmp_path), "--tables"]) == 2
    assert "--format F --out DIR" in capsys.readouterr().err
