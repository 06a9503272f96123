import struct

import pikepdf

from ocrdesk.engine.export.pdf_font import InvisibleFont, _checksum, _true_type


def test_the_font_program_is_whole():
    font = _true_type()
    count = struct.unpack(">H", font[4:6])[0]
    tables = [struct.unpack(">4sIII", font[12 + 16 * index : 28 + 16 * index]) for index in range(count)]
    assert [tag for tag, *_ in tables] == sorted(tag for tag, *_ in tables)
    assert {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"} <= {tag for tag, *_ in tables}
    assert all(place % 4 == 0 and place + length <= len(font) for _, _, place, length in tables)
    assert _checksum(font) == 0xB1B0AFBA


def test_each_letter_has_a_code_that_is_no_missing_letter():
    with pikepdf.new() as pdf:
        font = InvisibleFont(pdf)
        assert font.coded("aba") == "000100020001"
        font.finish()
        letters = font.reference.DescendantFonts[0]
        assert letters.CIDToGIDMap.read_bytes() == bytes.fromhex("000000010001")
        assert b"<0001> <0061>" in font.reference.ToUnicode.read_bytes()
