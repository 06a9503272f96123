"""Each batch is exported as it was last, and a new one as any other was last."""

from pathlib import Path

import pytest

from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.ui.files import last_export
from ocrdesk.ui.files.last_export import first_folder, keep, last_of
from ocrdesk.ui.kit.choices import Choices


@pytest.fixture
def choices(qapp, tmp_path):
    return Choices(tmp_path)


PDF = ExportChoices("pdf", Path("/out/pdf"), per="batch")
TABLES = ExportChoices("csv", Path("/out/tables"), "{stem}", tables=True)


def test_at_first_it_is_a_searchable_pdf(choices):
    assert last_of(choices, 1) == ExportChoices("pdf", first_folder())


def test_a_batch_is_exported_as_last_and_a_new_one_as_any_other_was(choices, tmp_path):
    keep(choices, 1, PDF)
    keep(choices, 2, TABLES)
    for kept in (choices, Choices(tmp_path)):
        assert [last_of(kept, batch_id) for batch_id in (1, 2, 3, None)] == [PDF, TABLES, TABLES, TABLES]
    keep(choices, None, PDF)
    assert [last_of(choices, batch_id) for batch_id in (2, 3)] == [TABLES, PDF]


def test_what_was_exported_longest_ago_is_forgotten(choices, monkeypatch):
    monkeypatch.setattr(last_export, "MOST", 2)
    keep(choices, 1, PDF)
    keep(choices, 2, PDF)
    keep(choices, 1, PDF)
    keep(choices, 3, TABLES)
    assert [last_of(choices, batch_id) for batch_id in (1, 2, 3)] == [PDF, TABLES, TABLES]


@pytest.mark.parametrize("kept", ["{", "[]", '{"1": 5}', '{"1": {"format": 7}}', '{"1": {"format": "pdf"}}'])
def test_what_others_wrote_there_does_no_harm(choices, kept):
    keep(choices, None, TABLES)
    choices.set("export/batches", kept)
    assert last_of(choices, 1) == TABLES
    keep(choices, 1, PDF)
    assert last_of(choices, 1) == PDF


def test_a_format_that_is_there_no_longer_is_not_chosen(choices):
    choices.set("export/format", "papyrus")
    choices.set("export/per", "shelf")
    assert (last_of(choices, 1).format, last_of(choices, 1).per) == ("pdf", None)
