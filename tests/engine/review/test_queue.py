import pytest
from fakes import polygon

from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.library.doubts import Doubt
from ocrdesk.engine.review.queue import Outcome, ReviewQueue

A, B, C, D = (Doubt(0.1 * number, 1 + number // 3, 10.0 * number, 5) for number in range(1, 5))


@pytest.fixture
def queue() -> ReviewQueue:
    return ReviewQueue([A, B, C, D])


def round_it(doubt: Doubt) -> Polygon:
    return polygon(doubt.x - 4, doubt.y - 4, 8, 8)


def check(queue: ReviewQueue, outcome: Outcome) -> None:
    queue.note(queue.present, outcome)
    queue.go_on()


def test_words_come_one_after_another_and_end(queue):
    assert (queue.present, queue.number, queue.total, queue.left) == (A, 1, 4, 4)
    assert queue.upcoming(2) == [B, C]
    for outcome in (Outcome.ACCEPTED, Outcome.CHANGED, Outcome.LATER, Outcome.ACCEPTED):
        check(queue, outcome)
    assert (queue.present, queue.number, queue.left, queue.upcoming(3)) == (None, 4, 0, [])
    assert [queue.count(outcome) for outcome in Outcome] == [2, 1, 1]


def test_what_is_put_first_comes_before_all_others_in_the_same_order(queue):
    queue.put_first([(D.page_id, round_it(D)), (B.page_id, round_it(B)), (C.page_id + 7, round_it(C))])
    assert [queue.present, *queue.upcoming(3)] == [B, D, A, C]


def test_who_goes_back_goes_on_where_they_were(queue):
    check(queue, Outcome.ACCEPTED)
    check(queue, Outcome.ACCEPTED)
    assert queue.go_back()
    assert queue.go_back()
    assert queue.present == A
    assert not queue.go_back()
    assert queue.upcoming(5) == [C, D]
    queue.go_on()
    assert queue.present == C


def test_what_is_undone_is_to_be_checked_again(queue):
    check(queue, Outcome.CHANGED)
    queue.note(A, None)
    assert queue.go_to(A)
    assert (queue.present, queue.left, queue.count(Outcome.CHANGED)) == (A, 4, 0)


def test_those_left_for_later_come_again(queue):
    for outcome in (Outcome.LATER, Outcome.ACCEPTED, Outcome.LATER, Outcome.ACCEPTED):
        check(queue, outcome)
    queue.go_through_rest()
    assert (queue.present, queue.upcoming(9), queue.left) == (A, [C], 2)


@pytest.mark.parametrize(("gone", "present", "number"), [(A, B, 1), (B, C, 2), (D, B, 2)])
def test_a_word_that_is_gone_is_counted_no_more(queue, gone, present, number):
    check(queue, Outcome.ACCEPTED)
    queue.drop(gone)
    assert (queue.present, queue.number, queue.total) == (present, number, 3)
    queue.drop(gone)
    assert queue.total == 3


def test_the_last_word_that_is_gone_ends_the_review(queue):
    for _ in range(3):
        check(queue, Outcome.ACCEPTED)
    queue.drop(D)
    assert (queue.present, queue.total) == (None, 3)


def test_a_page_that_was_read_again_has_other_words_and_what_was_done_stays(queue):
    check(queue, Outcome.ACCEPTED)
    new = Doubt(0.35, 1, 99, 5)
    queue.follow_pages({1}, [new])
    assert (queue.present, queue.upcoming(9)) == (C, [new, D]), "B is gone, and the new one comes in its order"
    assert queue.outcome_of(A) is Outcome.ACCEPTED
    queue.follow_pages({2}, [])
    assert (queue.present, queue.upcoming(9)) == (new, [])
    assert (queue.number, queue.total) == (2, 2)


def test_words_that_come_after_the_end_wait_until_they_are_asked_for():
    queue = ReviewQueue([A])
    check(queue, Outcome.ACCEPTED)
    queue.follow_pages({1, 2}, [C, B, D])
    assert (queue.present, queue.more, queue.total) == (None, 3, 1)
    queue.drop(C)
    queue.follow_pages({2}, [])
    assert (queue.present, queue.more) == (None, 1)
    queue.go_through_more()
    assert (queue.present, queue.more, queue.total) == (B, 0, 2)


def test_what_was_checked_elsewhere_counts_as_well(queue):
    check(queue, Outcome.CHANGED)
    queue.count_elsewhere(Outcome.ACCEPTED, 38)
    queue.follow_pages({2}, [])
    assert (queue.number, queue.total, queue.left) == (40, 40, 1)
    assert [queue.count(outcome) for outcome in Outcome] == [38, 1, 0]
    queue.count_elsewhere(Outcome.ACCEPTED, -38)
    assert (queue.number, queue.total, queue.count(Outcome.ACCEPTED)) == (2, 2, 0)


def test_what_is_put_first_meanwhile_comes_next_and_what_was_done_stays(queue):
    check(queue, Outcome.ACCEPTED)
    queue.put_first([(D.page_id, round_it(D)), (A.page_id, round_it(A))])
    assert (queue.present, queue.upcoming(9), queue.number) == (D, [B, C], 2)
    assert queue.go_back()
    assert queue.present == A
