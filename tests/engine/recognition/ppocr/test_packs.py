"""A PP-OCR model as a language pack: the default reader's own file is one, too."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.pack_files import trouble_of
from ocrdesk.engine.recognition.ppocr import packs
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6, characters_of, model_files
from ocrdesk.engine.recognition.ppocr.packs import Pack

pytestmark = pytest.mark.model


def drawn(text):
    picture = Image.new("RGB", (420, 48), "white")
    ImageDraw.Draw(picture).text((8, 4), text, fill="black", font=ImageFont.load_default(30))
    return np.asarray(picture)


@pytest.fixture(scope="module")
def path():
    return model_files(PPOCR_V6).reader


def test_lines_are_read_and_what_is_skipped_makes_them_less_clear(path):
    assert trouble_of(path) == ""
    pack = Pack(path)
    (clear,) = pack.read([drawn("Much ado about nothing")])
    assert (clear.text, clear.clearness > 0.9) == ("Much ado about nothing", True)
    letters = drawn("Much").copy()
    letters[:, 200:400] = drawn("nothing")[::-1, :200]  # half of it stands on its head
    (half,) = pack.read([letters])
    assert half.clearness < clear.clearness
    pack.close()


def test_a_model_with_another_number_of_classes_is_refused(path, monkeypatch):
    monkeypatch.setattr(packs, "characters_of", lambda reader: characters_of(reader)[:-1])
    with pytest.raises(RecognizerBroken, match=r"lists [0-9]+ characters, but its model has [0-9]+"):
        Pack(path)
