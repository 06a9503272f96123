"""Labels with a colon beside an address: the number and the date of a letter belong to their labels, and to no address.

Both stand at one pitch, so that their rows are in line as those of a table are.
"""

from collections.abc import Sequence

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import INDENT, PITCH, Chain
from ocrdesk.engine.layout.gutters import Gutter

FEWEST = 3
"""Labels below each other."""

WIDE = 4.0
"""White between an address and the labels beside it, in line heights."""

COLONS = ":："


def beside_labels(chains: Sequence[Chain], height: float) -> Gutter | None:
    """What stands at the left of labels below each other, these with what they label, and the rest.

    Args:
        chains: The lines of a part of a page.
        height: The page's median height of a line.
    """
    boxes = [box for chain in chains for box in chain]
    labels = [box for box in boxes if box.line.text.rstrip()[-1:] in COLONS]
    for column in _columns(labels, height):
        begin, top, bottom = min(box.left for box in column), column[0].top, column[-1].bottom
        beside = [chain for chain in chains if any(top <= box.middle <= bottom and box.right < begin for box in chain)]
        left = {id(box) for chain in beside for box in chain}
        is_apart = all(box.right + WIDE * height < begin for chain in beside for box in chain)
        if len(left) < FEWEST or not is_apart or any(id(label) in left for label in labels):
            continue
        first, last = (
            min(top, *(chain[0].top for chain in beside)),
            max(bottom, *(chain[-1].bottom for chain in beside)),
        )
        rest = [box for box in boxes if id(box) not in left]
        if any(box.left < begin - height and top <= box.middle <= bottom for box in rest):
            continue
        return Gutter(
            [box for box in rest if box.middle < first],
            [box for chain in beside for box in chain],
            [box for box in rest if first <= box.middle <= last],
            [box for box in rest if box.middle > last],
        )
    return None


def _columns(labels: Sequence[Box], height: float) -> list[list[Box]]:
    """Labels that begin below each other, with little white between them."""
    columns: list[list[Box]] = []
    for label in sorted(labels, key=lambda box: box.middle):
        for column in columns:
            is_close = label.top - column[-1].bottom <= PITCH * height
            if is_close and abs(label.left - column[-1].left) <= INDENT * height:
                column.append(label)
                break
        else:
            columns.append([label])
    return [column for column in columns if len(column) >= FEWEST]
