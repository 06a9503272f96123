import json
from pathlib import Path

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.cli.main import main
from ocrdesk.engine.library import Library

SCANS = Path("/scans/first")


@pytest.fixture
def opened(own_home):
    """A library with two batches that another program has open."""
    library = Library(own_home)
    _, (a, b) = batch_of(library, 2, SCANS)
    _, (c,) = batch_of(library, 1, Path("/scans/second"))
    keep(library, a, reading("the qvarzel", "of \x1b[ Łódź"))
    keep(library, b, reading("nothing"))
    keep(library, c, reading("a qvarzei"))
    yield library
    library.close()


def find(capsys, *words):
    status = main(["find", *words])
    said = capsys.readouterr()
    return status, said.out.splitlines(), said.err


def test_lines_are_printed_with_their_places(opened, capsys):
    assert find(capsys, "qvarzel") == (0, [f"{SCANS / '1.png'}, page 1, line 1: the qvarzel"], "")
    assert find(capsys, "--", "the", "-nothing")[1] == [f"{SCANS / '1.png'}, page 1, line 1: the qvarzel"]


def test_nothing_steers_the_terminal(opened, capsys):
    _, (row,), _ = find(capsys, "łódź")
    assert row.endswith("of  [ Łódź")
    _, (row,), _ = find(capsys, "łódź", "--json")
    assert "\x1b" not in row


def test_nothing_found_has_a_status_of_its_own(opened, capsys):
    assert find(capsys, "xylophone") == (1, [], "")
    assert find(capsys, "qvar", "--no-similar") == (1, [], ""), "a word on the command line is complete"
    assert find(capsys, "qvar*")[0] == 0


def test_similar_words_are_told(opened, capsys):
    status, rows, said = find(capsys, "qvarze1")
    assert (status, len(rows)) == (0, 2)
    assert "similar words" in said
    assert "qvarze1: qvarzei, qvarzel" in said
    assert len(find(capsys, "qvarzel", "--similar")[1]) == 2
    assert find(capsys, "qvarze1", "--no-similar")[0] == 1


def test_a_search_can_be_narrowed_to_batches(opened, capsys):
    assert find(capsys, "a", "--batch", "second")[0] == 0
    assert find(capsys, "a", "--batch", "first")[0] == 1
    assert find(capsys, "a", "--batch", "third")[0] == 2


def test_pages_found_by_name_have_no_line(opened, capsys):
    assert find(capsys, "name:2", "folder:first")[1] == [f"{SCANS / '2.png'}, page 1"]


def test_records_have_the_places_on_the_picture(opened, capsys):
    _, (row,), _ = find(capsys, "qvarzel", "--json")
    record = json.loads(row)
    (found,) = record.pop("found")
    assert record == {
        "path": str(SCANS / "1.png"), "page": 1, "batch": 1, "line": 1, "text": "the qvarzel", "tolerant": False,
    }  # fmt: skip
    assert (found["text"], found["start"], len(found["polygon"])) == ("qvarzel", 4, 4)


def test_pages_that_are_not_indexed_yet_are_told(opened, capsys, monkeypatch):
    monkeypatch.setattr("ocrdesk.engine.library.searching.Searching.not_indexed", lambda self: 2)
    assert "2 pages are not indexed yet" in find(capsys, "qvarzel")[2]


def test_words_are_needed(own_home, capsys):
    with pytest.raises(SystemExit):
        main(["find"])
    assert find(capsys, "x")[0] == 2, "there is no library yet"
