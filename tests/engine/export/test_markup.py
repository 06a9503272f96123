import io
from xml.etree import ElementTree

import pytest

from ocrdesk.engine.export.markup import DECLARATION, Markup


@pytest.fixture
def file():
    return io.BytesIO()


def test_it_writes_what_a_parser_reads_back(file):
    markup = Markup(file)
    with markup.element("page", {"width": 100, "name": 'a "b" & <c>', "unknown": None}):
        markup.empty("separator", {"at": 0})
        markup.leaf("line", "1 < 2 & 3 > 2\x07", {"id": "1"})
        with markup.element("line"):
            markup.text("Größe ")
            with markup.element("b", inline=True):
                markup.text("发票")
    page = ElementTree.fromstring(file.getvalue())
    assert page.attrib == {"width": "100", "name": 'a "b" & <c>'}
    assert page.find("separator").attrib == {"at": "0"}
    first, second = page.findall("line")
    assert (first.text, first.attrib) == ("1 < 2 & 3 > 2", {"id": "1"})
    assert "".join(second.itertext()) == "Größe 发票"


def test_a_file_begins_with_its_declaration_or_another_head(file):
    Markup(file)
    assert file.getvalue().decode() == DECLARATION
    other = io.BytesIO()
    Markup(other, "<!DOCTYPE html>")
    assert other.getvalue() == b"<!DOCTYPE html>"


def test_an_element_is_on_disk_before_the_next_begins(file):
    markup = Markup(file)
    with markup.element("page"):
        before = file.tell()
        markup.leaf("line", "text")
        assert file.tell() > before
