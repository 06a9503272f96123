import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from drawn import HEIC, WIDTH, drawing, picture_in
from exported import NoDecoder, run, tree
from fakes import batch_of, keep, reading

from ocrdesk.engine.document import Source
from ocrdesk.engine.errors import BadTemplate, DiskFull, ExportFailed, PageUnreadable
from ocrdesk.engine.export import export as module
from ocrdesk.engine.export.choices import ExportChoices, check_choices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.export.formats import FORMATS


class Cancelling(threading.Event):
    """Is set when it has been looked at so many times."""

    def __init__(self, looks: int):
        super().__init__()
        self.looks = looks

    def is_set(self) -> bool:
        self.looks -= 1
        return self.looks < 0


# What is written


def test_every_page_is_a_file_in_the_tree_of_its_folders(export, out):
    result = run(export())
    assert tree(out) == {
        "1.png.txt": "first\n",
        "sub/1.png.txt": "Größe 发票\n",
        "blank.png.txt": "[no text]\n",
        "bad.png.txt": "[failed: Damaged.]\n",
        "waiting.png.txt": "[not read yet]\n",
    }
    assert [path.name for path in result.written] == [
        "1.png.txt", "1.png.txt", "blank.png.txt", "bad.png.txt", "waiting.png.txt"
    ]  # fmt: skip
    assert (result.skipped, result.failed, result.was_cancelled) == ([], [], False)


def test_all_pages_of_a_batch_in_one_file(export, out):
    run(export(per="batch"))
    assert list(tree(out)) == ["scans.txt"]
    assert tree(out)["scans.txt"].startswith("=== 1.png ===\n\nfirst\n\n\n=== sub/1.png ===")


def test_the_pages_of_each_folder_in_one_file(library, export, out, page_ids):
    _, others = batch_of(library, [Source(Path("/more/scans/sub/9.png"), "sub/9.png")], Path("/more/scans"))
    result = run(export([*page_ids, *others], per="folder"))
    files = tree(out)
    assert set(files) == {"scans.txt", "sub.txt", "sub (2).txt"}
    assert files["scans.txt"].count("===\n") == 4
    assert files["sub.txt"] == "Größe 发票\n"
    assert result.failed == []


def test_a_folder_in_a_folder_stays_where_it_is(library, export, out):
    _, pages = batch_of(library, [Source(Path("/scans/a/b/1.png"), "a/b/1.png")])
    run(export(pages, per="folder"))
    assert set(tree(out)) == {"a/b.txt"}


def test_each_batch_has_a_file_and_a_format_of_tables_never_one_a_page(library, export, out, page_ids):
    _, others = batch_of(library, 1, Path("/more/scans"))
    run(export([*page_ids, *others], format="jsonl"))
    files = tree(out)
    assert set(files) == {"scans.jsonl", "scans (2).jsonl"}
    records = [json.loads(record) for record in files["scans.jsonl"].splitlines()]
    assert [record["status"] for record in records] == ["done", "done", "done", "failed", "pending"]


def test_more_pages_than_a_chunk_are_all_there(export, out, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 2)
    run(export(per="batch", template="all"))
    assert tree(out)["all.txt"].count("===\n") == 5


def test_a_page_that_was_removed_meanwhile_makes_no_empty_file(library, export, out, page_ids):
    made = export(page_ids[:2])
    made.plan()
    library.remove_pages([page_ids[0]])
    result = run(made)
    assert list(tree(out)) == ["sub/1.png.txt"]
    assert result.failed == ["“1.png.txt” was not written because its pages were removed in the meantime."]


@pytest.mark.parametrize("key", ["txt", "md", "docx", "csv", "xlsx", "json", "jsonl"])
def test_every_text_format_exports_pages_of_every_kind(export, out, key):
    result = run(export(format=key))
    assert result.failed == []
    assert all(path.suffix == FORMATS[key].suffix and path.stat().st_size for path in result.written)


def test_a_file_from_outside_the_batch_has_its_whole_path(library, export, out):
    batch_id, _ = batch_of(library, 0)
    added = library.add_pages(batch_id, [Source(Path("/elsewhere/in/x.png"), "x.png", size=1, modified=1)])
    run(export(added.page_ids))
    run(export(added.page_ids, format="jsonl"))
    assert "in/x.png.txt" in tree(out)
    assert json.loads(tree(out)["scans.jsonl"])["path"] == "/elsewhere/in/x.png"


# Files that are there


def test_a_plan_names_the_files_and_those_that_exist_and_makes_nothing(export, out):
    plan = export().plan()
    assert (len(plan.targets), plan.existing) == (5, ())
    assert not out.exists()
    out.mkdir()
    (out / "bad.png.txt").write_text("old")
    assert export().plan().existing == (out / "bad.png.txt",)


@pytest.fixture
def old(out) -> Path:
    out.mkdir()
    (out / "1.png.txt").write_text("old")
    return out / "1.png.txt"


def test_an_old_file_is_replaced_only_if_told_so(export, old):
    result = run(export(existing="replace"))
    assert old.read_text() == "first\n"
    assert len(result.written) == 5


def test_an_old_file_is_skipped(export, old):
    result = run(export(existing="skip"))
    assert old.read_text() == "old"
    assert (result.skipped, len(result.written)) == ([old], 4)


def test_a_file_that_came_meanwhile_is_skipped_too(export, out, monkeypatch):
    written = module.written

    def quicker(path, **wishes):
        if path.name == "1.png.txt":
            path.write_text("another export's")
        return written(path, **wishes)

    monkeypatch.setattr(module, "written", quicker)
    result = run(export(existing="skip"))
    assert result.failed == []
    assert [path.relative_to(out).as_posix() for path in result.skipped] == ["1.png.txt", "sub/1.png.txt"]
    assert {path.read_text() for path in result.skipped} == {"another export's"}


def test_both_are_kept(export, old, out):
    run(export(existing="keep both"))
    assert (old.read_text(), (out / "1.png (2).txt").read_text()) == ("old", "first\n")


def test_an_old_file_is_left_alone_where_nobody_was_asked(export, old):
    result = run(export())
    assert old.read_text() == "old"
    assert len(result.written) == 4
    assert "exists already" in result.failed[0]


def test_a_file_that_was_read_is_never_replaced(library, export, scans):
    original = scans / "notes.txt"
    original.write_bytes(b"a picture")
    _, page_ids = batch_of(library, [Source(original, "notes.txt", size=1, modified=1)], scans)
    result = run(export(page_ids, folder=scans, template="{stem}", existing="replace"))
    assert original.read_bytes() == b"a picture"
    assert [path.name for path in result.written] == ["notes (2).txt"]


def test_neither_is_one_of_another_batch(library, export, scans, page_ids):
    original = scans / "1.txt"
    original.write_bytes(b"a picture")
    batch_of(library, [Source(original, "1.txt", size=1, modified=1)], scans)
    run(export(page_ids[:1], folder=scans, template="{stem}", existing="replace"))
    assert original.read_bytes() == b"a picture"


# What can go wrong


def test_a_file_that_cannot_be_written_does_not_stop_the_others(export, out):
    out.mkdir()
    (out / "sub").write_text("a file where a folder must be")
    result = run(export(existing="replace"))
    assert len(result.written) == 4
    assert len(result.failed) == 1
    assert "sub" in result.failed[0]


class FullDisk:
    """Has room for so many files."""

    def __init__(self, monkeypatch, files: int):
        self.files = files
        self._written = module.written
        monkeypatch.setattr(module, "written", self)

    def __call__(self, path, **wishes):
        self.files -= 1
        if self.files < 0:
            raise DiskFull(f"There is no room for “{path.name}”.")
        return self._written(path, **wishes)


def test_a_full_disk_stops_the_export_with_one_sentence(export, out, monkeypatch):
    FullDisk(monkeypatch, 2)
    result = run(export())
    assert len(result.written) == len(tree(out)) == 2
    assert result.failed == ["There is no room for “blank.png.txt”."]


def test_cancel_is_looked_at_after_each_file_and_what_is_written_stays(export, out):
    result = run(export(), Cancelling(2))
    assert result.was_cancelled
    assert list(tree(out)) == [path.name for path in result.written if path.parent == out] + ["sub/1.png.txt"]


def test_cancel_in_the_middle_of_a_file_leaves_the_old_one(export, out):
    out.mkdir()
    (out / "scans.txt").write_text("old")
    result = run(export(per="batch", existing="replace"), Cancelling(2))
    assert (result.was_cancelled, result.written) == (True, [])
    assert tree(out) == {"scans.txt": "old"}


@pytest.mark.parametrize("per", ["page", "folder", "batch"])
def test_progress_tells_how_many_pages_are_done(export, per):
    told = []
    export(per=per).run(threading.Event(), lambda done, total: told.append((done, total)))
    assert told == [(number, 5) for number in (1, 2, 3, 4, 5)]


def test_what_a_killed_export_left_is_removed_by_the_next(export, out):
    (out / "sub").mkdir(parents=True)
    for folder in (out, out / "sub"):
        (folder / ".1.png.txt.ocrdesk-0123abcd.part").write_bytes(b"half")
    run(export())
    assert not [name for name in tree(out) if name.endswith(".part")]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to whoever owns the computer")
def test_a_folder_that_may_not_be_written(export, out):
    out.mkdir(mode=0o500)
    assert "may not be written" in run(export()).failed[0]


def test_pages_that_lack_in_a_document_are_told(library, out, page_ids):
    writes = FORMATS["txt"]

    def leave_out(pages, file):
        for page in pages:
            page.tell(f"“{page.page.name}” was skipped: It is gone.")
        file.write(b"others")

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, "txt", replace(writes, write=leave_out))
        result = run(Export(library, NoDecoder(), ExportChoices("txt", out, per="folder"), page_ids[:2]))
    assert result.left_out == ["“1.png” was skipped: It is gone.", "“sub/1.png” was skipped: It is gone."]
    assert len(result.written) == 2


def test_a_page_that_cannot_be_had_is_named(library, out, page_ids):
    class Unreadable(NoDecoder):
        def load_stored(self, path, frame):
            raise PageUnreadable("It is gone.")

    result = run(Export(library, Unreadable(), ExportChoices("pdf", out, per="page"), page_ids[:1]))
    assert result.failed == ["“1.png.pdf” was not written: It is gone."]


def test_a_file_that_goes_wrong_as_nobody_thought_of_does_not_stop_the_others(export, out):
    writes = FORMATS["txt"]

    def stumble(pages, file):
        if next(iter(pages)).page.name == "1.png":
            raise KeyError("HEIF")
        file.write(b"others")

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, "txt", replace(writes, write=stumble))
        result = run(export())
    assert result.failed == ["“1.png.txt” was not written ('HEIF')."]
    assert len(result.written) == 4
    assert "1.png.txt" not in tree(out)


def test_a_picture_is_opened_in_a_decoding_process_whatever_its_format(library, decoder, scans, out):
    (scans / "a.heic").write_bytes(HEIC)
    (scans / "bad.heic").write_bytes(HEIC[:200])
    drawing().save(scans / "b.jpg")
    _, page_ids = batch_of(library, [Source(scans / name, name) for name in ("a.heic", "bad.heic", "b.jpg")], scans)
    for page_id in page_ids:
        keep(library, page_id, reading("read"))
    result = run(Export(library, decoder, ExportChoices("pdf", out, per="batch"), page_ids))
    (left_out,) = result.left_out
    assert left_out.startswith("“bad.heic” was skipped: The picture is damaged")
    with pikepdf.open(out / "scans.pdf") as pdf:
        assert [int(picture_in(page).Width) for page in pdf.pages] == [120, WIDTH]


# Bad choices


def test_bad_choices_are_refused_before_anything_is_made(export, out):
    with pytest.raises(ExportFailed, match=r"no format “doc”.*txt, md"):
        export(format="doc")
    with pytest.raises(BadTemplate, match="There is no"):
        export(template="{author}")
    with pytest.raises(BadTemplate, match=r"\{stem\}.* for several pages. Use \{batch\}, \{date\} or \{index\}"):
        export(template="{stem}", per="batch")
    with pytest.raises(BadTemplate, match=r"\{page\}.* one file for several pages"):
        export(template="{folder} {page}", per="folder")
    with pytest.raises(BadTemplate, match="one file for several pages"):
        check_choices(ExportChoices("csv", out, "{folder}/{batch}"))
    assert not out.exists()
