"""What the decoding processes give: pictures, texts and sentences arrive whole; passwords are kept for as long."""

import os
import sys
import threading
from pathlib import Path

import children
import numpy as np
import pytest
from decoding import UPRIGHT, corners, process_of
from fakes import PATIENCE, broken_image, draw_pages, load_page, many_frames, quadrants
from hand_made import PROTECTED_OTHERWISE
from pdfs import PROTECTED, text_pdf
from PIL import Image

from ocrdesk.engine.decode import OwnText, PageCount, Picture
from ocrdesk.engine.decode.pipe import CHUNK
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, PasswordWrong

SENTENCE = "A sentence of a letter, long enough to be trusted"


# What arrives


@pytest.mark.parametrize(
    "size",
    [(40, 24), (1399, 1000), (2048, 2048), ((CHUNK + 2) // 6, 2), (1, 1)],
    ids=["small", "more than one piece", "three pieces to the byte", "two bytes more than one piece", "one pixel"],
)
def test_a_picture_arrives_as_it_was_decoded(one, scans, size):
    width, height = size
    values = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    Image.fromarray(values).save(scans / "page.ppm")
    picture = one.load_page(scans / "page.ppm")
    assert isinstance(picture, Picture)
    assert np.array_equal(picture.pixels, values)
    assert picture.pixels.flags.writeable
    assert (picture.rotation, picture.remark) == (0, None)


def test_rotation_and_remark_arrive_too(one, scans):
    exif = Image.Exif()
    exif[0x0112] = 6
    quadrants().save(scans / "page.png", "JPEG", exif=exif, quality=100)
    picture = one.load_page(scans / "page.png")
    assert (picture.rotation, picture.pixels.shape) == (90, (40, 24, 3))
    assert (
        picture.remark
        == load_page(scans / "page.png").remark
        == ("This is a JPEG picture, though its name ends in .png.")
    )


@pytest.mark.parametrize(("turn", "rotation"), [(0, 90), (90, 180), (270, 0)])
def test_a_small_picture_is_turned_further(one, scans, turn, rotation):
    exif = Image.Exif()
    exif[0x0112] = 6
    quadrants(800, 480).transpose(Image.Transpose.ROTATE_90).save(scans / "page.jpg", exif=exif)
    picture = one.load_small(scans / "page.jpg", 0, turn, 100)
    assert picture.rotation == rotation
    assert picture.pixels.shape == ((60, 100, 3) if turn == 0 else (100, 60, 3))
    turned = quadrants().rotate(-turn, expand=True)
    assert corners(picture.pixels) == corners(np.asarray(turned))
    assert turn or corners(picture.pixels) == UPRIGHT


def test_text_of_the_file_itself_arrives_unless_a_picture_is_wanted(one, scans):
    (scans / "letter.pdf").write_bytes(text_pdf(SENTENCE, pages=3))
    assert one.count_pages(scans / "letter.pdf") == PageCount(3)
    text = one.load_page(scans / "letter.pdf", 1)
    assert isinstance(text, OwnText)
    assert [line.text for line in text.reading.lines] == [SENTENCE]
    picture = one.load_page(scans / "letter.pdf", 1, as_picture=True)
    assert isinstance(picture, Picture)
    assert picture.pixels.shape[:2] == (text.reading.height, text.reading.width)
    assert max(one.load_small(scans / "letter.pdf", 1, 90, 200).pixels.shape) <= 200


def test_the_frame_asked_for_arrives(one, scans):
    path = many_frames(scans / "x.tif", 20, 30, 40)
    assert one.count_pages(path) == PageCount(3)
    assert [one.load_page(path, frame).pixels.shape[1] for frame in (2, 0, 1)] == [40, 20, 30]


def test_a_file_that_changed_is_opened_again(one, scans):
    path = many_frames(scans / "x.tif", 20, 30)
    assert one.load_page(path, 1).pixels.shape[1] == 30
    many_frames(scans / "y.tif", 50, 60, 70).replace(path)
    assert one.load_page(path, 1).pixels.shape[1] == 60


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such names")
def test_a_name_that_is_no_valid_unicode_reaches_the_process(one, page):
    path = page.rename(Path(os.fsdecode(os.fsencode(page.parent) + b"/sc\xffn.png")))
    assert corners(one.load_page(path).pixels) == UPRIGHT


# What goes wrong with a file


def test_a_sentence_arrives_with_its_cause_and_the_process_goes_on(one, scans, page):
    one.load_page(page)
    before = process_of(one).pid
    with pytest.raises(PageUnreadable) as caught:
        one.load_page(scans / "gone.png")
    assert str(caught.value) == "The file is no longer there. Put it back, then retry."
    assert type(caught.value) is PageUnreadable
    assert "FileNotFoundError" in str(caught.value.__cause__)
    assert "gone.png" in str(caught.value.__cause__), "the log tells where it came from"
    with pytest.raises(PageUnreadable, match="cut off"):
        one.load_page(broken_image(scans / "broken.png"))
    assert one.load_page(page).pixels.shape == (24, 40, 3)
    assert process_of(one).pid == before


def test_a_damaged_file_says_nothing_on_the_terminal(make, scans, capfd):
    path = scans / "page.tif"
    quadrants(300, 200).save(path, compression="tiff_deflate")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(PageUnreadable):
        make().load_page(path)
    assert capfd.readouterr() == ("", "")


def test_pages_of_other_sizes_do_not_disturb_each_other(decoder, scans):
    """The shared decoder, from many threads at once."""
    paths = draw_pages(scans, 12)
    widths = {}
    threads = [
        threading.Thread(target=lambda path=path: widths.update({path.name: decoder.load_page(path).pixels.shape[1]}))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert widths == {f"{number}.png": 19 + number for number in range(1, 13)}


# Passwords


@pytest.fixture
def protected(scans) -> Path:
    (scans / "letter.pdf").write_bytes(PROTECTED)
    return scans / "letter.pdf"


def test_a_password_is_kept_for_its_file_while_the_decoder_lives(make, protected, page):
    decoder = make()
    with pytest.raises(PasswordNeeded) as caught:
        decoder.load_page(protected)
    assert not isinstance(caught.value, PasswordWrong)
    with pytest.raises(PasswordWrong):
        decoder.unlock(protected, "Secret")
    with pytest.raises(PasswordNeeded) as caught:
        decoder.count_pages(protected)
    assert not isinstance(caught.value, PasswordWrong), "a wrong password is not kept"
    assert decoder.unlock(protected, "secret") == PageCount(3)
    assert decoder.count_pages(protected) == PageCount(3)
    assert isinstance(decoder.load_page(protected, 2), OwnText)
    assert decoder.load_small(protected, 0, 0, 100).pixels.min() < 250


def test_a_file_that_was_moved_and_others_with_the_same_password_are_not_asked_for_again(make, protected):
    decoder = make()
    decoder.unlock(protected, "secret")
    moved, other = protected.with_name("moved.pdf"), protected.with_name("other.pdf")
    protected.rename(moved)
    other.write_bytes(PROTECTED_OTHERWISE)
    assert isinstance(decoder.load_page(moved), OwnText)
    with pytest.raises(PasswordNeeded) as caught:
        decoder.load_page(other)
    assert not isinstance(caught.value, PasswordWrong), "nobody entered a password for this one"
    assert decoder.unlock(other, "Gehéim 1") == PageCount(1)
    assert isinstance(decoder.load_page(other), OwnText)
    assert isinstance(decoder.load_page(moved, 1), OwnText)


def test_another_decoder_does_not_know_it_and_nothing_of_it_is_written(make, one, protected, tmp_path, caplog):
    caplog.set_level("DEBUG")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    decoder = make()
    decoder.unlock(protected, "secret")
    with pytest.raises(PasswordWrong):
        decoder.unlock(protected, "another secret")
    with pytest.raises(PasswordNeeded):
        one.load_page(protected)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
    assert "secret" not in caplog.text


def test_a_password_stays_out_of_the_log_when_a_process_crashes_on_it(make, protected, caplog):
    caplog.set_level("DEBUG")
    decoder = make(children.crash)
    with pytest.raises(PageUnreadable, match="crash"):
        decoder.unlock(protected, "secret")
    assert "died on" in caplog.text
    assert "secret" not in caplog.text
