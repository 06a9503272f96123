"""Batch files as somebody writes them who means harm."""

import io
import json
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

from ocrdesk.engine.batch_file import save_batch
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.library import Library


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(file: Path, contents: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return file


def page(path: str, text: str = "planted", **changes: object) -> dict[str, object]:
    """A page that was read, as a batch file has it."""
    line = {"text": text, "confidence": 0.9, "polygon": [0, 0, 9, 0, 9, 9, 0, 9], "words": []}
    read = {
        "file": path, "frame": 0, "name": path, "size": 0, "modified": 0, "status": "done", "message": None,
        "text_start": text, "line_count": 1, "confidence": 0.9, "seconds": 1.0, "width": 20, "height": 10, "turn": 0,
        "rotation": 0, "recognizer": "fake", "content": None, "as_picture": False, "locked": False, "remark": None,
        "turn_wanted": None, "way": None, "mode_wanted": None, "read_at": None, "lines": [line],
    }  # fmt: skip
    return read | changes


def claims(path: Path) -> dict[str, object]:
    """All that can be claimed of a file, as if it was known to the last bit."""
    content = Fingerprints().of(path)
    status = path.stat()
    return {"size": status.st_size, "modified": status.st_mtime_ns, "content": content.hex() if content else None}


def hostile(
    file: Path,
    *pages: dict[str, object],
    folder: str = "/scans",
    pictures: dict[str, bytes] | None = None,
    thumbnails: Sequence[bytes] = (),
) -> Path:
    """A batch file of these pages, with these pictures and thumbnails."""
    header = {
        "format": "ocrdesk batch", "version": 1, "name": "holiday", "folder": folder, "whole_folder": True,
        "way": "auto", "regions": [], "with_pictures": pictures is not None, "pages": len(pages),
    }  # fmt: skip
    inside = {f"pictures/{name}": content for name, content in (pictures or {}).items()}
    return pack(
        file,
        {
            "batch.json": json.dumps(header).encode(),
            "pages.jsonl": b"".join(json.dumps(page).encode() + b"\n" for page in pages),
            "left_out.jsonl": b"",
            **inside,
            **{f"thumbnails/{number:05}.jpg": content for number, content in enumerate(thumbnails, start=1)},
        },
    )


def saved_again(library: Library, batch_id: int, file: Path) -> bytes:
    """All bytes of the file that a batch is saved as, with its pictures."""
    save_batch(library, batch_id, file, with_pictures=True)
    return b"".join(members(file).values())


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """A file in which some bytes are others, are missing, or came in; now and then with its checksums made good."""
    broken = bytearray(whole)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(len(broken))
        match chance.randrange(4):
            case 0:
                broken[place] ^= 1 << chance.randrange(8)
            case 1:
                del broken[place : place + chance.randrange(1, 200)]
            case 2:
                broken[place:place] = chance.randbytes(chance.randrange(1, 50))
            case 3:  # in the records, which are packed again so that the damage gets past the checksum
                return packed_again(whole, chance)
    return bytes(broken)


def packed_again(whole: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        contents = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    member = contents[chance.choice(["batch.json", "pages.jsonl", "pages.jsonl", "left_out.jsonl"])]
    for _ in range(chance.choice((1, 2, 5))):
        place = chance.randrange(len(member))
        member[place : place + chance.randrange(3)] = chance.choice(
            [
                b"",
                b"-",
                b"9",
                b'"',
                b"null",
                b"1e99",
                b"\\u0000",
                b"/",
                b"..",
                b"[",
                b"}",
                bytes([chance.randrange(256)]),
            ]
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, bytes(content))
    return file.getvalue()


def with_first_page(file: Path, /, **changes: object) -> Path:
    contents = members(file)
    first, *rest = contents["pages.jsonl"].splitlines()
    page = json.loads(first) | changes
    contents["pages.jsonl"] = b"\n".join([json.dumps(page).encode(), *rest])
    return pack(file, contents)


def with_header(file: Path, /, **changes: object) -> Path:
    contents = members(file)
    contents["batch.json"] = json.dumps(json.loads(contents["batch.json"]) | changes).encode()
    return pack(file, contents)


def with_first_line(file: Path, /, **changes: object) -> Path:
    page = json.loads(members(file)["pages.jsonl"].splitlines()[0])
    return with_first_page(file, lines=[page["lines"][0] | changes])
