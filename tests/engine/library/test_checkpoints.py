import os
import random
import signal
import subprocess
import sys
from collections import deque
from dataclasses import fields, replace
from math import nan
from pathlib import Path

import pytest
from fakes import batch_of, claim, die_and_reopen, full_disk, keep, line, reading

import ocrdesk
from ocrdesk.engine.document import Counts, Line, PageStatus, Reading, Rule
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.library.rows import rules_of as kept_rules
from ocrdesk.engine.quality import is_doubtful
from ocrdesk.engine.scan_quality.measures import Measures

ROOT = Path(ocrdesk.__file__).parents[1]


def rules_of(library, page_id: int) -> tuple[Rule, ...]:
    """The rules that are kept of a page."""
    ((_, _, page),) = library.saved.pages([page_id])
    return kept_rules(page.values["rules"])


# Checkpoints


def test_lines_come_back_exactly_as_they_were_read(library):
    _, (page_id,) = batch_of(library, 1)
    lines = (
        Line("Größe 发票 ½ €", 0.99609375, ((1.5, 2.25), (100.5, 3.0), (100.0, 30.5), (1.0, 29.75))),
        Line("almost nothing", 0.0009765625, ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))),
        Line("  spaces and\ttab ", 0.0, ((-3.0, 0.0), (9000.5, 0.0), (9000.5, 1.0), (0.0, 1.0))),
        Line("=1+1", 1.0, ((0.0, 5.0), (1.0, 5.0), (1.0, 6.0), (0.0, 6.0))),
    )
    keep(library, page_id, Reading(lines, width=9001, height=31, turn=90), seconds=1.5, rotation=270)
    library = die_and_reopen(library)
    assert library.texts.lines(page_id) == lines
    page = library.page(page_id)
    assert (page.status, page.line_count, page.width, page.height) == (PageStatus.DONE, 4, 9001, 31)
    assert (page.turn, page.rotation, page.seconds, page.recognizer) == (90, 270, 1.5, "fake")
    library.close()


def test_how_well_a_page_was_scanned_is_kept_and_goes_to_other_pages_of_the_same_file(library):
    _, (page_id, twin) = batch_of(library, 2)
    scan = Measures(*(0.5 * number for number in range(len(fields(Measures)))))
    library.checkpoints.keep(page_id, reading("a"), seconds=1, rotation=0, recognizer="fake", scan=scan)
    assert library.checkpoints.keep_twin(twin, library.page(page_id), b"1" * 16)
    pages = library.saved.pages([page_id, twin])
    assert [Measures.unpacked(page.values["scan"]) for _, _, page in pages] == [scan, scan]
    keep(library, page_id, reading("b"))
    ((_, _, page),) = library.saved.pages([page_id])
    assert page.values["scan"] is None


def test_the_mean_confidence_counts_characters_and_not_lines(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("ab", confidence=0.5), line("abcdef", confidence=0.9)), 10, 10))
    assert library.page(page_id).confidence == pytest.approx((2 * 0.5 + 6 * 0.9) / 8)


def test_letters_that_were_not_read_make_a_page_doubtful_and_it_says_why(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    keep(library, page_id, replace(reading("abc", confidence=0.9), unread=0.25))
    keep(library, other, reading("abc", confidence=0.9))
    library = die_and_reopen(library)
    page = library.page(page_id)
    assert (page.confidence, page.remark) == (pytest.approx(0.9 * 0.75), Fact.MUCH_UNREAD())
    assert library.page_ids(batch_id, PageFilter.DOUBTFUL) == [page_id]
    library.close()


def test_a_page_of_which_nothing_could_be_read_is_doubtful_as_well_as_without_text(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((), 10, 10, unread=1.0))
    page = library.page(page_id)
    assert (page.confidence, page.remark, page.is_blank, is_doubtful(page)) == (
        0.0,
        Fact.MUCH_UNREAD(),
        True,
        True,
    )
    assert library.batch(batch_id).counts.doubtful == library.batch(batch_id).counts.blank == 1


def test_a_page_that_is_read_better_the_next_time_is_doubtful_no_more(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((), 10, 10, unread=1.0))
    keep(library, page_id, reading("abc", confidence=0.9))
    assert (library.page(page_id).remark, library.batch(batch_id).counts.doubtful) == (None, 0)


def test_what_else_a_person_should_know_is_said_before_it(library):
    _, (page_id,) = batch_of(library, 1)
    unread = replace(reading("abc"), unread=0.5)
    library.checkpoints.keep(page_id, unread, seconds=1, rotation=0, recognizer="fake", remark="Read smaller.")
    assert library.page(page_id).remark == f"Read smaller. {Fact.MUCH_UNREAD()}"


def test_the_fingerprint_and_the_remark_are_kept_with_a_reading_and_replaced_by_the_next(library):
    _, (page_id,) = batch_of(library, 1)
    more = {"seconds": 1, "rotation": 0, "recognizer": "fake"}
    library.checkpoints.keep(
        page_id, reading("one"), **more, content=b"\0\xff", remark="The file is damaged near its end."
    )
    page = library.page(page_id)
    assert (page.content, page.remark) == (b"\0\xff", "The file is damaged near its end.")
    library.checkpoints.keep(page_id, reading("two"), **more)
    page = library.page(page_id)
    assert (page.content, page.remark) == (None, None)


def test_a_page_without_text_is_done_and_has_no_confidence(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((), 10, 10))
    page = library.page(page_id)
    assert page.is_blank
    assert (page.confidence, page.line_count, page.text_start) == (None, 0, "")
    assert library.batch(batch_id).counts == Counts(total=1, done=1, blank=1)


def test_the_text_and_its_beginning_are_in_reading_order(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("below", top=50), line("x" * 400, top=0)), 200, 100))
    assert library.text(page_id) == "x" * 400 + "\nbelow"
    assert library.page(page_id).text_start == "x" * 300


def test_a_new_reading_replaces_all_lines_of_the_old_one(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("one", "two", "three"))
    keep(library, page_id, reading("only one"))
    assert [kept.text for kept in library.texts.lines(page_id)] == ["only one"]
    assert library.page(page_id).line_count == 1


def test_rules_are_kept_with_a_reading_and_replaced_by_the_next(library):
    _, (page_id, twin) = batch_of(library, 2)
    keep(library, page_id, replace(reading("one"), rules=(Rule((10.4, 20.6), (-3, 900)), Rule((0, 5), (90_000, 5)))))
    assert rules_of(library, page_id) == (Rule((10, 21), (-3, 900)), Rule((0, 5), (90_000, 5)))
    assert library.checkpoints.keep_twin(twin, library.page(page_id), b"1" * 16)
    assert rules_of(library, twin) == rules_of(library, page_id)
    library = die_and_reopen(library)
    keep(library, page_id, reading("two"))
    assert rules_of(library, page_id) == ()
    assert len(rules_of(library, twin)) == 2
    library.close()


def test_the_text_and_its_beginning_are_parted_at_rules(library):
    _, (page_id,) = batch_of(library, 1)
    rows = [
        (f"{side}{number} votes", f"{number}", 20.0 * number, left, left + wide)
        for side, left, wide in (("west", 0, 180), ("east", 210, 120))
        for number in range(6)
    ]
    lines = [it for word, count, top, left, at in rows for it in (line(word, left, top), line(count, at, top, 10))]
    page = Reading(tuple(lines), 400, 200, rules=(Rule((200, -5), (200, 130)),))
    keep(library, page_id, page)
    columns = [f"{word}\t{count}" for word, count, *_ in rows]
    text = "\n".join([*columns[:6], "", *columns[6:]])
    assert library.text(page_id) == text
    assert library.page(page_id).text_start == " ".join(columns).replace("\t", " ")
    keep(library, page_id, replace(page, rules=()))
    assert library.text(page_id) != text


def test_a_page_is_kept_whole_or_not_at_all(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("the old text"))
    before = library.page(page_id)
    with pytest.raises(LibraryError):
        keep(library, page_id, Reading((line("fine"), line("bad", confidence=nan), line("fine", top=40)), 10, 10))
    assert library.page(page_id) == before
    assert library.text(page_id) == "the old text"
    assert library.batch(batch_id).counts.done == 1


def test_a_failure_is_kept_with_its_sentence(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library.checkpoints.keep_failure(page_id, "The file is empty.")
    page = library.page(page_id)
    assert (page.status, page.message, page.line_count) == (PageStatus.FAILED, "The file is empty.", None)
    assert library.batch(batch_id).counts == Counts(total=1, failed=1)


def test_a_failure_tells_what_was_in_the_file_and_whether_a_password_would_help(library):
    batch_id, (protected, damaged) = batch_of(library, 2)
    library.checkpoints.keep_failure(protected, "Protected.", content=b"p", locked=True)
    library.checkpoints.keep_failure(damaged, "Damaged.", content=b"d")
    pages = library.pages([protected, damaged])
    assert [(page.content, page.locked) for page in pages.values()] == [(b"p", True), (b"d", False)]
    assert library.batch(batch_id).counts == Counts(total=2, failed=2, locked=1)


def test_a_full_disk_says_so_and_leaves_the_old_checkpoint_untouched(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("the old text"))
    library.runs.drop_checkpoints([page_id])
    claimed = library.runs.claim_next(batch_id)
    large = reading(*("words " * 200 for _ in range(100)))
    with full_disk(library):
        with pytest.raises(LibraryError, match=r"is full\. Make room on it, then resume\."):
            keep(library, page_id, large)
        assert library.page(page_id) == claimed
        assert library.text(page_id) == "the old text"
        library.runs.release(page_id)
    assert library.runs.claim_next(batch_id).id == page_id
    keep(library, page_id, large)
    assert library.texts.lines(page_id) == large.lines


# Retry


def test_a_retry_keeps_the_old_reading_until_the_new_one_wins(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    keep(library, page_id, reading("the old text"))
    library.runs.drop_checkpoints([page_id])
    assert library.page(page_id).status is PageStatus.PENDING
    assert library.text(page_id) == "the old text"
    assert library.runs.claim_next(batch_id).id == page_id
    assert library.runs.claim_next(batch_id) is None, f"page {other} was not asked for"
    assert library.text(page_id) == "the old text"
    keep(library, page_id, reading("the new text"))
    assert library.text(page_id) == "the new text"


def test_a_retry_that_fails_keeps_the_old_reading_and_says_so(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("the old text"))
    library.runs.drop_checkpoints([page_id])
    library.runs.claim_next(batch_id)
    library.checkpoints.keep_failure(page_id, "The file is empty.")
    page = library.page(page_id)
    assert page.status is PageStatus.DONE
    assert page.message == "Reading it again failed; the earlier text was kept. The file is empty."
    assert library.text(page_id) == "the old text"
    keep(library, page_id, reading("the new text"))
    assert library.page(page_id).message is None


def test_a_retry_leaves_a_page_alone_that_is_being_read(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library.runs.drop_checkpoints([page_id])
    assert library.page(page_id).status is PageStatus.RUNNING
    assert library.runs.claim_next(batch_id) is None


def test_a_retry_forgets_what_was_in_the_file_so_that_it_is_read_even_if_it_is_known(library):
    _, (page_id,) = batch_of(library, 1)
    library.checkpoints.keep(
        page_id, reading("text"), seconds=1, rotation=0, recognizer="fake", content=b"c", remark="Cut."
    )
    library.runs.drop_checkpoints([page_id])
    page = library.page(page_id)
    assert (page.content, page.remark, page.seconds) == (None, "Cut.", 1)


def test_a_retry_of_a_failed_page_takes_its_message_away(library):
    _, (page_id,) = batch_of(library, 1)
    library.checkpoints.keep_failure(page_id, "Damaged.")
    library.runs.drop_checkpoints([page_id])
    assert (library.page(page_id).status, library.page(page_id).message) == (PageStatus.PENDING, None)


# Killed

KILLED_CHILD = """
import sys
from pathlib import Path
from ocrdesk.engine.document import Line, Reading
from ocrdesk.engine.library import Library

library = Library(Path(sys.argv[1]))
(batch,) = library.batches()
library.runs.queue(batch.id)
while page := library.runs.claim_next(batch.id):
    lines = tuple(Line(f"page {page.id} line {n}", 0.5, ((0, n), (9, n), (9, n + 1), (0, n + 1))) for n in range(50))
    library.checkpoints.keep(page.id, Reading(lines, 9, 50), seconds=1, rotation=0, recognizer="fake")
    print(page.id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no kill -9")
def test_no_page_is_lost_by_kill_9_once_its_checkpoint_returned(library):
    _, pages = batch_of(library, 2000)
    library.close()
    chance = random.Random(9)
    kept: set[int] = set()
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED_CHILD, str(library.folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        seen = [int(child.stdout.readline()) for _ in range(chance.randrange(1, 40))]
        deque(range(chance.randrange(100_000)), maxlen=0)  # so that it dies at any moment of a page
        child.send_signal(signal.SIGKILL)
        seen += [int(printed) for printed in child.stdout.read().splitlines()]
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        assert not kept & set(seen), "a finished page was read again"
        kept |= set(seen)

        library = Library(library.folder)
        found = library.pages(pages)
        assert all(found[page_id].status is PageStatus.DONE for page_id in kept)
        for page_id in seen:
            assert [kept_line.text for kept_line in library.texts.lines(page_id)] == [
                f"page {page_id} line {number}" for number in range(50)
            ]
        for page_id in pages:
            if found[page_id].status is not PageStatus.DONE:
                assert found[page_id].status is PageStatus.PENDING
                assert library.texts.lines(page_id) == ()
        library.close()
    assert len(kept) < len(pages), "the child was killed too late to tell anything"


def test_the_language_of_a_page_is_kept_and_shared_with_the_same_file(library):
    _, (page_id, twin_id) = batch_of(library, 2)
    keep(library, page_id, replace(reading("ein Text", confidence=0.1), language="de"))
    assert library.checkpoints.keep_twin(twin_id, library.page(page_id), b"content")
    library = die_and_reopen(library)
    assert [(page.language, page.to_check) for page in library.pages([page_id, twin_id]).values()] == [("de", 1)] * 2
    library.close()
