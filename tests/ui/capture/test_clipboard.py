from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QColor, QImage

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.ui.capture.clipboard import files_named_in, picture_in, png_of


def picture() -> QImage:
    image = QImage(7, 5, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 40))
    image.setPixelColor(3, 2, QColor(200, 100, 50, 255))
    return image


def file_of(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def test_a_picture_becomes_a_png_file_without_loss(qapp):
    data = QMimeData()
    data.setImageData(picture())
    kept = QImage.fromData(picture_in(data)(), "PNG")
    assert kept.convertToFormat(QImage.Format.Format_ARGB32) == picture()


def test_a_png_file_is_taken_as_it_is(qapp):
    data, given = QMimeData(), png_of(picture()) + b"more"
    data.setData("image/bmp", file_of(picture(), "BMP"))
    data.setData("image/png", given)
    assert picture_in(data)() == given


def test_another_kind_of_file_becomes_a_png_file(qapp):
    data, opaque = QMimeData(), picture().convertToFormat(QImage.Format.Format_RGB888)
    data.setData("image/bmp", file_of(opaque, "BMP"))
    kept = QImage.fromData(picture_in(data)(), "PNG")
    assert kept.convertToFormat(QImage.Format.Format_RGB888) == opaque


def test_a_file_that_is_no_picture_says_what_to_do(qapp):
    data = QMimeData()
    data.setData("image/png", b"no picture")
    with pytest.raises(OcrdeskError, match="Copy it again"):
        picture_in(data)()


@pytest.mark.parametrize("kind", ["image/png", "image/svg+nothing", "text/html"])
def test_where_no_picture_is_there_is_none(qapp, kind):
    data = QMimeData()
    data.setData(kind, b"" if kind == "image/png" else b"something")
    assert picture_in(data) is None


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
