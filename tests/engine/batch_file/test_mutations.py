"""Saved batches changed at random by somebody who knows what to change: nothing of a person's own gets out of place.

``OCRDESK_MUTATIONS=200`` tries more of them than the suite does.
"""

import json
import os
import random
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from fakes import FakeRecognizer, Maker
from hostile import claims, damaged, members
from PIL import Image, PngImagePlugin
from saved import full_batch, jpeg

from ocrdesk.engine.batch_file import open_batch, save_batch
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.export import Export, ExportChoices
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.engine.worker import Suspects, Worker

MARK = b"nobody else's business"
WIDTH = 777
"""Of the pictures that are a person's own."""

Record = dict[str, object]
Contents = dict[str, bytes]


@pytest.fixture
def person(tmp_path) -> Path:
    """Files of the person who opens the batches."""
    folder = tmp_path / "person"
    (folder / ".ssh").mkdir(parents=True)
    (folder / ".ssh" / "id_rsa").write_bytes(b"-----BEGIN OPENSSH PRIVATE KEY-----" + MARK)
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 " + MARK)
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", MARK.decode())
    for name in ("1.png", "many.tif", "holiday.png"):
        Image.new("L", (WIDTH, 9)).save(folder / name, "PNG", pnginfo=note)
    (folder / "link.png").symlink_to(folder / ".ssh" / "id_rsa")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.png")
    return folder


def everything(folder: Path, *without: Path) -> dict[Path, tuple[int, int]]:
    """All that is in a folder, with sizes and times."""
    found = (path for path in folder.rglob("*") if not any(path.is_relative_to(left_out) for left_out in without))
    return {path: ((status := path.lstat()).st_size, status.st_mtime_ns) for path in found if not path.is_dir()}


class Mutations:
    """Changes the good file: its records, its header, its members, its bytes."""

    def __init__(self, whole: Path, person: Path, chance: random.Random) -> None:
        self._whole = whole
        self._chance = chance
        self._own = sorted(path for path in person.rglob("*") if path.is_file() or path.is_fifo())
        self._person = person
        self._changes: list[Callable[[Contents, list[Record], Record], None]] = [
            self._name_a_file, self._name_a_file, self._name_a_folder, self._claim, self._claim, self._rename,
            self._move_a_picture, self._pack_another, self._change_a_value, self._leave_out,
            self._bring_no_pictures,
        ]  # fmt: skip

    def write(self, file: Path) -> str:
        """Writes a changed file; gives what was done to it."""
        if not self._chance.randrange(4):
            file.write_bytes(damaged(self._whole.read_bytes(), self._chance))
            return "bytes"
        contents = members(self._whole)
        header = json.loads(contents["batch.json"])
        pages = [json.loads(line) for line in contents["pages.jsonl"].splitlines()]
        done = self._chance.choices(self._changes, k=self._chance.choice((1, 2, 4)))
        for change in done:
            change(contents, pages, header)
        contents["batch.json"] = json.dumps(header).encode()
        contents["pages.jsonl"] = b"".join(json.dumps(page).encode() + b"\n" for page in pages)
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in contents.items():
                info = zipfile.ZipInfo(name)
                if name.startswith("pictures/") and not self._chance.randrange(5):
                    info.create_system, info.external_attr = 3, 0o120777 << 16  # a link
                    content = os.fsencode(self._place())
                archive.writestr(info, content)
        return " ".join(sorted({change.__name__.strip("_") for change in done}))

    def _place(self) -> str:
        """A name of a file that is a person's own, or that no file has."""
        own = self._chance.choice(self._own)
        up = "../" * 12
        return self._chance.choice([
            *[str(own)] * 12, f"{own.parent}/./{own.name}", f"{own.parent}/../{own.parent.name}/{own.name}",
            f"/{own}", f"//localhost{own}", f"{up}{str(own)[1:]}", own.name, f"C:{own}", f"file://{own}",
            f"\\\\?\\{own}", "/dev/zero", "/proc/self/environ", "/etc/passwd", "~/.ssh/id_rsa", "", ".", "..", "/",
            "a\0b", "x" * 4000,
        ])  # fmt: skip

    def _name_a_file(self, contents: Contents, pages: list[Record], header: Record) -> None:
        page = self._chance.choice(pages)
        contents.pop(f"pictures/{page['file']}", None)  # else it would be that which came along
        page["was"] = self._place()

    def _name_a_folder(self, contents: Contents, pages: list[Record], header: Record) -> None:
        header["folder"] = self._chance.choice([str(self._person), str(self._person / ".ssh"), self._place()])
        self._chance.choice(pages)["file"] = self._chance.choice(["id_rsa", "holiday.png", "link.png", "pipe.png"])

    def _claim(self, contents: Contents, pages: list[Record], header: Record) -> None:
        """Size and time of a file can be known, or guessed; its fingerprint only by who has it."""
        own, page = self._chance.choice(self._own), self._chance.choice(pages)
        contents.pop(f"pictures/{page['file']}", None)
        page |= {name: value for name, value in claims(own).items() if name != "content"} | {"was": str(own)}
        page["content"] = self._chance.choice([page["content"], None, "0" * 32, self._chance.randbytes(16).hex()])

    def _rename(self, contents: Contents, pages: list[Record], header: Record) -> None:
        """Of a page and its picture."""
        page, name = self._chance.choice(pages), self._place()
        if (picture := contents.pop(f"pictures/{page['file']}", None)) is not None:
            contents[f"pictures/{name}"] = picture
        page["file"] = name

    def _move_a_picture(self, contents: Contents, pages: list[Record], header: Record) -> None:
        pictures = [name for name in contents if name.startswith("pictures/")]
        if pictures:
            contents[self._place() or "x"] = contents.pop(self._chance.choice(pictures))

    def _pack_another(self, contents: Contents, pages: list[Record], header: Record) -> None:
        name = self._chance.choice(list(contents))
        if not name.endswith(("batch.json", "pages.jsonl")):
            contents[name] = self._chance.choice([b"", b"MZ\x90", b"#!/bin/sh\n", jpeg(), self._chance.randbytes(3000)])

    def _change_a_value(self, contents: Contents, pages: list[Record], header: Record) -> None:
        page = self._chance.choice([*pages, header])
        values = [0, 1, 90, -1, 2**62, 1e300, None, True, False, "", "done", "pending", "failed", [], {}, self._place()]
        page[self._chance.choice(list(page))] = self._chance.choice(values)

    def _leave_out(self, contents: Contents, pages: list[Record], header: Record) -> None:
        record = {"file": self._place(), "why": self._chance.choice(["Taken out of the batch", "\x1b[2J", 5])}
        contents["left_out.jsonl"] = json.dumps(record).encode()

    def _bring_no_pictures(self, contents: Contents, pages: list[Record], header: Record) -> None:
        header["with_pictures"] = False


def use(
    library: Library, decoder: Decoder, batch_id: int, out: Path, thumbnails: ThumbnailFiles, formats: Iterable[str]
) -> None:
    """Does with a batch all that a person may do who suspects nothing."""
    pages = library.pages(library.page_ids(batch_id)).values()
    for page in pages:
        thumbnails.load(decoder, page)
        assert page.path.is_relative_to(library.folder / "opened"), "none of the others is as its record claims"
    library.runs.drop_checkpoints(page.id for page in pages if not page.id % 3)
    library.runs.queue(batch_id)
    none = threading.Event()
    pool = RecognizerPool(Maker(FakeRecognizer))
    try:
        Worker(library, decoder, Fingerprints(), pool, batch_id, none, Suspects(), *[lambda _: None] * 2).run()
    except OcrdeskError as error:
        assert str(error).endswith(".")
    for page in pages:
        assert f"width {WIDTH}" not in library.text(page.id)
    for key in formats:
        choices = ExportChoices(key, out / key, existing="keep both", per="batch")
        Export(library, decoder, choices, library.page_ids(batch_id)).run(none)
    save_batch(library, batch_id, out / "again.ocrdesk", with_pictures=True)
    assert MARK not in b"".join(members(out / "again.ocrdesk").values())


def test_nothing_of_a_persons_own_is_read_packed_or_changed(library, scans, other, decoder, person, file, tmp_path):
    save_batch(library, full_batch(library, scans), file, with_pictures=True, thumbnail=jpeg)
    for folder in (scans, scans.parent / "other"):
        folder.rename(folder.with_name(f"{folder.name} of another computer"))
    chance = random.Random(15)
    mutations, changed, out = Mutations(file, person, chance), tmp_path / "changed.ocrdesk", tmp_path / "out"
    thumbnails = ThumbnailFiles(tmp_path / "thumbnails")
    own = [other.folder, out, changed, tmp_path / "thumbnails", library.folder]
    before = everything(tmp_path, *own)
    outcomes: Counter[str] = Counter()
    for _ in range(int(os.environ.get("OCRDESK_MUTATIONS", "20"))):
        what = mutations.write(changed)
        out.mkdir(exist_ok=True)
        try:
            opened = open_batch(other, changed, keep_thumbnail=thumbnails.keep)
        except OcrdeskError as error:
            assert str(error).endswith("."), what
            outcomes["refused"] += 1
        else:
            use(other, decoder, opened, out, thumbnails, ["pdf", *chance.sample(list(FORMATS), 2)])
            outcomes["opened"] += 1
        assert everything(tmp_path, *own) == before, what
        written = [path for path in out.rglob("*") if path.is_file()]
        assert not any(MARK in path.read_bytes() for path in written), what
    assert min(outcomes["opened"], outcomes["refused"]) > 3, outcomes
    assert all(path.is_relative_to(other.folder) for path in other.saved.files())
