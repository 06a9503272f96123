"""The worker and the files behind pages: passwords, the same bytes again, drives that are gone."""

import os
import shutil
from contextlib import closing

import pytest
from fakes import FakeRecognizer, Maker, claim_page, draw_pages, many_frames, quadrants, statuses
from pdfs import PROTECTED
from reading_desk import Desk, OtherRecognizer, own

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import FolderUnreachable
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.intake.unlock import unlock
from ocrdesk.engine.library.rows import PageFilter
from ocrdesk.engine.reading_names import OWN_TEXT


@pytest.fixture
def desk(library, decoder):
    return Desk(library, decoder)


@pytest.fixture
def forgetful_desk(library):
    """One whose decoder knows no password of other tests."""
    with closing(Decoder()) as decoder:
        yield Desk(library, decoder)


@pytest.fixture
def copies(scans, tmp_path):
    """A folder, and another for the same files."""
    draw_pages(scans, 1)
    shutil.copytree(scans, tmp_path / "copies")
    return tmp_path / "copies"


# Passwords


def test_a_protected_file_fails_is_locked_and_is_read_with_its_password(library, scans, forgetful_desk):
    desk = forgetful_desk
    (scans / "1.pdf").write_bytes(PROTECTED)
    draw_pages(scans, 2)[0].unlink()
    locked, other = desk.read(scans)
    page = library.page(locked)
    assert (page.status.value, page.locked) == ("failed", True)
    assert "Choose “Enter password…”" in page.message
    assert not library.page(other).locked
    assert library.page(other).status.value == "done", "the other page is not held up"
    assert library.files.locked(page.batch_id) == [scans / "1.pdf"]

    assert unlock(library, desk.decoder, page.batch_id, scans / "1.pdf", "secret") == [scans / "1.pdf"]
    desk.run(page.batch_id)
    assert statuses(library, page.batch_id) == ["done"] * 4
    texts = [library.text(page_id).partition("\n")[0] for page_id in library.page_ids(page.batch_id)]
    assert texts == [*(f"This page is protected, number {number}" for number in (1, 2, 3)), "width 21"]


def test_a_file_that_is_only_damaged_is_not_locked(library, scans, desk):
    (scans / "1.pdf").write_bytes(b"%PDF-1.7\n")
    (page_id,) = desk.read(scans)
    page = library.page(page_id)
    assert (page.status.value, page.locked) == ("failed", False)
    assert page.content is not None


# The same bytes


def test_the_same_bytes_are_read_once_and_the_page_says_so(library, scans, copies, desk):
    (first,) = desk.read(scans)
    (second,) = desk.read(copies)
    assert desk.widths_read == [20]
    assert library.text(second) == library.text(first) == "width 20"
    assert library.texts.lines(second) == library.texts.lines(first)
    assert library.page(first).remark is None
    assert library.page(second).remark == "The same file as “1.png”, so its text was used."
    one, two = library.page(first), library.page(second)
    assert (one.recognizer, one.content, one.seconds) == (two.recognizer, two.content, two.seconds)


def test_other_bytes_are_read(library, scans, tmp_path, desk):
    draw_pages(scans, 1)
    draw_pages(tmp_path / "others", 1)
    desk.read(scans)
    (page_id,) = desk.read(tmp_path / "others")
    assert desk.widths_read == [20, 20]
    assert library.page(page_id).remark is None


def test_the_reading_of_another_page_of_the_file_is_not_taken(library, scans, tmp_path, desk):
    many_frames(scans / "1.tif", 30, 31)
    shutil.copytree(scans, tmp_path / "copies")
    first = desk.read(scans)
    second = desk.read(tmp_path / "copies")
    assert desk.widths_read == [30, 31]
    for pages in (first, second):
        assert [library.text(page_id) for page_id in pages] == ["width 30", "width 31"]


def test_text_of_the_file_is_taken_from_a_copy_without_loading_a_recognizer(library, scans, tmp_path, desk):
    for folder in (scans, tmp_path / "copies"):
        folder.mkdir(exist_ok=True)
        (folder / "1.pdf").write_bytes(own())
    desk.read(scans)
    desk.maker.made.clear()
    (page_id,) = desk.read(tmp_path / "copies")
    assert desk.maker.made == []
    assert library.page(page_id).recognizer == OWN_TEXT
    assert library.page(page_id).remark.startswith("The same file as")


def test_text_of_the_file_is_not_taken_for_a_copy_wanted_as_a_picture(library, scans, tmp_path, desk):
    for folder in (scans, tmp_path / "copies"):
        folder.mkdir(exist_ok=True)
        (folder / "1.pdf").write_bytes(own())
    desk.read(scans)
    batch_id, pages = desk.take_in(tmp_path / "copies")
    library.files.read_as_picture(pages, True)
    desk.run(batch_id)
    assert library.text(pages[0]) == "width 1500"


def test_a_page_that_failed_is_no_reading_to_take(library, scans, tmp_path, desk):
    for folder in (scans, tmp_path / "copies"):
        folder.mkdir(exist_ok=True)
        (folder / "1.pdf").write_bytes(b"%PDF-1.7\n")
    desk.read(scans)
    (page_id,) = desk.read(tmp_path / "copies")
    assert "damaged" in library.page(page_id).message


def test_a_reading_of_another_recognizer_is_not_taken(library, scans, copies, desk):
    desk.read(scans)
    desk.maker = Maker(OtherRecognizer)
    (page_id,) = desk.read(copies)
    assert desk.widths_read == [20]
    assert (library.page(page_id).recognizer, library.page(page_id).remark) == ("other", None)


# The same page again


def test_retry_reads_really_again_though_the_bytes_are_known(library, scans, copies, desk):
    (first,) = desk.read(scans)
    (second,) = desk.read(copies)
    desk.read_again(second)
    assert desk.widths_read == [20, 20]
    assert library.page(second).remark is None
    desk.read_again(first)
    assert desk.widths_read == [20, 20, 20]


def test_a_file_that_was_only_touched_keeps_its_reading(library, scans, desk):
    draw_pages(scans, 1)
    (page_id,) = desk.read(scans)
    before = library.page(page_id)
    os.utime(scans / "1.png", ns=(1, 1))
    assert desk.read(scans) == [page_id]
    assert desk.widths_read == [20]
    assert library.page(page_id) == before
    assert library.text(page_id) == "width 20"


def test_a_file_that_was_changed_is_read(library, scans, desk):
    draw_pages(scans, 2)
    first, _ = desk.read(scans)
    shutil.copy(scans / "2.png", scans / "1.png")
    quadrants(70, 10).save(scans / "1.png")
    desk.read(scans)
    assert desk.widths_read == [20, 21, 70]
    assert library.text(first) == "width 70"


def test_a_file_that_was_touched_is_read_again_by_another_recognizer(library, scans, desk):
    draw_pages(scans, 1)
    (page_id,) = desk.read(scans)
    os.utime(scans / "1.png", ns=(1, 1))
    desk.maker = Maker(OtherRecognizer)
    desk.read(scans)
    assert desk.widths_read == [20]
    assert library.page(page_id).recognizer == "other"


def test_a_touched_file_keeps_the_remark_of_its_reading(library, scans, copies, desk):
    desk.read(scans)
    (page_id,) = desk.read(copies)
    os.utime(copies / "1.png", ns=(1, 1))
    desk.read(copies)
    assert library.page(page_id).remark == "The same file as “1.png”, so its text was used."


def test_a_touched_file_prefers_its_own_reading_to_that_of_a_copy(library, scans, copies, desk):
    desk.read(scans)
    (page_id,) = desk.read(copies)
    desk.read_again(page_id)
    os.utime(copies / "1.png", ns=(1, 1))
    desk.read(copies)
    assert library.page(page_id).remark is None
    assert desk.widths_read == [20, 20]


def test_a_touched_file_that_failed_is_tried_again(library, scans, desk):
    (scans / "1.pdf").write_bytes(b"%PDF-1.7\n")
    (page_id,) = desk.read(scans)
    os.utime(scans / "1.pdf", ns=(1, 1))
    desk.read(scans)
    assert library.page(page_id).status.value == "failed"


# Remarks


def test_the_remark_of_a_decoder_is_kept_and_goes_with_the_next_reading(library, scans, desk):
    quadrants(60, 40).save(scans / "1.gif", "PNG")
    (page_id,) = desk.read(scans)
    assert library.page(page_id).remark == "This is a PNG picture, though its name ends in .gif."
    quadrants(61, 40).save(scans / "1.gif", "GIF")
    desk.read(scans)
    assert (library.text(page_id), library.page(page_id).remark) == ("width 61", None)


# What is gone


def test_a_folder_that_is_gone_ends_the_run_and_its_pages_wait(library, scans, desk):
    draw_pages(scans, 2)
    batch_id, _ = desk.take_in(scans)
    scans.rename(scans.with_name("elsewhere"))
    with pytest.raises(FolderUnreachable, match="cannot be reached"):
        desk.run(batch_id)
    assert statuses(library, batch_id) == ["pending", "pending"]
    assert library.batch(batch_id).counts.queued == 2
    scans.with_name("elsewhere").rename(scans)
    desk.run(batch_id)
    assert statuses(library, batch_id) == ["done", "done"]


def test_a_folder_that_goes_away_between_two_pages_ends_the_run(library, scans, desk):
    draw_pages(scans, 2)
    batch_id, _ = desk.take_in(scans)

    class Unplugging(FakeRecognizer):
        def read(self, picture, turn=None):
            scans.rename(scans.with_name("elsewhere"))
            return super().read(picture, turn)

    desk.maker = Maker(Unplugging)
    with pytest.raises(FolderUnreachable):
        desk.run(batch_id)
    assert statuses(library, batch_id) == ["done", "pending"]


def test_a_file_that_is_gone_while_its_folder_is_there_fails(library, scans, desk):
    (scans / "inside").mkdir()
    draw_pages(scans / "inside", 1)
    draw_pages(scans, 1)
    batch_id, pages = desk.take_in(scans)
    shutil.rmtree(scans / "inside")
    desk.run(batch_id)
    assert sorted(statuses(library, batch_id)) == ["done", "failed"]
    (failed,) = library.page_ids(batch_id, PageFilter.FAILED)
    assert "no longer there" in library.page(failed).message
    assert library.page(failed).content is None
    assert failed in pages


def test_a_file_from_elsewhere_fails_and_does_not_stop_the_batch_whose_own_folder_is_gone(
    library, scans, tmp_path, desk
):
    draw_pages(tmp_path / "elsewhere", 2)
    draw_pages(scans, 1)
    batch_id, (page_id,) = desk.take_in(scans)
    drop = Drop([tmp_path / "elsewhere" / "2.png"], batch_id)
    find_pages(library, drop, desk.decoder.count_pages)
    shutil.rmtree(tmp_path / "elsewhere")
    scans.rename(scans.with_name("gone"))
    claim_page(library, page_id)
    library.runs.release(page_id)
    library.runs.unqueue(batch_id)
    library.runs.queue(batch_id, drop.page_ids)
    desk.run(batch_id)
    assert statuses(library, batch_id) == ["pending", "failed"]


def test_reading_again_from_a_folder_that_is_gone_keeps_the_earlier_text(library, scans, desk):
    draw_pages(scans, 1)
    (page_id,) = desk.read(scans)
    scans.rename(scans.with_name("elsewhere"))
    with pytest.raises(FolderUnreachable):
        desk.read_again(page_id)
    page = library.page(page_id)
    assert (page.status.value, library.text(page_id), page.message) == ("pending", "width 20", None)


def test_reading_a_file_again_that_is_gone_keeps_the_earlier_text_and_says_so(library, scans, desk):
    first, _ = draw_pages(scans, 2)
    page_id, _ = desk.read(scans)
    first.unlink()
    desk.read_again(page_id)
    page = library.page(page_id)
    assert (page.status.value, library.text(page_id)) == ("done", "width 20")
    assert page.message.startswith(f"{Fact.TEXT_KEPT()} The file is no longer there.")
