"""A batch with everything that a batch can have, and how two batches are compared."""

import io
from dataclasses import fields, replace
from pathlib import Path

from fakes import batch_of, draw_pages, keep, many_frames, polygon, quadrants, reading

from ocrdesk.engine.corrections.changes import accepted, corrected, moved, new_line
from ocrdesk.engine.document import LeftOutFile, Line, Mode, Reading, ReadingOrder, Rule, Source, Word
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.fields import OwnField, Side
from ocrdesk.engine.library.saved import PAGE_VALUES
from ocrdesk.engine.rivals import RivalLetter
from ocrdesk.engine.scan_quality.measures import Measures

WORDS = (
    Word(
        "Zwölf",
        0.7,
        polygon(0.1, 0.3, 33.3, 10.7),
        (RivalLetter(1, 1, "𝟛", 0.3), RivalLetter(4, 1, "", 0.9)),
        across=(51 / 255, 204 / 255),
    ),
    Word("😀", 1 / 3, polygon(40.7, 0.3, 30.1, 10.7)),
)


PNG = b"\x89PNG\r\n\x1a\n"
"""How a PNG begins: enough to be taken for one."""


SCAN = Measures(*(number / 3 for number in range(len(fields(Measures)))))


def source(folder: Path, name: str, frame: int = 0, shown: str = "") -> Source:
    status = (folder / name).stat()
    return Source(folder / name, shown or name, frame, status.st_size, status.st_mtime_ns)


def full_batch(library: Library, scans: Path) -> int:
    """Pages that are done, blank and unread, failed, waiting, being read, turned, of several frames, from elsewhere."""
    draw_pages(scans, 5)
    draw_pages(scans / "mai ü", 1)
    draw_pages(scans.parent / "other", 1, first=9)
    many_frames(scans / "many.tif", 20, 30)
    names = ["1.png", "2.png", "3.png", "4.png", "5.png", "mai ü/1.png"]
    found = [source(scans, name) for name in names]
    found += [source(scans, "many.tif", frame, f"many.tif · {frame + 1}") for frame in (0, 1)]
    found += [source(scans.parent / "other", "9.png")]
    batch_id, pages = batch_of(library, found, scans)
    lines = (Line("Zwölf  😀 \t x", 0.1 + 0.2, polygon(0.1, 0.3, 100.7, 10.7), WORDS),)
    kept = Reading(lines, 200, 300, 90, rules=(Rule((10, 20.4), (10, 290)), Rule((0, 5), (-3, 5))))
    for number in (0, 5, 6, 7, 8):
        content = Fingerprints().of(found[number].path)
        library.checkpoints.keep(
            pages[number], kept, seconds=0.1, rotation=270, recognizer="fake", content=content, remark="Look."
        )
    keep(library, pages[1], Reading((), 20, 30, unread=1.0))
    library.checkpoints.keep_failure(pages[2], "Damaged. Scan it again.", locked=True)
    keep(library, pages[3], reading("old", "text"))
    correct_all(library, pages)
    library.runs.turn_pages([pages[3]], 90)
    library.runs.read_in_mode([pages[3]], Mode.FAST)
    library.reading_languages.read_in([pages[3]], ["rus", "eng"])
    library.reading_languages.set_for_batch(batch_id, ["ell"])
    library.files.read_as_picture([pages[3]], True)
    library.runs.unqueue(batch_id)
    library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.ROWS)
    library.texts.set_reading_order_of_pages([pages[0]], ReadingOrder.SINGLE)
    library.texts.set_regions(batch_id, [Region(0.1, 0.2, 1 / 3, 0.9, True), Region(0, 0, 1, 0.05)])
    library.fields.set_own(batch_id, [OwnField("Client", "Kd.-Nr.", Side.BELOW, 2)])
    library.fields.keep(library.page_ids(batch_id)[0], {"total": "12.50", "own Client": "Müller"})
    library.files.keep_left_out(batch_id, [LeftOutFile(scans / "notes.txt", Fact.NO_PAGE())], all_of_it=False)
    library.files.put_in_order(batch_id, list(reversed(pages)))
    library.runs.queue(batch_id, [pages[4]])
    assert library.runs.claim_next(batch_id).id == pages[4], "one is being read"
    return batch_id


def correct_all(library: Library, pages: list[int]) -> None:
    """All kinds of corrections; of one the line is not found when its page is read again."""
    (zwölf,), (old, text) = library.texts.lines(pages[0]), library.texts.lines(pages[3])
    library.corrections.keep(pages[0], accepted(zwölf, [(0, 5)]), new_line(polygon(0.5, 20, 30, 10), "Neu"))
    library.corrections.keep(pages[1], new_line(polygon(1, 2, 3, 4), "Titel"))
    library.corrections.keep(pages[3], corrected(old, "ald"), corrected(text, None))
    keep(library, pages[3], reading("old"))
    library.corrections.keep(pages[3], moved(library.texts.lines(pages[3])[0], None))
    assert [it.before for it in library.corrections.lost()] == ["text"]


def read_batch(library: Library, scans: Path) -> int:
    """Three pages that all were read."""
    draw_pages(scans, 2)
    draw_pages(scans / "mai", 1)
    found = [source(scans, name) for name in ("1.png", "2.png", "mai/1.png")]
    batch_id, pages = batch_of(library, found, scans)
    for page_id, page in zip(pages, found, strict=True):
        content = Fingerprints().of(page.path)
        library.checkpoints.keep(
            page_id, reading(page.name), seconds=1, rotation=0, recognizer="fake", content=content, scan=SCAN
        )
    return batch_id


def held(library: Library, batch_id: int) -> list[object]:
    """All that a library holds of a batch but where its files are."""
    batch = library.batch(batch_id)
    page_ids = library.page_ids(batch_id)
    pages = [
        (page.values, page.lines, [replace(it, id=0, page_id=0) for it in page.corrections])
        for _, _, page in library.saved.pages(page_ids)
    ]
    assert all(set(values) == set(PAGE_VALUES) for values, *_ in pages)
    texts = [library.text(page_id) for page_id in page_ids]
    left_out = [(file.path.name, file.why) for file in library.files.left_out(batch_id)]
    own = library.fields.own(batch_id), list(library.fields.kept(library.page_ids(batch_id)).values())
    return [batch.name, batch.reading_order, library.texts.regions(batch_id), own, left_out, texts, *pages]


def places(library: Library, batch_id: int) -> list[Path]:
    """The files of the pages, in order."""
    pages = library.pages(library.page_ids(batch_id))
    return [pages[page_id].path for page_id in library.page_ids(batch_id)]


def jpeg(page: object = None) -> bytes:
    file = io.BytesIO()
    quadrants().save(file, "JPEG")
    return file.getvalue()
