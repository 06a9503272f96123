import json
import sys
import unicodedata

from ocrdesk.engine.steering import harmless, harmless_json

CONTROLS = "".join(letter for letter in map(chr, range(sys.maxunicode)) if unicodedata.category(letter) == "Cc")
EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STEERING = set(CONTROLS + EMBEDDINGS) - {"\t", "\n"}


def test_all_controls_and_turned_directions_are_replaced_one_by_one():
    for letter in STEERING:
        assert harmless(f"a{letter}b") == "a b"
    assert harmless("a\r\nb\x1b[31m", "?") == "a?\nb?[31m"


def test_all_other_text_stays():
    text = "Größe\t发票\nمرحبا \u200e\u200f 👩‍👧 a\u00a0b\u00ad\ufeff"
    assert harmless(text) == text
    others = "".join(map(chr, {*range(0x3000)} - {*map(ord, STEERING)}))
    assert harmless(others) == others


def test_json_loses_nothing():
    text = "".join(sorted(STEERING)) + "\t\n„Größe“ 😀"
    written = harmless_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(written) == [text]
    assert not STEERING & set(written)
