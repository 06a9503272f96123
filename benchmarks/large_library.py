"""A library of 100,000 pages, to measure on."""

import shutil
from pathlib import Path

from PIL import Image
from search_library import fill_index

from ocrdesk.engine.batch_file import save_batch
from ocrdesk.engine.document import Source
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.rows import POLYGON
from ocrdesk.places import find_places

SIZES = {"Letters": 20_000, "Invoices": 20_000, "Failed": 20_000} | {f"Volume {number}": 10_000 for number in range(4)}
LINES = 8
WORDS = (  # noqa: SIM905
    "Invoice für die Lieferung vom Größe délivré à l'école the quick brown fox Straße number total amount paid "
    "within thirty days Rechnung Nummer please quote reference account received balance carried forward"
).split()
FOUND = "remittance"
"""On 89 of 100 pages."""


def make_library(cache: Path) -> None:
    """Makes it once: every second page doubtful, one batch all failed, two with pictures that are there."""
    if (cache / "whole").exists():
        return
    shutil.rmtree(cache, ignore_errors=True)
    library = Library(find_places(cache / "home").library)
    pictures = cache / "pictures"
    for name, count in SIZES.items():
        print(f"making “{name}”, {count:,} pages…", flush=True)
        folder = pictures / name
        sources = [
            Source(
                folder / f"{number // 1000:02}" / f"scan {number:05}.png",
                f"{number // 1000:02}/scan {number:05}.png",
                0,
                1,
                1,
            )
            for number in range(count)
        ]
        if name in ("Letters", "Failed"):
            _draw(sources)
        batch_id = library.batch_of_folder(folder, whole=True)
        for start in range(0, count, 2000):
            added = library.add_pages(batch_id, sources[start : start + 2000])
            _read(library, added.page_ids, failed=name == "Failed")
    batch = library.find_batch(pictures / "Volume 0", whole=True)
    assert batch is not None
    save_batch(library, batch, cache / "saved.ocrdesk", with_pictures=False, thumbnail=lambda page: None)
    library.close()
    fill_index(find_places(cache / "home").library)
    (cache / "whole").touch()


def _draw(sources: list[Source]) -> None:
    """One small picture under many names."""
    one = sources[0].path
    one.parent.mkdir(parents=True)
    Image.new("L", (64, 88), 200).save(one)
    for source in sources[1:]:
        source.path.parent.mkdir(exist_ok=True)
        source.path.hardlink_to(one)


def _read(library: Library, page_ids: tuple[int, ...], *, failed: bool) -> None:
    polygon = POLYGON.pack(0, 0, 900, 0, 900, 30, 0, 30)
    with library._connection.write() as db:
        if failed:
            db.executemany(
                "UPDATE page SET status = 'failed', message = 'The file is empty. Scan it again.' WHERE id = ?",
                [(page_id,) for page_id in page_ids],
            )
            return
        for page_id in page_ids:
            lines = [
                " ".join(WORDS[(page_id * 7 + line * 5 + word) % len(WORDS)] for word in range(8))
                for line in range(LINES)
            ]
            if page_id % 100 < 89:
                lines[page_id % LINES] += f" {FOUND}"
            confidence = 0.5 if page_id % 2 else 0.95
            db.execute(
                "UPDATE page SET status = 'done', line_count = ?, confidence = ?, to_check = ?, seconds = ?, "
                "width = 1000, height = 1400, recognizer = 'benchmark', content = ?, text_start = ? WHERE id = ?",
                (LINES, confidence, page_id % 2, 1 + page_id % 17 / 10, page_id.to_bytes(16, "big"),
                 " ".join(lines)[:300], page_id),
            )  # fmt: skip
            db.executemany(
                "INSERT INTO line (page_id, number, text, confidence, polygon) VALUES (?, ?, ?, ?, ?)",
                [(page_id, number, text, confidence, polygon) for number, text in enumerate(lines)],
            )
