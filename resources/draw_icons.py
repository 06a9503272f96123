"""Draws the icons that systems want as pictures, from the two SVG files: ``python resources/draw_icons.py``.

``desktop/program`` and ``desktop/batch-file`` get a PNG file for each size, and ``desktop`` an ``ocrdesk.ico`` for
Windows and an ``ocrdesk.icns`` for macOS.
"""

import io
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).parent
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def drawn(svg: Path, size: int) -> Image.Image:
    """An icon as a square picture of ``size`` pixels."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def main() -> None:
    """Draws all of them."""
    app = QGuiApplication([])
    desktop = RESOURCES / "desktop"
    for name, svg in (("program", RESOURCES / "icons" / "ocrdesk.svg"), ("batch-file", desktop / "batch-file.svg")):
        (desktop / name).mkdir(exist_ok=True)
        for size in SIZES:
            drawn(svg, size).save(desktop / name / f"{size}.png", optimize=True)
    largest = drawn(RESOURCES / "icons" / "ocrdesk.svg", 1024)
    largest.save(desktop / "ocrdesk.ico", sizes=[(size, size) for size in (16, 24, 32, 48, 64, 128, 256)])
    largest.save(desktop / "ocrdesk.icns")
    app.quit()


if __name__ == "__main__":
    main()
