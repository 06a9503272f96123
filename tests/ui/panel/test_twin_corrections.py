"""Corrections of another page of the same file are offered, taken and given back."""

from dataclasses import replace
from pathlib import Path

import pytest
from edited_page import READING
from fakes import batch_of, keep
from PySide6.QtWidgets import QPushButton

from ocrdesk.engine.corrections.changes import corrected


@pytest.fixture
def twin(edited, laid, library, edited_id):
    """A page of the same file, with a correction."""
    batch_id, (twin,) = batch_of(library, 1, Path("/others"))
    keep(library, twin, READING)
    for page_id in (twin, edited_id):
        library.checkpoints.keep_twin(page_id, library.page(page_id), b"same")
    library.rename_batch(batch_id, "Letters & more")
    library.corrections.keep(twin, corrected(library.texts.of(twin).lines[0], "17 Mill Lane"))
    laid.batches.follow(None)
    edited.refresh()
    return twin


def test_they_are_offered_above_the_text(twin, edited, actions):
    assert edited.twins.isVisible()
    assert edited.twins._words.text() == "The same page in “Letters & more” has 1 correction"
    assert actions["take_corrections"].isEnabled()


def test_a_page_of_the_same_batch_is_named_itself(twin, edited, laid, library):
    page, it = edited.page, library.page(twin)
    edited.twins.show_page(replace(page, batch_id=it.batch_id))
    assert edited.twins._words.text() == f"The same page in “{it.name}” has 1 correction"


def test_they_are_taken_and_given_back(twin, edited, laid, until, texts):
    edited.twins.findChild(QPushButton, "takeCorrections").click()
    until(lambda: texts()[0] == "17 Mill Lane")
    assert not edited.twins.isVisible() and not laid.actions["take_corrections"].isEnabled()
    assert laid.history.undo_words == "taking 1 correction"
    laid.history.undo()
    until(lambda: texts()[0] == "17 Mill Lame")
    until(edited.twins.isVisible)
    laid.history.redo()
    until(lambda: texts()[0] == "17 Mill Lane")


def test_a_page_without_a_twin_offers_nothing(edited, actions):
    assert not edited.twins.isVisible()
    assert not actions["take_corrections"].isEnabled()
