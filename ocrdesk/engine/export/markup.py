"""Writes XML piece by piece, so that a batch of any size needs little memory."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from ocrdesk.engine.export.xml_text import xml_text

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


class Markup:
    """Writes elements to a file; characters that XML does not allow are left out."""

    def __init__(self, file: BinaryIO, head: str = DECLARATION) -> None:
        """Begins a file.

        Args:
            file: A file open for writing.
            head: What comes before the first element.
        """
        self._file = file
        self._put(head)

    @contextmanager
    def element(
        self, name: str, attributes: Mapping[str, object] | None = None, *, inline: bool = False
    ) -> Iterator[None]:
        """Writes an element around whatever is written in the block.

        Args:
            name: The name of the element.
            attributes: Its attributes in order; those that are None are left out.
            inline: Whether whitespace before it would be significant, so that it does not begin a new line.
        """
        self._put(f"{'' if inline else chr(10)}<{name}{_listed(attributes)}>")
        yield
        self._put(f"</{name}>")

    def empty(self, name: str, attributes: Mapping[str, object] | None = None) -> None:
        """Writes an empty element."""
        self._put(f"\n<{name}{_listed(attributes)}/>")

    def leaf(self, name: str, text: str, attributes: Mapping[str, object] | None = None) -> None:
        """Writes an element that only contains text."""
        with self.element(name, attributes):
            self.text(text)

    def text(self, text: str) -> None:
        """Writes text within an element."""
        self._put(escape(xml_text(text)))

    def plain(self, text: str) -> None:
        """Writes what is no text, such as a style sheet, as it is."""
        self._put(text)

    def _put(self, text: str) -> None:
        self._file.write(text.encode())


def _listed(attributes: Mapping[str, object] | None) -> str:
    known = {name: value for name, value in (attributes or {}).items() if value is not None}
    return "".join(f" {name}={quoteattr(xml_text(str(value)))}" for name, value in known.items())
