"""A font without visible glyphs, for text that can be searched and copied but not seen."""

import struct

import pikepdf
from pikepdf import Array, Dictionary, Name

ADVANCE = 0.5
"""Width of every letter before it is stretched to fit, in font sizes."""

BELOW = 0.2
"""How far the font reaches below its baseline, in font sizes."""

_UNITS = 1000
_BLANK = 1
"""The glyph of every letter; glyph 0 would mean that the font lacks it."""

_MOST = 0xFFFF
_BLOCK = 100
"""Most lines of a block in a ToUnicode table."""


class InvisibleFont:
    """Assigns a code to each letter that is used, and maps the codes to characters for readers.

    Attributes:
        reference: The object that pages refer to; complete once ``finish`` has been called.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.reference = pdf.make_indirect(Dictionary(Type=Name.Font))
        self._pdf = pdf
        self._codes: dict[str, int] = {}

    def coded(self, text: str) -> str:
        """Returns the text in hexadecimal codes of this font."""
        return "".join(f"{self._code(letter):04X}" for letter in text)

    def finish(self) -> None:
        """Writes the font into the file."""
        last = len(self._codes)
        name = Name("/AAAAAA+Invisible")
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,  # symbolic: it has letters beyond plain Latin
            FontBBox=Array([0, round(-BELOW * _UNITS), round(ADVANCE * _UNITS), round((1 - BELOW) * _UNITS)]),
            ItalicAngle=0,
            Ascent=round((1 - BELOW) * _UNITS),
            Descent=round(-BELOW * _UNITS),
            CapHeight=round((1 - BELOW) * _UNITS),
            StemV=80,
            FontFile2=self._pdf.make_indirect(self._stream(_true_type())),
        )
        letters = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=self._pdf.make_indirect(descriptor),
            DW=round(ADVANCE * _UNITS),
            CIDToGIDMap=self._pdf.make_indirect(self._stream(b"\0\0" + struct.pack(">H", _BLANK) * last)),
        )
        self.reference.Subtype = Name.Type0
        self.reference.BaseFont = name
        self.reference.Encoding = Name("/Identity-H")
        self.reference.DescendantFonts = Array([self._pdf.make_indirect(letters)])
        self.reference.ToUnicode = self._pdf.make_indirect(self._stream(self._meanings()))

    def _code(self, letter: str) -> int:
        if "\ud800" <= letter <= "\udfff":
            letter = "\ufffd"
        if letter not in self._codes and len(self._codes) >= _MOST:
            return _MOST
        return self._codes.setdefault(letter, len(self._codes) + 1)

    def _meanings(self) -> bytes:
        lines = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, code in self._codes.items()]
        blocks = [lines[first : first + _BLOCK] for first in range(0, len(lines), _BLOCK)]
        listed = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")

    def _stream(self, content: bytes) -> pikepdf.Stream:
        return pikepdf.Stream(self._pdf, content)


def _true_type() -> bytes:
    """Returns a TrueType font of two glyphs that show nothing.

    One is empty; the other is a line of zero width from corner to corner. Readers that use the size of glyphs, as
    Chrome's does for vertical text, would skip letters of size zero.
    """
    above, below, advance = round((1 - BELOW) * _UNITS), round(-BELOW * _UNITS), round(ADVANCE * _UNITS)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 1, 0, 12) + struct.pack(">HHH", 0, 262, 0) + bytes(256),
        b"glyf": struct.pack(">hhhhhHHBB4h", 1, 0, below, advance, above, 1, 0, 1, 1, 0, advance, below, above - below),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 0, below, advance, above, 0, 8, 2, 0, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, above, below, 0, advance, 0, 0, advance, *(0,) * 8, 2),
        b"hmtx": struct.pack(">HhHh", advance, 0, advance, 0),
        b"loca": struct.pack(">HHH", 0, 0, 12),
        b"maxp": struct.pack(">I14H", 0x00010000, 2, 2, 1, 0, 0, 1, *(0,) * 8),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0),
    }  # fmt: skip
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 128, 3, 16 * len(tables) - 128)
    place = len(head) + 16 * len(tables)
    listed, content = b"", b""
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        listed += struct.pack(">4sIII", tag, _checksum(padded), place + len(content), len(table))
        content += padded
    font = head + listed + content
    adjustment = place + sum(len(table) + -len(table) % 4 for tag, table in tables.items() if tag < b"head") + 8
    whole = (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF
    return font[:adjustment] + struct.pack(">I", whole) + font[adjustment + 4 :]


def _checksum(table: bytes) -> int:
    parts: tuple[int, ...] = struct.unpack(f">{len(table) // 4}I", table)
    return sum(parts) & 0xFFFFFFFF
