import pytest

from ocrdesk.engine.export.xml_text import xml_text


@pytest.mark.parametrize("kept", ["Größe 发票 𝟛", "a\tb\nc\rd", "<&>\"'", "\ue000\ufffd", ""])
def test_what_xml_can_hold_stays(kept):
    assert xml_text(kept) == kept


@pytest.mark.parametrize("character", ["\0", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_what_it_cannot_hold_is_left_out(character):
    assert xml_text(f"one{character}two{character}") == "onetwo"
