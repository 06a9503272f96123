from fakes import batch_of

from ocrdesk.ui.files.batch_pages import BatchPages, with_batches


class Looks:
    """A library that counts how often it is asked."""

    def __init__(self, library) -> None:
        self.library, self.asked = library, []

    def page_ids(self, batch_id):
        self.asked.append(batch_id)
        return self.library.page_ids(batch_id)


def test_pages_are_looked_up_when_they_are_needed(library, tmp_path):
    first, pages = batch_of(library, 3)
    second, others = batch_of(library, 2, tmp_path / "more")
    looks = Looks(library)
    both = BatchPages(looks, [library.batch(first), library.batch(second)])
    assert len(both) == 5
    assert looks.asked == []
    assert both[:2] == list(pages[:2])
    assert looks.asked == [first]
    assert list(both) == [*pages, *others]
    assert (both[4], both[-1], both[3:9]) == (others[1], others[1], list(others))
    assert looks.asked == [first, second]


def test_sets_of_pages(library, tmp_path):
    batches = [library.batch(batch_of(library, 1, tmp_path / name)[0]) for name in "abc"]
    ids = [batch.id for batch in batches]
    shown = {"All pages of the batch": [1]}
    assert list(with_batches(library, shown, batches[:1], ids[:1])) == ["All pages of the batch"]
    assert list(with_batches(library, shown, batches, ids[:1])) == ["All pages of the batch", "All 3 batches"]
    some = with_batches(library, shown, batches, ids[:2])
    assert list(some) == ["The 2 selected batches", "All pages of the batch", "All 3 batches"]
    assert some["The 2 selected batches"].batches == tuple(batches[:2])
    assert list(with_batches(library, shown, batches, ids)) == ["The 3 selected batches", "All pages of the batch"]
