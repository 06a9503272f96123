"""Counts the lines that the layout cuts, and of these the ones that are whole in the truth, which should be none.

    python benchmarks/lines_cut.py LIBRARY MANIFEST

A line that was found as one over two columns has to be cut between them, and one that holds several cells of a row is
parted without harm, since these are read one after the other: it does not count. MANIFEST is JSON: a list of pages,
each with its ``file`` and, where somebody noted them, ``gt_lines`` with the ``text`` of each; LIBRARY has read these.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.library import Library

ALIKE = 0.8
"""Two texts of which so much is the same are of the same line."""


def main() -> None:
    """Looks for cut lines on each page, and prints them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("manifest", type=Path)
    given = parser.parse_args()
    library = Library(given.library, writable=False)
    truth = {Path(page["file"]).name: page.get("gt_lines") or [] for page in json.loads(given.manifest.read_text())}
    page_ids = [page_id for batch in library.batches() for page_id in library.page_ids(batch.id)]
    counted = cut = wrongly = 0
    for page_id, page in library.pages(page_ids).items():
        texts = [line["text"] for line in truth.get(Path(page.name).name, [])]
        lines = library.texts.lines(page_id)
        counted += len(lines)
        for line in _cut_lines(lines):
            is_whole = any(SequenceMatcher(None, line.text, text, autojunk=False).ratio() >= ALIKE for text in texts)
            cut, wrongly = cut + 1, wrongly + is_whole
            print(f"{page.name}: {'WHOLE IN THE TRUTH' if is_whole else 'cut'}: {line.text}")
    print(f"{counted:,} lines, {cut} cut, {wrongly} of them whole in the truth")
    library.close()


def _cut_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Those between whose words others are read; cells of one row are still read one after the other."""
    now = {word.polygon: number for number, line in enumerate(arrange(lines).lines) for word in line.words}
    for line in lines:
        numbers = {now[word.polygon] for word in line.words}
        if numbers and len(numbers) <= max(numbers) - min(numbers):
            yield line


if __name__ == "__main__":
    main()
