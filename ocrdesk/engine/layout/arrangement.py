"""From the lines as they were found to the text of the page."""

from collections.abc import Sequence

from ocrdesk.engine.document import Line, Rule, Way
from ocrdesk.engine.layout.page_text import PageText, Paragraph
from ocrdesk.engine.layout.paragraphs import continued, paragraphs_of
from ocrdesk.engine.layout.reading_order import parts_of


def arrange(lines: Sequence[Line], way: Way = Way.AUTO, rules: Sequence[Rule] = ()) -> PageText:
    """Puts the lines of a page in order; milliseconds.

    Args:
        lines: As the recognizer gave them.
        way: How they are to be read.
        rules: Those seen on the page; none where they were never looked for.
    """
    if not lines:
        return PageText(())
    if way is Way.DETECTED:
        return PageText((Paragraph(tuple((line,) for line in lines), False),))
    parts, frame = parts_of(lines, way, rules)
    if way is Way.ROWS:
        rows = tuple(tuple(box.line for box in row) for part in parts for row in part)
        return PageText((Paragraph(rows, False),))
    paragraphs = [paragraph for part in parts for paragraph in paragraphs_of(part, frame.height)]
    return PageText(tuple(continued(paragraphs) if len(parts) > 1 else paragraphs))
