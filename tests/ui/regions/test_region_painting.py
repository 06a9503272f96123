"""How regions look on a picture that is shown."""

from PySide6.QtCore import QPoint, Qt
from region_drawing import BODY, FOOT, STAMP


def strength(person, x, y, plain) -> int:
    """How far the colour at a place is from that without regions."""
    place = person.place(x, y)
    area = [QPoint(dx, dy) for dx in range(8) for dy in range(8)]
    now = person.view.grab().toImage()
    return sum(
        abs(now.pixelColor(place + d).lightness() - plain.pixelColor(place + d).lightness()) for d in area
    )  # several pixels: a hatching has gaps


def test_ignored_regions_are_seen_faintly_while_nothing_is_drawn(person):
    plain = person.view.grab().toImage()
    person.layer.show_regions([STAMP])
    drawing = strength(person, 0.8, 0.25, plain)
    person.layer.set_active(False)
    faint = strength(person, 0.8, 0.25, plain)
    assert 0 < faint < drawing / 2
    assert strength(person, 0.2, 0.8, plain) == 0


def test_the_chosen_region_is_looked_through_as_the_others_are(person):
    person.layer.show_regions([FOOT, STAMP])
    plain = person.view.grab().toImage()
    person.layer.choose(STAMP)
    assert strength(person, 0.8, 0.25, plain) == 0
    assert strength(person, 0.896, 0.296, plain) > 0, "a handle"


def test_all_but_what_alone_counts_is_dimmed(person):
    plain = person.view.grab().toImage()
    person.layer.show_regions([BODY])
    assert strength(person, 0.03, 0.03, plain) > 0
    assert strength(person, 0.5, 0.6, plain) == 0


def test_what_is_being_drawn_is_seen_and_not_yet_wanted(person):
    before = person.view.grab().toImage()
    viewport = person.view.viewport()
    person.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=person.place(0.2, 0.2))
    person.qtbot.mouseMove(viewport, person.place(0.5, 0.5))
    place = person.place(0.35, 0.45)
    assert person.view.grab().toImage().pixelColor(place) != before.pixelColor(place)
    assert person.wanted == []
