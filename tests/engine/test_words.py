import pytest

from ocrdesk.engine.words import plural


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 pages of “{x}”"), (1, "1 page of “{x}”"), (2, "2 pages of “{x}”"), (20_000, "20,000 pages of “{x}”")],
)
def test_one_of_something_is_said_otherwise_than_several(count, words):
    assert plural("{count} page of “{name}”", "{count:,} pages of “{name}”", count, name="{x}") == words
