from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QImage

from ocrdesk.ui.capture.clipboard import files_named_in, image_in, png_in, png_of


def picture() -> QImage:
    image = QImage(7, 5, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 40))
    image.setPixelColor(3, 2, QColor(200, 100, 50, 255))
    return image


def test_a_picture_becomes_a_png_file_without_loss(qapp):
    data = QMimeData()
    data.setImageData(picture())
    kept = QImage.fromData(png_of(image_in(data)), "PNG")
    assert kept.convertToFormat(QImage.Format.Format_ARGB32) == picture()


def test_a_png_file_is_taken_as_it_is():
    data, given = QMimeData(), png_of(picture()) + b"more"
    data.setData("image/png", given)
    assert png_in(data) == given


@pytest.mark.parametrize("given", [b"", b"no picture"])
def test_what_is_only_called_png_is_not_taken(given):
    data = QMimeData()
    data.setData("image/png", given)
    assert png_in(data) is None
    assert image_in(QMimeData()) is None


def test_text_that_names_files_is_a_list_of_them(tmp_path):
    first, second = tmp_path / "an invoice.png", tmp_path / "b.pdf"
    for path in (first, second):
        path.write_bytes(b"x")
    assert files_named_in(f"{first}\n") == [first]
    assert files_named_in(f'"{first}"\r\n\n  {second.as_uri()}  ') == [first, second]
    assert files_named_in(str(tmp_path)) == [tmp_path]


@pytest.mark.parametrize(
    "text", ["", "  \n", "b.png", "Dear Sir or Madam,", "/no/such/file.png", "\0", "/" + "x" * 9000]
)
def test_other_text_names_none(text, tmp_path, monkeypatch):
    (tmp_path / "b.png").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    assert files_named_in(text) == []


def test_one_line_that_names_no_file_is_enough(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"x")
    assert files_named_in(f"{path}\nand a word on it") == []
    assert files_named_in(f"{path}\n{Path('b.png')}") == []
