"""Pages of every kind, and exports of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from exported import NoDecoder
from fakes import batch_of, keep, reading

from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def page_ids(library):
    """A page of every kind: done, done in a folder, without text, failed, not read."""
    names = ["1.png", "sub/1.png", "blank.png", "bad.png", "waiting.png"]
    sources = [Source(Path("/scans") / name, name, size=1, modified=1) for name in names]
    _, page_ids = batch_of(library, sources)
    keep(library, page_ids[0], reading("first"))
    keep(library, page_ids[1], reading("Größe 发票"))
    keep(library, page_ids[2], Reading((), 10, 10))
    library.checkpoints.keep_failure(page_ids[3], "Damaged.")
    return page_ids


@pytest.fixture
def export(library, out, page_ids):
    """Makes an export of all pages to text, or as is said."""

    def make(pages=None, **choices) -> Export:
        chosen = replace(ExportChoices("txt", out), **choices)
        return Export(library, NoDecoder(), chosen, page_ids if pages is None else pages)

    return make
