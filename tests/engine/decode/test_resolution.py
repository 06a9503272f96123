"""How many dots an inch has: as files say, where they can know."""

import pytest
from fakes import load_page, quadrants
from pdfs import picture_pdf


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_a_scan_says_its_resolution(tmp_path, suffix):
    quadrants().save(tmp_path / f"scan.{suffix}", dpi=(200, 200))
    resolution = load_page(tmp_path / f"scan.{suffix}").resolution
    assert resolution.dpi == pytest.approx(200, abs=0.1)
    assert resolution.enlarged == 1


@pytest.mark.parametrize("dpi", [72, 96, 1, 30_000])
def test_what_a_program_writes_by_default_and_what_cannot_be_is_not_taken(tmp_path, dpi):
    quadrants().save(tmp_path / "page.jpg", dpi=(dpi, dpi))
    assert load_page(tmp_path / "page.jpg").resolution.dpi is None


def test_a_camera_does_not_know_it(tmp_path):
    picture = quadrants()
    exif = picture.getexif()
    exif.get_ifd(0x8769)[0x829D] = 2.8  # its aperture
    picture.save(tmp_path / "photo.jpg", dpi=(300, 300), exif=exif)
    assert load_page(tmp_path / "photo.jpg").resolution.dpi is None


def test_a_picture_without_it_has_none(tmp_path):
    quadrants().save(tmp_path / "page.png")
    assert load_page(tmp_path / "page.png").resolution.dpi is None


@pytest.mark.parametrize(("dpi", "enlarged"), [(100, 3), (300, 1), (600, 1)])
def test_a_coarse_scan_in_a_pdf_is_drawn_enlarged(tmp_path, dpi, enlarged):
    (tmp_path / "scan.pdf").write_bytes(picture_pdf(quadrants(300, 200), dpi=dpi))
    resolution = load_page(tmp_path / "scan.pdf").resolution
    assert resolution.dpi == pytest.approx(300, rel=0.01)
    assert resolution.enlarged == pytest.approx(enlarged, rel=0.02)
