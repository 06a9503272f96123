"""From the lines as they were found to the text of the page."""

from collections.abc import Sequence

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.page_text import PageText, Paragraph
from ocrdesk.engine.layout.reading_order import in_reading_order
from ocrdesk.engine.layout.ways import Way


def arrange(lines: Sequence[Line], way: Way = Way.AUTO) -> PageText:
    """Puts the lines of a page in order.

    Args:
        lines: As the recognizer gave them.
        way: How they are to be read.
    """
    ordered = lines if way is Way.DETECTED else in_reading_order(lines)
    return PageText((Paragraph(tuple((line,) for line in ordered), False),) if lines else ())
