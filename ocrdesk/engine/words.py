"""The words that people read."""


def plural(one: str, several: str, count: int, **values: object) -> str:
    """A text about a number of things: ``plural("{count} page", "{count:,} pages", 3)``.

    Args:
        one: About one of them, with places for values.
        several: About another number of them, likewise.
        count: How many, which the place ``count`` is for.
        **values: The other values.
    """
    return (one if count == 1 else several).format(count=count, **values)
