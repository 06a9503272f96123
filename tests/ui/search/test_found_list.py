import pytest
from found import found_in, hit_on, page_of
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.search.found_list import FoundList, cut_to, link_in
from ocrdesk.ui.search.found_model import FoundModel, Place
from ocrdesk.ui.search.hit_strips import HitStrips


@pytest.fixture
def model():
    """Two places in one batch, of which more wait, and one in another."""
    model = FoundModel()
    first, second = found_in(1, "Letters", [1, 2]), found_in(2, "Bills", [3])
    model.show([first, second])
    model.show_places(first, [Place(page_of(1), hit_on(1, text)) for text in ("one", "two", "three")], 1, 2)
    model.show_places(second, [Place(page_of(3), None)], 1, 2)
    return model


@pytest.fixture
def view(qtbot, model, laid):
    view = FoundList(model, HitStrips(laid.decoder, laid.tasks))
    qtbot.addWidget(view)
    view.resize(500, 400)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_the_arrow_keys_go_from_place_to_place_and_over_headings(qtbot, view):
    chosen = []
    view.place_chosen.connect(lambda place: chosen.append(place.hit.text if place.hit else place.page.name))
    view.choose_first()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.more_wanted) as more:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert more.args[0].name == "Letters"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen == ["two", "page 3.png"]
    assert view.place.hit is None


def test_a_click_chooses_a_place_and_return_or_a_double_click_opens_it(qtbot, view, model):
    place = view.visualRect(model.index(2)).center()
    with qtbot.waitSignal(view.place_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args[0].hit.text == "two"
    with qtbot.waitSignal(view.place_opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.place_opened):
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_heading_chooses_nothing_and_one_on_more_asks_for_it(qtbot, view, model):
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(0)).center())
    assert view.place is None
    with qtbot.waitSignal(view.more_wanted):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(3)).center())


def test_a_click_on_the_link_in_a_heading_asks_for_its_pages(qtbot, view, model):
    link = link_in(view.visualRect(model.index(0)), view.font()).center()
    with qtbot.waitSignal(view.pages_wanted) as wanted:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link)
    assert wanted.args[0].name == "Letters"
    model.batches[0].has_more = True
    with qtbot.assertNotEmitted(view.pages_wanted):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=link)


def test_found_words_are_seen_in_lines_that_have_no_room(qapp):
    metrics = QFontMetrics(QFont())
    text = "word " * 60 + "Selangor and the rest"
    begin = text.index("Selangor")
    shown, spans = cut_to(text, ((begin, begin + 8),), metrics, 300)
    assert shown.startswith("…")
    assert [shown[first:last] for first, last in spans] == ["Selangor"]
    assert metrics.horizontalAdvance(shown[: spans[0][1]]) < 300
    assert cut_to("Selangor", ((0, 8),), metrics, 300) == ("Selangor", [(0, 8)])


def test_found_words_stand_on_yellow(qtbot, view, model):
    row = view.visualRect(model.index(1))
    image = view.viewport().grab(row).toImage()
    yellow = [x for x in range(image.width()) if image.pixelColor(x, image.height() - 10) == token("hit")]
    assert yellow
    assert max(yellow) < image.width() // 2, "the name of the page does not"


@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_link_of_a_heading_stands_where_lines_of_the_window_end(qapp, way):
    heading = QRect(0, 0, 400, 40)
    try:
        qapp.setLayoutDirection(way)
        link = link_in(heading, qapp.font())
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    ends_right = way == Qt.LayoutDirection.LeftToRight
    assert (link.center().x() > 200) is ends_right
    assert 0 < link.left() < link.right() < 400
