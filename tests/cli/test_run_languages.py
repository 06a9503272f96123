"""``ocrdesk run --language``."""

import pytest
from fakes import draw_pages

from ocrdesk.cli import languages
from ocrdesk.engine.recognition.languages import Language, Origin


@pytest.fixture(autouse=True)
def installed(monkeypatch, tmp_path):
    """Two languages are installed, and one whose file is damaged."""
    found = [
        Language("rus", tmp_path / "rus.traineddata", Origin.SHIPPED),
        Language("eng", tmp_path / "eng.traineddata", Origin.SHIPPED),
        Language("kat", tmp_path / "kat.traineddata", Origin.OWN, "“kat.traineddata” is damaged."),
    ]
    monkeypatch.setattr(languages, "available_languages", lambda own: {it.key: it for it in found})
    return found


def test_pages_are_read_in_the_languages_that_are_named_and_read_again_when_others_are(terminal, scans, kept):
    draw_pages(scans, 2)
    status, records = terminal.run(scans, "--language", "rus, eng")
    assert (status, len(records)) == (0, 2)
    library = kept()
    (batch,) = library.batches()
    assert batch.languages == ("rus", "eng")
    assert {page.recognizer for page in library.pages(library.page_ids(batch.id)).values()} == {"fake/rus+eng"}
    library.close()
    terminal.run(scans)
    terminal.run(scans, "--language", "rus,eng")
    assert terminal.maker.widths_read == [20, 21], "nothing has changed"
    terminal.run(scans / "1.png", "--language", "auto")
    assert sorted(terminal.maker.widths_read) == [20, 20, 21]
    library = kept()
    assert library.batches()[0].languages == ()


@pytest.mark.parametrize(
    ("named", "why"),
    [("xxx", "“xxx” is not installed. Choose among rus, eng, kat"), ("rus,kat", "damaged"), ("rus,", "“” is not")],
)
def test_a_language_that_cannot_be_read_is_refused_before_anything_is_read(terminal, scans, named, why):
    draw_pages(scans, 1)
    status, records = terminal.run(scans, "--language", named)
    assert (status, records) == (2, [])
    assert why in terminal.err
    assert not terminal.maker.made


def test_without_any_language_it_is_said_what_to_install(terminal, scans, installed):
    installed.clear()
    draw_pages(scans, 1)
    status, _ = terminal.run(scans, "--language", "rus")
    assert status == 2
    assert "ocrdesk[languages]" in terminal.err
