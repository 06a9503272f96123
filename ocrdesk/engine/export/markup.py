"""XML written as it comes, so that a batch of any size needs no memory."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from ocrdesk.engine.export.xml_text import xml_text

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


class Markup:
    """Writes elements to a file; what XML cannot hold is left out."""

    def __init__(self, file: BinaryIO, head: str = DECLARATION) -> None:
        """Begins a file.

        Args:
            file: Open for writing.
            head: What stands before the first element.
        """
        self._file = file
        self._put(head)

    @contextmanager
    def element(
        self, name: str, attributes: Mapping[str, object] | None = None, *, inline: bool = False
    ) -> Iterator[None]:
        """An element around whatever is written in the block.

        Args:
            name: Of the element.
            attributes: In their order; those that are None are left out.
            inline: Whether white before it would mean something, so that it begins no new line.
        """
        self._put(f"{'' if inline else chr(10)}<{name}{_listed(attributes)}>")
        yield
        self._put(f"</{name}>")

    def empty(self, name: str, attributes: Mapping[str, object] | None = None) -> None:
        """An element with nothing in it."""
        self._put(f"\n<{name}{_listed(attributes)}/>")

    def leaf(self, name: str, text: str, attributes: Mapping[str, object] | None = None) -> None:
        """An element with nothing but text in it."""
        with self.element(name, attributes):
            self.text(text)

    def text(self, text: str) -> None:
        """Text within an element."""
        self._put(escape(xml_text(text)))

    def _put(self, text: str) -> None:
        self._file.write(text.encode())


def _listed(attributes: Mapping[str, object] | None) -> str:
    known = {name: value for name, value in (attributes or {}).items() if value is not None}
    return "".join(f" {name}={quoteattr(xml_text(str(value)))}" for name, value in known.items())
