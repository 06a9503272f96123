from dataclasses import astuple

import pytest
from PySide6.QtCore import QPointF, QRectF

from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.regions.region_shape import HANDLES, LEAST, Grip, drawn, handle_place, moved, sized

REGION = Region(0.2, 0.3, 0.5, 0.7)


def edges(region: Region):
    return pytest.approx(astuple(region)[:4])


def test_a_region_can_be_drawn_from_any_corner_and_ends_at_the_edge_of_the_page():
    assert astuple(drawn(QPointF(0.6, 0.8), QPointF(0.2, 0.1), is_only=False)) == (0.2, 0.1, 0.6, 0.8, False)
    assert astuple(drawn(QPointF(-0.4, 0.5), QPointF(0.3, 1.7), is_only=True)) == (0.0, 0.5, 0.3, 1.0, True)


def test_a_moved_region_keeps_its_size_and_stops_at_the_edges():
    assert edges(moved(REGION, QPointF(0.1, -0.2))) == (0.3, 0.1, 0.6, 0.5)
    assert edges(moved(REGION, QPointF(-9, 9))) == (0.0, 0.6, 0.3, 1.0)
    assert edges(moved(REGION, QPointF(9, -9))) == (0.7, 0.0, 1.0, 0.4)


@pytest.mark.parametrize(
    ("grip", "result"),
    [
        (Grip(-1, -1), (0.3, 0.4, 0.5, 0.7)),
        (Grip(1, 1), (0.2, 0.3, 0.6, 0.8)),
        (Grip(1, 0), (0.2, 0.3, 0.6, 0.7)),
        (Grip(0, -1), (0.2, 0.4, 0.5, 0.7)),
    ],
)
def test_only_the_edges_that_are_held_move(grip, result):
    assert edges(sized(REGION, grip, QPointF(0.1, 0.1))) == result


def test_an_edge_stops_before_the_one_across_and_at_the_page():
    assert edges(sized(REGION, Grip(1, 1), QPointF(-9, -9))) == (0.2, 0.3, 0.2 + LEAST, 0.3 + LEAST)
    assert edges(sized(REGION, Grip(-1, -1), QPointF(9, 9))) == (0.5 - LEAST, 0.7 - LEAST, 0.5, 0.7)
    assert edges(sized(REGION, Grip(-1, 1), QPointF(-9, 9))) == (0.0, 0.3, 0.5, 1.0)


def test_the_kind_of_a_region_stays():
    only = Region(0.2, 0.3, 0.5, 0.7, is_only=True)
    assert moved(only, QPointF(0.1, 0)).is_only
    assert sized(only, Grip(1, 1), QPointF(0.1, 0)).is_only


def test_there_are_eight_handles_around_a_rectangle():
    places = [(place.x(), place.y()) for place in (handle_place(QRectF(10, 20, 40, 60), grip) for grip in HANDLES)]
    assert places == [(10, 20), (30, 20), (50, 20), (10, 50), (50, 50), (10, 80), (30, 80), (50, 80)]
