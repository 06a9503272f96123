"""hOCR, ALTO and PAGE: every line and word is there once, in order, where it was read."""

import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from drawn import HEIGHT, LINES, SLANTED, TEXT, TITLE, WIDTH, page_of
from exported import PROSE, TABLE

from ocrdesk import __version__
from ocrdesk.engine.document import Line, PageStatus
from ocrdesk.engine.export import alto, hocr, page_xml
from ocrdesk.engine.layout.page_text import PageText

XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"

READ = page_of(Path("/scans/a & b.jpg"), recognizer="PP-OCRv6")
FAILED = page_of(
    Path("/scans/bad.jpg"), text=False, status=PageStatus.FAILED, message="Damaged.", width=None, height=None
)
ODD = page_of(Path("/scans/odd.png"), Line('a\x00\x1f<b> & "c"\ud800', 0.5, LINES[0].polygon))
OUTSIDE = page_of(Path("/scans/o.png"), Line("edge", 0.5, ((-5, -3), (700, -3), (700, 30), (-5, 30))))
WORDS = [word.text for line in LINES for word in line.words]


def parsed(format, *pages):
    file = io.BytesIO()
    format.write(iter(pages), file)
    return ElementTree.fromstring(file.getvalue())


def of_class(root, name):
    return [element for element in root.iter() if element.get("class") == name]


# hOCR


def test_hocr_has_every_line_and_word_once_in_order():
    root = parsed(hocr.FORMAT, READ)
    assert ["".join(line.itertext()) for line in of_class(root, "ocr_line")] == TEXT
    assert [word.text for word in of_class(root, "ocrx_word")] == WORDS
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_hocr_gives_places():
    root = parsed(hocr.FORMAT, READ)
    (page,) = of_class(root, "ocr_page")
    assert page.get("title") == f'image "a & b.jpg"; bbox 0 0 {WIDTH} {HEIGHT}; ppageno 0'
    titles = [line.get("title") for line in of_class(root, "ocr_line")]
    assert titles[0] == "bbox 60 40 360 70; baseline 0.0000 -6.0"
    assert titles[2] == "bbox 60 180 460 242; baseline 0.0800 -38.0"
    assert titles[4] == "bbox 500 60 530 300; textangle 270"
    assert of_class(root, "ocrx_word")[0].get("title") == "bbox 60 40 176 70; x_wconf 90"


def test_hocr_of_a_batch_has_a_page_for_each_and_says_what_failed():
    root = parsed(hocr.FORMAT, READ, FAILED, ODD)
    assert [page.get("id") for page in of_class(root, "ocr_page")] == ["page_1", "page_2", "page_3"]
    assert "failed: Damaged." in "".join(of_class(root, "ocr_page")[1].itertext())
    assert "".join(of_class(root, "ocr_line")[-1].itertext()) == 'a<b> & "c"'
    assert root.get("lang") is None


def test_hocr_says_what_readers_ask_for():
    said = {meta.get("name"): meta.get("content") for meta in parsed(hocr.FORMAT, READ).iter(f"{XHTML}meta")}
    assert said["ocr-system"] == f"ocrdesk {__version__}"
    assert said["ocr-langs"] == "unknown"
    assert set(said["ocr-capabilities"].split()) >= {"ocr_page", "ocr_line", "ocrx_word"}


# ALTO


def test_alto_has_every_line_and_word_once_in_order():
    root = parsed(alto.FORMAT, READ)
    lines = []
    for line in root.iter(f"{ALTO}TextLine"):
        parts = [" " if part.tag == f"{ALTO}SP" else part.get("CONTENT", "") for part in line]
        lines.append("".join(parts))
    assert lines == TEXT
    assert root.find(f"{ALTO}Description/{ALTO}MeasurementUnit").text == "pixel"


def test_alto_gives_places_and_shapes():
    root = parsed(alto.FORMAT, READ)
    first = next(root.iter(f"{ALTO}String"))
    place = {key: first.get(key) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT", "WC")}
    assert place == {"HPOS": "60", "VPOS": "40", "WIDTH": "116", "HEIGHT": "30", "WC": "0.900"}
    lines = list(root.iter(f"{ALTO}TextLine"))
    shape = lines[TEXT.index(SLANTED.text)][0]
    assert shape.tag == f"{ALTO}Shape"
    assert shape[0].get("POINTS") == "60,180 460,212 460,242 60,210"
    assert lines[0][0].tag == f"{ALTO}String"
    assert [block.get("ROTATION") for block in root.iter(f"{ALTO}TextBlock")] == [None] * 4 + ["270"]


def test_alto_says_what_failed_and_leaves_out_what_xml_cannot_hold():
    page = next(parsed(alto.FORMAT, FAILED).iter(f"{ALTO}Page"))
    assert page.get("QUALITY_DETAIL") == "failed: Damaged."
    assert page.get("WIDTH") is None
    assert next(parsed(alto.FORMAT, ODD).iter(f"{ALTO}String")).get("CONTENT") == 'a<b> & "c"'


# PAGE


def test_page_xml_has_every_line_and_word_once_in_order():
    root = parsed(page_xml.FORMAT, READ)
    lines = list(root.iter(f"{PAGE}TextLine"))
    assert [line.find(f"{PAGE}TextEquiv/{PAGE}Unicode").text for line in lines] == TEXT
    words = [word for line in lines for word in line.findall(f"{PAGE}Word")]
    assert [word.find(f"{PAGE}TextEquiv/{PAGE}Unicode").text for word in words] == WORDS
    order = [region.get("regionRef") for region in root.iter(f"{PAGE}RegionRefIndexed")]
    assert order == [region.get("id") for region in root.iter(f"{PAGE}TextRegion")]


def test_page_xml_gives_places_in_the_order_of_the_schema():
    root = parsed(page_xml.FORMAT, READ)
    line = next(root.iter(f"{PAGE}TextLine"))
    tags = [part.tag.removeprefix(PAGE) for part in line]
    assert tags == ["Coords", "Baseline", "Word", "Word", "Word", "TextEquiv"]
    assert line[0].get("points") == "60,40 360,40 360,70 60,70"
    assert line[1].get("points") == "60,64 360,64"
    assert line[-1].get("conf") == "0.950"
    metadata = [part.tag.removeprefix(PAGE) for part in root.find(f"{PAGE}Metadata")]
    assert metadata == ["Creator", "Created", "LastChange"]


def test_page_xml_of_a_failed_page_says_so():
    root = parsed(page_xml.FORMAT, FAILED)
    assert root.find(f"{PAGE}Metadata/{PAGE}Comments").text == "failed: Damaged."
    assert root.find(f"{PAGE}Page/{PAGE}ReadingOrder") is None


# Tables


def of_table(format):
    known = replace(READ, text=PageText((PROSE, TABLE)), page=replace(READ.page, height=HEIGHT))
    return parsed(format, known)


def test_hocr_has_tables_of_rows_and_cells():
    (table,) = of_class(of_table(hocr.FORMAT), "ocr_table")
    assert table.get("title") == "bbox 0 90 300 155"
    rows = [[(cell.get("colspan"), [line.text for line in cell]) for cell in row] for row in table]
    assert rows == [
        [(None, []), ("2", ["Sales"])],
        [(None, ["Store"]), (None, ["2023"]), (None, ["2024"])],
        [(None, ["Har-", "bour"]), (None, []), (None, ["1,250.50"])],
    ]
    ids = [element.get("id") for element in of_table(hocr.FORMAT).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_alto_has_a_table_as_a_block_of_the_blocks_of_its_cells():
    (table,) = of_table(alto.FORMAT).iter(f"{ALTO}ComposedBlock")
    assert (table.get("TYPE"), table.get("HPOS"), table.get("WIDTH")) == ("table", "0", "300")
    cells = [[its.get("CONTENT") for its in block.iter(f"{ALTO}String")] for block in table]
    assert cells == [["Sales"], ["Store"], ["2023"], ["2024"], ["Har-", "bour"], ["1,250.50"]]


def test_page_xml_has_tables_whose_cells_say_where_they_stand():
    root = of_table(page_xml.FORMAT)
    (table,) = root.iter(f"{PAGE}TableRegion")
    assert (table.get("rows"), table.get("columns")) == ("3", "3")
    cells = {}
    for region in table.findall(f"{PAGE}TextRegion"):
        assert [part.tag.removeprefix(PAGE) for part in region][:3] == ["Coords", "Roles", "TextLine"]
        role = region.find(f"{PAGE}Roles/{PAGE}TableCellRole")
        place = tuple(int(role.get(name)) for name in ("rowIndex", "columnIndex", "rowSpan", "colSpan"))
        cells[place] = region.find(f"{PAGE}TextEquiv/{PAGE}Unicode").text
    assert cells == {
        (0, 1, 1, 2): "Sales", (1, 0, 1, 1): "Store", (1, 1, 1, 1): "2023", (1, 2, 1, 1): "2024",
        (2, 0, 1, 1): "Har-\nbour", (2, 2, 1, 1): "1,250.50",
    }  # fmt: skip
    ordered = [
        its.get("regionRef") for its in root.find(f"{PAGE}Page/{PAGE}ReadingOrder").iter() if its.get("regionRef")
    ]
    assert ordered == [its.get("id") for its in root.iter() if its.tag.endswith("Region")]


# All of them


@pytest.mark.parametrize("format", [hocr.FORMAT, alto.FORMAT, page_xml.FORMAT], ids=lambda format: format.key)
def test_nothing_lies_outside_the_page(format):
    file = io.BytesIO()
    format.write(iter([OUTSIDE]), file)
    assert b'="-' not in file.getvalue()
    assert b"700" not in file.getvalue()


def test_words_that_do_not_make_up_the_line_are_no_words():
    line = Line("Größe and more", 0.9, TITLE.polygon, TITLE.words[:1])
    root = parsed(hocr.FORMAT, page_of(Path("/scans/a.jpg"), line))
    assert not of_class(root, "ocrx_word")
    assert ["".join(found.itertext()) for found in of_class(root, "ocr_line")] == ["Größe and more"]
