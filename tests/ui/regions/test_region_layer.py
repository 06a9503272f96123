"""Regions drawn and changed on a picture that is shown."""

import pytest
from PySide6.QtCore import QRectF, Qt
from region_drawing import BODY, FOOT, STAMP, edges, near

from ocrdesk.engine.layout.regions import Region

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier

# Drawing


def test_dragging_draws_a_region_in_fractions_of_the_page(person):
    person.drag((0.5, 0.1), (0.9, 0.3))
    ((region,),) = person.wanted
    assert edges(region) == near(STAMP)
    assert not region.is_only
    assert person.layer.chosen == region


def test_what_is_drawn_next_can_be_all_that_counts(person):
    person.layer.draw_only(True)
    person.drag((0.9, 0.3), (0.5, 0.1))  # from the other corner
    ((region,),) = person.wanted
    assert edges(region) == near(STAMP)
    assert region.is_only


def test_a_region_drawn_on_one_page_lies_at_the_same_part_of_a_page_of_another_size(person, show):
    person.drag((0.5, 0.1), (0.9, 0.3))
    show(800, 300, page_id=2)
    (region,) = person.layer.regions
    rect = person.view.mapFromScene(QRectF(0.5 * 800, 0.1 * 300, 0.4 * 800, 0.2 * 300)).boundingRect()
    shown = person.layer.rect_of(region)
    assert (shown.left(), shown.top()) == pytest.approx((rect.left(), rect.top()), abs=3)
    assert (shown.right(), shown.bottom()) == pytest.approx((rect.right(), rect.bottom()), abs=3)
    person.drag((0.1, 0.5), (0.3, 0.9))
    assert edges(person.wanted[-1][1]) == near(Region(0.1, 0.5, 0.3, 0.9), of=0.01)


def test_on_a_zoomed_and_scrolled_picture_a_region_lies_where_it_is_drawn(person):
    for _ in range(4):
        person.view.zoom_in()
    person.view.centerOn(300, 400)
    assert person.place(0, 0).x() < -50, "the left of the page is out of sight"
    person.drag((0.7, 0.6), (0.8, 0.7))
    ((region,),) = person.wanted
    assert edges(region) == near(Region(0.7, 0.6, 0.8, 0.7), of=0.003)


def test_what_is_drawn_beyond_the_page_ends_at_its_edge(person):
    person.view.zoom_out()
    person.drag((0.8, 0.8), (1.1, 0.9))
    ((region,),) = person.wanted
    assert region.right == 1.0
    assert region.left == pytest.approx(0.8, abs=0.01)


def test_a_click_draws_nothing(person):
    person.click(0.5, 0.5)
    person.drag((0.5, 0.5), (0.9, 0.5))  # no height
    assert person.wanted == []


def test_esc_gives_up_what_is_being_drawn(person):
    viewport = person.view.viewport()
    person.qtbot.mousePress(viewport, LEFT, pos=person.place(0.2, 0.2))
    person.qtbot.mouseMove(viewport, person.place(0.5, 0.5))
    person.press(Qt.Key.Key_Escape)
    person.qtbot.mouseRelease(viewport, LEFT, pos=person.place(0.5, 0.5))
    assert person.wanted == []


def test_in_a_region_that_alone_counts_others_can_be_drawn(person):
    person.layer.show_regions([BODY])
    person.drag((0.4, 0.4), (0.6, 0.5))
    assert person.wanted[-1][0] == BODY
    assert edges(person.wanted[-1][1]) == near(Region(0.4, 0.4, 0.6, 0.5))
    person.layer.choose(BODY)
    person.drag((0.2, 0.6), (0.3, 0.7), SHIFT)  # even where it is chosen
    assert len(person.wanted[-1]) == 3


# Changing


def test_a_region_is_chosen_by_a_click_and_left_by_a_click_beside_it(person):
    person.layer.show_regions([STAMP, FOOT, BODY])
    person.click(0.2, 0.65)
    assert person.layer.chosen == FOOT, "the smaller one, that lies in the larger"
    person.click(0.7, 0.5)
    assert person.layer.chosen == BODY
    person.click(0.02, 0.02)
    assert person.layer.chosen is None
    assert person.wanted == []


def test_a_region_is_moved_by_dragging_it(person):
    person.layer.show_regions([STAMP, FOOT])
    person.drag((0.6, 0.2), (0.5, 0.4))
    assert edges(person.wanted[-1][0]) == near(Region(0.4, 0.3, 0.8, 0.5))
    assert person.wanted[-1][1] == FOOT
    assert person.layer.chosen == person.wanted[-1][0]


def test_a_chosen_region_is_sized_by_its_handles(person):
    person.layer.show_regions([STAMP])
    person.click(0.7, 0.2)
    person.drag((0.9, 0.3), (0.8, 0.5))
    assert edges(person.wanted[-1][0]) == near(Region(0.5, 0.1, 0.8, 0.5))
    person.drag((0.5, 0.3), (0.3, 0.35))  # the middle of the left edge moves across only
    assert edges(person.wanted[-1][0]) == near(Region(0.3, 0.1, 0.8, 0.5))


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_del_deletes_the_chosen_region_alone(person, key):
    person.layer.show_regions([STAMP, FOOT])
    person.press(key)
    assert person.wanted == [], "none is chosen"
    person.click(0.7, 0.2)
    person.press(key)
    assert person.wanted == [(FOOT,)]
    assert person.layer.chosen is None
