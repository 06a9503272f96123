"""The offer to put the program into the desktop's menu."""

import sys
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from ocrdesk import environment, menu_entry
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.ui.window.menu_offer import MenuOffer

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the installer does this")
OFFER = "ocrdesk can be put into the menu of your desktop"


@pytest.fixture
def offer(qtbot, laid, tmp_path, monkeypatch):
    """The offer of a program that keeps its things where the system says, and is in no menu."""
    monkeypatch.setattr(menu_entry, "user_folder", lambda: tmp_path / "share")
    monkeypatch.setitem(environment.GIVEN, "XDG_DATA_DIRS", str(tmp_path / "all users"))
    offer = MenuOffer(laid)
    offer._places = replace(laid.places, are_ours=True)
    with qtbot.waitExposed(laid.window):
        laid.window.show()
    return offer


def answer(laid, words: str) -> QPushButton:
    (button,) = (it for it in laid.notices.findChildren(QPushButton) if it.text() == words)
    return button


def test_it_is_offered_once_and_done_with_a_click(qtbot, laid, offer):
    offer.begin()
    assert laid.notices.text.startswith(OFFER)
    answer(laid, "Put it there").click()
    qtbot.waitUntil(lambda: laid.notices.text == "ocrdesk is in the menu of your desktop now.")
    assert menu_entry.is_in_menu()


def test_who_says_not_now_is_not_asked_again(laid, offer):
    offer.begin()
    answer(laid, "Not now").click()
    offer.begin()
    assert not laid.notices.isVisible()
    assert not menu_entry.is_in_menu()


def test_it_is_not_offered_where_it_is_in_the_menu_or_keeps_its_things_elsewhere(laid, offer):
    menu_entry.write(menu_entry.user_folder(), ["ocrdesk"])
    offer.begin()
    assert not laid.notices.isVisible()
    offer._places = laid.places
    menu_entry.remove()
    offer.begin()
    assert not laid.notices.isVisible()
    assert not laid.choices.get("menu/offered"), "it is offered another time"


def test_what_matters_more_is_not_pushed_aside(laid, offer):
    laid.notices.warn("The disk is full.")
    offer.begin()
    assert laid.notices.text == "The disk is full."


def test_that_it_cannot_be_done_is_said(qtbot, laid, offer, monkeypatch):
    def fail() -> None:
        raise OcrdeskError("The menu entry cannot be written.")

    monkeypatch.setattr(menu_entry, "install", fail)
    offer.begin()
    answer(laid, "Put it there").click()
    qtbot.waitUntil(lambda: laid.notices.text == "The menu entry cannot be written.")
