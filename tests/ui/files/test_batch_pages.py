from fakes import batch_of, keep, reading

from ocrdesk.ui.files.batch_pages import BatchPages


class Looks:
    """A library that counts how often it is asked."""

    def __init__(self, library) -> None:
        self.library, self.asked = library, []

    def page_ids(self, batch_id, show):
        self.asked.append(batch_id)
        return self.library.page_ids(batch_id, show)


def test_pages_are_looked_up_when_they_are_needed(library, tmp_path):
    first, pages = batch_of(library, 3)
    second, (*others, unread) = batch_of(library, 3, tmp_path / "more")
    for page_id in [*pages, *others]:
        keep(library, page_id, reading("text"))
    looks = Looks(library)
    both = BatchPages(looks, [library.batch(first), library.batch(second)])
    assert len(both) == 5
    assert looks.asked == []
    assert both[:2] == list(pages[:2])
    assert looks.asked == [first]
    assert list(both) == [*pages, *others]
    assert unread not in both
    assert (both[4], both[-1], both[3:9]) == (others[1], others[1], list(others))
    assert looks.asked == [first, second]
