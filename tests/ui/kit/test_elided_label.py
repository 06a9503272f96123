import pytest

from ocrdesk.ui.kit.elided_label import ElidedLabel

LONG = "a very long name of a scanned page from the archive of the town "


@pytest.fixture
def label(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(160, 20)
    return label


def look(label: ElidedLabel, text: str):
    label.setText(text)
    return label.grab().toImage()


def test_the_end_of_a_long_name_is_seen(label):
    assert look(label, LONG + "001.png") != look(label, LONG + "002.png")


def test_what_looks_like_markup_is_text(label):
    assert look(label, "<b></b>") != look(label, "")
    assert look(label, "<b>1</b>") != look(label, "1")
    assert look(label, "&lt;") != look(label, "<")


def test_there_is_something_to_be_seen_of_a_short_name(label):
    assert look(label, "1.png") != look(label, "")


def test_a_name_leaves_its_margins_empty(label):
    label.setContentsMargins(0, 0, 40, 0)
    picture = look(label, LONG)
    ground = picture.pixelColor(159, 0)
    inked = [x for x in range(160) for y in range(20) if picture.pixelColor(x, y) != ground]
    assert 80 < max(inked) < 130
