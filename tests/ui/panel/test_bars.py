"""The rows of small buttons over the picture and over the text of a page."""

from page_views import IN_ORDER, button_of, entry, show, text_view, underlined
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton


def test_the_buttons_above_the_picture_turn_the_page(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    for action in (actions["turn_left"], actions["turn_right"]):
        (button,) = (button for button in view.window().findChildren(QToolButton) if button.defaultAction() is action)
        assert button.accessibleName() == action.text()
        with qtbot.waitSignal(action.triggered):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        action.setEnabled(False)
        assert not button.isEnabled()


def test_the_text_is_shown_in_paragraphs_or_as_it_is_printed_and_that_is_kept(qtbot, view, page_id, actions, laid):
    show(qtbot, view, page_id)
    entry(actions, False).trigger()
    assert text_view(view).toPlainText() == " ".join(IN_ORDER)
    assert underlined(view) == ["right 1"]
    assert laid.choices.get("text/printed") is False
    assert button_of(view, actions["text_layout"]).text() == "As paragraphs"
    entry(actions, True).trigger()
    assert text_view(view).toPlainText().split("\n") == IN_ORDER
    assert button_of(view, actions["text_layout"]).text() == "As printed"
    assert laid.choices.get("text/printed") is True


def test_the_text_has_a_size_of_its_own_which_is_kept(qtbot, view, page_id, actions, laid):
    show(qtbot, view, page_id)
    sizes = []
    for action in ("text_smaller", "text_smaller", "text_smaller", *["text_larger"] * 5):
        actions[action].trigger()
        sizes.append(text_view(view).document().defaultFont().pixelSize())
    assert sizes == [14, 13, 13, 14, 15, 17, 20, 20]
    assert laid.choices.get("text/size") == 20
    assert [button_of(view, actions[name]).text() for name in ("text_smaller", "text_larger")] == ["A−", "A+"]


def test_where_there_is_little_room_words_go_and_symbols_stay(qtbot, view, actions):
    button = button_of(view, actions["regions"])
    styles = []
    for width in (360, 800, 360):
        view.window().resize(width, 600)
        styles.append(button.toolButtonStyle())
    words, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
    assert styles == [alone, words, alone]
    assert button.text() == "Regions"


def test_how_large_the_picture_is_shown_is_told_and_a_click_on_it_fits_it(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    percent = view.window().findChild(QToolButton, "zoomPercent")
    fitting = percent.text()
    assert fitting == f"{round(100 * view.picture.transform().m11())} %"
    actions["zoom_in"].trigger()
    assert percent.text() == f"{round(100 * view.picture.transform().m11())} %" != fitting
    qtbot.mouseClick(percent, Qt.MouseButton.LeftButton)
    assert percent.text() == fitting
