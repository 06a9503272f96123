"""Folders to be walked, and what was found in them."""

import io
import os
from pathlib import Path

from fakes import count_pages
from PIL import Image

from ocrdesk.engine.intake.walk import LeftOut, Walk


def png() -> bytes:
    file = io.BytesIO()
    Image.new("L", (20, 10), 255).save(file, "PNG")
    return file.getvalue()


def put(path: Path, content: bytes | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png() if content is None else content)
    return path


def names(path: Path, left_out: LeftOut | None = None, *, base: Path | None = None, **options) -> list[str]:
    walk = Walk(**{"count_pages": count_pages, "left_out": left_out or LeftOut(), **options})
    return [page.name.replace(os.sep, "/") for page in walk.find_pages(path, base)]


def shown(left_out: LeftOut, folder: Path) -> list[tuple[str, str]]:
    return [(str(file.path.relative_to(folder)).replace(os.sep, "/"), file.why) for file in left_out.files]
