"""A batch file may be anybody's: what it names is not believed, and what it claims is lent to nobody."""

import json
import os
import threading

import pytest
from fakes import FakeRecognizer, Maker, batch_of, draw_pages, keep, reading
from hostile import claims, hostile, members, pack, page, saved_again
from PIL import Image
from saved import jpeg, places, source

from ocrdesk.engine.batch_file import open_batch, save_batch
from ocrdesk.engine.decode import PageCount
from ocrdesk.engine.document import Brought, PageStatus
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.facts import Fact, has_useless_text
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import drops_of, find_pages
from ocrdesk.engine.intake.moved import reconnect
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.engine.worker import Suspects, Worker

KEY = b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n"


@pytest.fixture
def home(tmp_path):
    """A person's own files."""
    folder = tmp_path / "person"
    (folder / ".ssh").mkdir(parents=True)
    (folder / ".ssh" / "id_rsa").write_bytes(KEY)
    draw_pages(folder / "Documents", 2)
    return folder


def read(library, decoder, batch_id) -> None:
    """Reads what waits in a batch."""
    library.runs.queue(batch_id)
    pool = RecognizerPool(Maker(FakeRecognizer))
    nothing = threading.Event(), Suspects(), lambda page_id: None, lambda page_id: None
    Worker(library, decoder, Fingerprints(), pool, batch_id, *nothing).run()


# What it tells


def test_words_that_an_earlier_version_saved_are_told_as_they_are(library, file):
    words = f"The same file as “a.png”, so its text was used. {Fact.PDF_TEXT_UNTRUE()}"
    hostile(file, page("a.png", remark=words), page("b.png", status="failed", message="Damaged."))
    contents = members(file) | {"left_out.jsonl": b'{"file": "c.txt", "why": "Taken out of the batch"}\n'}
    opened = open_batch(library, pack(file, contents))
    first, second = library.pages(library.page_ids(opened)).values()
    assert (first.remark, second.message) == (words, "Damaged.")
    assert has_useless_text(first.remark)
    assert [path.name for path in library.files.taken_out(opened)] == ["c.txt"]


@pytest.mark.parametrize(
    "facts",
    [
        None, 7, "much_unread", {}, [], [["much_unread"]], [["much_unread", 1]], [["told_by_a_later_version", {}]],
        [["more_pages", {"pages": "x"}]], [["more_pages", {}]], [[["much_unread"], {}]], ["x"] * 1000,
        [["same_file", {"name": "x" * 20_000}]],
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_passed_over_for_the_words(library, file, facts):
    opened = open_batch(library, hostile(file, page("a.png", remark="In words.", remark_facts=facts)))
    assert library.page(library.page_ids(opened)[0]).remark == "In words."


def test_facts_are_told_before_words_and_nothing_without_words(library, file):
    facts = [["same_file", {"name": "{0.__class__}"}], ["much_unread", {}]]
    told = page("a.png", remark="In words.", remark_facts=facts), page("b.png", remark_facts=facts)
    opened = open_batch(library, hostile(file, *told))
    first, second = library.pages(library.page_ids(opened)).values()
    assert first.remark == f"The same file as “{{0.__class__}}”, so its text was used. {Fact.MUCH_UNREAD()}"
    assert second.remark is None


# Files that it names


@pytest.mark.parametrize("how", ["was", "folder", "tga", "link"])
def test_a_private_key_is_neither_taken_nor_packed(library, file, home, how):
    key = home / ".ssh" / "id_rsa"
    record = {"was": str(key)}
    if how == "folder":
        record = {"file": "id_rsa"}
    elif how == "tga":
        record = {"was": str(key.rename(key.with_name("id_rsa.tga")))}
    elif how == "link":
        link = home / "Documents" / "link.png"
        link.symlink_to(key)
        record = {"was": str(link)}
    known = claims(next((home / ".ssh").iterdir()))  # even if they knew it already
    opened = open_batch(library, hostile(file, page("a.png") | known | record, folder=str(home / ".ssh")))
    assert [path.exists() for path in places(library, opened)] == [False]
    assert KEY not in saved_again(library, opened, file)


def test_a_key_that_a_person_points_to_by_chance_is_not_packed(library, file, home):
    key = home / ".ssh" / "id_rsa"
    opened = open_batch(library, hostile(file, page("id_rsa", size=len(KEY))))
    assert reconnect(library, Fingerprints(), library.batch(opened), home / ".ssh").found == 1
    assert places(library, opened) == [key]
    assert KEY not in saved_again(library, opened, file)


@pytest.mark.parametrize("named", ["was", "file"])
def test_a_picture_is_taken_only_by_its_fingerprint_whatever_else_is_claimed(library, file, home, named):
    picture = home / "Documents" / "1.png"
    record = {"was": str(picture), "file": "x/1.png"} if named == "was" else {"file": "1.png"}
    another = claims(picture.with_name("2.png"))["content"]
    guessed = [claims(picture) | {"content": content} for content in (None, "00" * 16, another)]
    folder = str(picture.parent)
    for number, claim in enumerate(guessed):
        opened = open_batch(library, hostile(file, page("a.png") | claim | record, folder=folder))
        assert [path.exists() for path in places(library, opened)] == [False], number
        assert picture.read_bytes() not in saved_again(library, opened, file)
    opened = open_batch(library, hostile(file, page("a.png") | claims(picture) | record, folder=folder))
    assert places(library, opened) == [picture]


def test_a_file_whose_pages_claim_two_fingerprints_is_not_taken(library, file, home):
    picture = home / "Documents" / "1.png"
    both = [page("1.png", frame=frame) | claims(picture) for frame in (0, 1)]
    opened = open_batch(library, hostile(file, both[0], both[1] | {"content": "00" * 16}, folder=str(picture.parent)))
    assert {path.exists() for path in places(library, opened)} == {False}


@pytest.mark.parametrize("name", ["Documents/../Documents/1.png", "./Documents/1.png", "Documents//1.png"])
def test_only_plain_absolute_paths_are_looked_at(library, file, home, monkeypatch, name):
    monkeypatch.chdir(home)
    known = claims(home / "Documents" / "1.png")
    for was in (f"{home}/{name}", name):
        opened = open_batch(library, hostile(file, page("a.png") | known | {"was": was}))
        assert [path.exists() for path in places(library, opened)] == [False]


def test_a_folder_that_it_names_is_not_looked_through_and_gets_no_pages(library, decoder, file, home):
    picture = home / "Documents" / "1.png"
    known = claims(picture)
    opened = open_batch(library, hostile(file, page("1.png") | known, folder=str(picture.parent)))
    batch = library.batch(opened)
    assert places(library, opened) == [picture]
    assert (batch.origin.parent, batch.is_watched) == (library.folder / "opened", False)
    for dropped in ([picture.parent], [picture]):  # a person's own batches are their own
        for drop in drops_of(dropped):
            find_pages(library, drop, decoder.count_pages)
            assert drop.batch_id != opened
            read(library, decoder, drop.batch_id)
            assert {library.text(page_id) for page_id in drop.page_ids} <= {"width 20", "width 21"}
    assert library.text(library.page_ids(opened)[0]) == "planted", "in its own batch it says what it says"


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes of this kind")
def test_a_pipe_holds_nobody_up(library, decoder, file, home):
    pipe = home / "1.png"
    os.mkfifo(pipe)
    opened = open_batch(library, hostile(file, page("1.png", was=str(pipe)), folder=str(home)))
    assert not places(library, opened)[0].exists()
    batch_id, (page_id,) = batch_of(library, [source(home, "1.png")], home)
    keep(library, page_id, reading("read before it became a pipe"))
    assert save_batch(library, batch_id, file, with_pictures=True).missing == 1
    choices = ExportChoices("pdf", home / "out")
    assert "ordinary file" in Export(library, decoder, choices, [page_id]).run(threading.Event()).failed[0]


def test_of_a_link_only_what_was_read_through_it_is_packed(library, file, home):
    one, two = sorted((home / "Documents").iterdir())
    link = home / "link.png"
    link.symlink_to(one)
    batch_id, (page_id,) = batch_of(library, [source(home, "link.png")], home)
    assert one.read_bytes() not in saved_again(library, batch_id, file), "nobody has seen it"
    content = Fingerprints().of(link)
    library.checkpoints.keep(page_id, reading("a"), seconds=1, rotation=0, recognizer="fake", content=content)
    assert one.read_bytes() in saved_again(library, batch_id, file)
    link.unlink()
    link.symlink_to(two)
    assert two.read_bytes() not in saved_again(library, batch_id, file)


# What it brings


@pytest.mark.parametrize("content", [KEY, b"", b"MZ\x90\x00", b"#!/bin/sh\nrm -r ~\n", b"<html><script>"])
def test_what_is_no_picture_is_not_put_anywhere(library, file, content):
    opened = open_batch(library, hostile(file, page("1.png"), page("2.png"), pictures={"1.png": content}))
    assert [path.exists() for path in places(library, opened)] == [False, False]
    assert library.batch(opened).counts.done == 2


@pytest.mark.parametrize("name", ["holiday.exe", "a.desktop", "page", "1.png.bat", "fax.001", ".ocrdesk-pictures"])
def test_a_picture_that_is_named_as_something_else_is_named_as_one(library, file, name):
    opened = open_batch(library, hostile(file, page(name), pictures={name: jpeg()}))
    (path,) = places(library, opened)
    assert (path.name, path.read_bytes()) == (f"{name}.jpg", jpeg())
    assert save_batch(library, opened, file, with_pictures=True).pictures == 1


# What it claims


def claimed(library, file, home, **brought: bytes) -> int:
    """A batch that claims the fingerprint of a person's picture for a planted text."""
    known = claims(home / "Documents" / "1.png")
    pictures = {"a.png": brought["picture"]} if "picture" in brought else None
    return open_batch(library, hostile(file, page("a.png") | known, pictures=pictures, folder="/nowhere"))


def text_of_own(library, decoder, home) -> str:
    """What is read of the person's picture."""
    batch_id, (page_id,) = batch_of(library, [source(home / "Documents", "1.png")], home / "Documents")
    read(library, decoder, batch_id)
    return library.text(page_id)


def test_a_planted_text_is_not_lent_to_the_file_whose_fingerprint_it_claims(library, decoder, file, home):
    claimed(library, file, home)
    assert text_of_own(library, decoder, home) == "width 20"


def test_nor_if_it_comes_with_another_picture(library, decoder, file, home):
    opened = claimed(library, file, home, picture=(home / "Documents" / "2.png").read_bytes())
    (known,) = library.pages(library.page_ids(opened)).values()
    assert (known.content, known.brought) == (None, Brought.ALONE), "what its picture is, the file does not know"
    assert text_of_own(library, decoder, home) == "width 20"


def test_it_is_lent_where_the_very_picture_came_along(library, decoder, file, home):
    claimed(library, file, home, picture=(home / "Documents" / "1.png").read_bytes())
    assert text_of_own(library, decoder, home) == "planted"


def test_a_page_that_was_read_here_is_known_here(library, decoder, file, home):
    opened = claimed(library, file, home)
    reconnect(library, Fingerprints(), library.batch(opened), home / "Documents")
    (page_id,) = library.page_ids(opened)
    os.utime(library.page(page_id).path, ns=(1, 1))
    library.add_pages(opened, [source(library.page(page_id).path.parent, library.page(page_id).path.name)])
    library.runs.drop_checkpoints([page_id])
    read(library, decoder, opened)
    assert (library.text(page_id), library.page(page_id).brought) == ("width 20", Brought.NO)
    assert library.files.twin(library.page(page_id), library.page(page_id).content).id == page_id


def test_a_page_is_not_its_own_twin_by_a_fingerprint_that_it_only_claims(library, decoder, file, home):
    picture = home / "Documents" / "1.png"
    opened = open_batch(library, hostile(file, page("1.png") | claims(picture), folder=str(picture.parent)))
    os.utime(picture, ns=(1, 1))
    library.add_pages(opened, [source(picture.parent, "1.png")])  # it has changed: to be read
    read(library, decoder, opened)
    assert [library.text(page_id) for page_id in library.page_ids(opened)] == ["width 20"]


@pytest.mark.parametrize("status", ["failed", "pending"])
def test_a_page_that_fails_here_is_of_here(library, file, status):
    record = page("a.png", status=status, lines=[], line_count=None, seconds=None, content="00" * 16)
    (page_id,) = library.page_ids(open_batch(library, hostile(file, record)))
    library.checkpoints.keep_failure(page_id, "Damaged.", content=bytes(16))
    assert library.page(page_id).brought is Brought.NO


def test_a_small_picture_that_it_brings_is_not_that_of_a_persons_file(library, decoder, file, home, tmp_path):
    files = ThumbnailFiles(tmp_path / "thumbnails")
    picture = home / "Documents" / "1.png"
    batch_id, (own,) = batch_of(library, [source(picture.parent, "1.png")], picture.parent)
    read(library, decoder, batch_id)
    for folder in ("/nowhere", str(picture.parent)):
        record = page("1.png") | claims(picture)
        hostile(file, record, folder=folder, thumbnails=[jpeg()])
        opened = open_batch(library, file, keep_thumbnail=files.keep)
        if folder == "/nowhere":
            assert files.jpeg(None, library.page(library.page_ids(opened)[0])) == jpeg()
    made = files.jpeg(decoder, library.page(own))
    assert made != jpeg()
    files.of(library.page(own))
    picture.unlink()
    assert files.jpeg(None, library.page(own)) == made


def test_a_text_that_it_brings_steers_no_terminal_and_is_saved_as_it_came(library, file):
    text = "a\x1b]0;x\x07\x9b2J\u202eb\tc"
    opened = open_batch(library, hostile(file, page("a.png", text)))
    (page_id,) = library.page_ids(opened)
    assert library.text(page_id) == library.texts.flowing([page_id]) == "a ]0;x  2J b\tc"
    assert json.dumps(text).encode() in saved_again(library, opened, file)


@pytest.mark.parametrize("kind", ["picture", "PDF", "whole PDF"])
def test_its_pictures_are_decoded_elsewhere_before_they_are_put_into_a_pdf(library, file, tmp_path, kind):
    """Nothing is taken apart here, or stored as it is, that no decoding process has opened; “done” is only a claim."""
    name = "a.png" if kind == "picture" else "a.pdf"
    picture = tmp_path / name
    Image.new("L", (20, 10)).save(picture)
    opened = open_batch(library, hostile(file, page(name) | claims(picture), pictures={name: picture.read_bytes()}))
    asked = []

    class Refusing:
        def count_pages(self, path):
            return PageCount(1)

        def load_page(self, path, frame, **how):
            asked.append(path)
            raise PageUnreadable("It does harm.")

    (known,) = library.pages(library.page_ids(opened)).values()
    assert (known.status, known.brought, known.was_opened_here) == (PageStatus.DONE, Brought.WITH_PICTURE, False)
    choices = ExportChoices("pdf", tmp_path / "out", per="file" if kind == "whole PDF" else "page")
    result = Export(library, Refusing(), choices, [known.id]).run(threading.Event())
    assert set(asked) == {known.path}
    assert (result.written, len(result.failed)) == ([], 1)
    assert "It does harm." in result.failed[0]
