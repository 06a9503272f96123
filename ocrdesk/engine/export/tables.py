"""Which paragraphs are tables."""

from ocrdesk.engine.layout.page_text import Paragraph


def cells_of(paragraph: Paragraph) -> list[list[str]] | None:
    """The rows of a table, all equally long, or None where nothing stands side by side.

    Which column a cell of a short row belongs to is not known; it stays where it was read, empty ones follow.
    """
    width = max(map(len, paragraph.rows), default=0)
    if paragraph.is_prose or width < 2:
        return None
    return [[line.text for line in row] + [""] * (width - len(row)) for row in paragraph.rows]
