"""Drawn pages with words on them, as files and as the formats are given them."""

import base64
import io
import subprocess
from pathlib import Path, PurePosixPath
from shutil import which

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from ocrdesk.engine.decode import StoredPicture
from ocrdesk.engine.decode.files import open_file, stored_page
from ocrdesk.engine.decode.sentences import in_sentences
from ocrdesk.engine.decode.shown_text import shown_letters
from ocrdesk.engine.document import Line, Page, PageStatus, Word
from ocrdesk.engine.export.pages import ExportedPage
from ocrdesk.engine.geometry import Polygon, slices_of
from ocrdesk.engine.layout.page_text import PageText, Paragraph

WIDTH, HEIGHT = 600, 400

needs_pdftotext = pytest.mark.skipif(which("pdftotext") is None, reason="needs poppler-utils")
needs_qpdf = pytest.mark.skipif(which("qpdf") is None, reason="needs qpdf")

HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAT9tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAA"
    "AAABAAAAImlsb2MAAAAAREAAAQABAAAAAAFjAAEAAAAAAAAAVAAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAv2lwcnAAAACh"
    "aXBjbwAAAHVodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQAoQgEBA3AAAAMAkAAAAwAA"
    "AwAeoDyBRZbqSSmubAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAAAHgAAABQAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAA"
    "AAAAAAEAAQOBAoMAAABcbWRhdAAAAFAoAa9YiE4A98//HT0nsRujiTrvpdO0ZsmYU1eaCC+hftOPbTNneHVapkL1GWM3SopydU0Gilream/Vk8+c"
    "UkM1yfJwrRfscAAAAwAR4HYDEg=="
)
"""A white picture of 120 × 80 pixels with a black corner at the upper left."""


def rectangle(left: float, top: float, right: float, bottom: float, slope: float = 0.0) -> Polygon:
    """A box, or one whose right end lies lower by ``slope`` times its width."""
    fall = slope * (right - left)
    return (left, top), (right, top + fall), (right, bottom + fall), (left, bottom)


def measured(text: str, polygon: Polygon, parts: tuple[str, ...] | None = None) -> Line:
    """A line whose words were measured, each as wide as its letters are many."""
    words, place = [], 0
    for part in parts or tuple(text.split()):
        start = text.index(part, place)
        place = start + len(part)
        (polygon_of_part,) = slices_of(polygon, [(start / len(text), place / len(text))])
        words.append(Word(part, 0.9, polygon_of_part))
    return Line(text, 0.95, polygon, tuple(words))


TITLE = measured("Größe łódź €5", rectangle(60, 40, 360, 70))
CHINESE = measured("发票 号码", rectangle(60, 100, 260, 140), ("发", "票", "号", "码"))
SLANTED = measured("slanted line here", rectangle(60, 180, 460, 210, slope=0.08))
UNMEASURED = Line("no words <&> known", 0.5, rectangle(60, 300, 400, 330))
STANDING = measured("downwards", rectangle(500, 60, 530, 300))
LINES = (TITLE, CHINESE, SLANTED, UNMEASURED, STANDING)
TEXT = [line.text for line in LINES]


def drawing(mode: str = "RGB") -> Image.Image:
    """A page, darker at its upper left so that its turn can be seen."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 40, 30), "black")
    for line in LINES:
        draw.polygon(line.polygon, fill=(180, 200, 220))
    return image if mode == "RGB" else image.convert(mode)


def page_of(
    path: Path, *lines: Line, text: bool = True, told: list[str] | None = None, **known: object
) -> ExportedPage:
    """A page that was read, with ``LINES`` on it unless others are given; ``told`` gets what is wrong with it."""
    known = {"status": PageStatus.DONE, "width": WIDTH, "height": HEIGHT, "confidence": 0.9, **known}
    page = Page(1, 1, path, known.pop("frame", 0), path.name, **known)
    paragraphs = tuple(Paragraph(((line,),), True) for line in (lines or LINES)) if text else ()

    def picture() -> StoredPicture:
        with in_sentences():
            file = open_file(path)
            try:
                if page.status is not PageStatus.DONE:
                    file.load(page.frame, None)
                return stored_page(file, page.frame)
            finally:
                file.close()

    leave_out = told.append if told is not None else lambda why: None
    return ExportedPage(
        page, "scans", 1, PurePosixPath(path.name), PageText(paragraphs), picture, shown_letters, leave_out
    )


def pdf_of_pages(*pages: ExportedPage) -> pikepdf.Pdf:
    from ocrdesk.engine.export.pdf import FORMAT

    file = io.BytesIO()
    FORMAT.write(iter(pages), file)
    file.seek(0)
    return pikepdf.open(file)


def picture_in(page: pikepdf.Page) -> pikepdf.Stream:
    return page.obj.Resources.XObject.Picture


def texts_in(pdf: pikepdf.Pdf, number: int = 0) -> list[str]:
    """The text laid on a page as its content has it, a string each block of text."""
    page = pdf.pages[number]
    meanings = {}
    font = page.obj.Resources.Font["/OcrText"]
    for row in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        if row.startswith("<") and row.count("<") == 2 and "FFFF" not in row:
            code, meaning = row.replace(">", "").split("<")[1:]
            meanings[int(code, 16)] = bytes.fromhex(meaning).decode("utf-16-be")
    lines, is_ours = [], False
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            is_ours = operands[0] == "/OcrText"
            lines += [""] if is_ours else []
        elif str(operator) == "Tj" and is_ours:
            codes = bytes(operands[0])
            lines[-1] += "".join(meanings[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))
    return lines


def said_by(program: str, pdf: pikepdf.Pdf, folder: Path, *options: str) -> str:
    """What a program of others says about a PDF."""
    path = folder / "looked_at.pdf"
    pdf.save(path)
    ends = ["-"] if program == "pdftotext" else []
    return subprocess.run([program, *options, str(path), *ends], capture_output=True, check=True, text=True).stdout


def seen_in(pdf: pikepdf.Pdf, number: int = 0) -> np.ndarray:
    """A page as a reader shows it, at 600 pixels across or down."""
    import pypdfium2 as pdfium

    file = io.BytesIO()
    pdf.save(file)
    document = pdfium.PdfDocument(file.getvalue())
    page = document[number]
    pixels = page.render(scale=WIDTH / max(page.get_width(), page.get_height()), rev_byteorder=True).to_numpy()[..., :3]
    seen = np.array(pixels)
    page.close()
    document.close()
    return seen


def is_upright(pixels: np.ndarray) -> bool:
    """Whether the black corner is at the upper left and nowhere else."""
    corners = [pixels[y, x].mean() for y in (8, -8) for x in (8, -8)]
    return corners[0] < 80 and min(corners[1:]) > 200
