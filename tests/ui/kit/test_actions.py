"""Commands that are declared on methods, and the actions by which they are done."""

import pytest
from PySide6.QtCore import Qt

from ocrdesk.ui.kit.actions import Actions, Command, Needs, commands_of, menu_of, tool_button


class Clerk:
    """Does what it is told, and notes it."""

    def __init__(self) -> None:
        self.done: list[object] = []

    @Command("Stamp…", "Put a stamp on it", keys="Ctrl+K", icon="retry", needs=Needs.PAGES)
    def stamp(self, colour: str = "red") -> None:
        self.done.append(colour)

    @Command("Bell", is_checkable=True)
    def bell(self, is_rung: bool) -> None:
        self.done.append(is_rung)

    @Command("Send", choices={None: "At once", 7: "In a week"})
    def send(self, days: int | None) -> None:
        self.done.append(days)

    @Command("Left", is_checkable=True, group="side", value="l")
    def left(self, is_chosen: bool) -> None:
        self.done.append(("left", is_chosen))

    @Command("Right", is_checkable=True, group="side", value="r")
    def right(self, is_chosen: bool) -> None:
        self.done.append(("right", is_chosen))

    def no_command(self) -> None:
        self.done.append("nobody told me to")


NAMES = ["send", "stamp", "bell", "left", "right"]


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def actions(qapp, clerk):
    actions = Actions([Clerk], NAMES)
    actions.join(clerk)
    return actions


def test_only_declared_methods_are_commands():
    assert set(commands_of(Clerk)) == set(NAMES)
    assert commands_of(Clerk)["stamp"].needs is Needs.PAGES


def test_actions_are_listed_in_the_order_named(actions):
    assert [action.text() for action in actions.all()] == ["Send", "Stamp…", "Bell", "Left", "Right"]


def test_an_action_looks_as_it_was_declared(actions):
    stamp = actions["stamp"]
    assert (stamp.objectName(), stamp.toolTip()) == ("actionStamp", "Put a stamp on it (Ctrl+K)")
    assert not stamp.icon().isNull()
    assert (actions["bell"].toolTip(), actions["bell"].isCheckable()) == ("Bell", True)


def test_an_action_that_is_triggered_does_its_command_without_arguments(actions, clerk):
    actions["stamp"].trigger()
    assert clerk.done == ["red"]


def test_one_that_is_checked_tells_so_whoever_checks_it(actions, clerk):
    actions["bell"].trigger()
    actions["bell"].setChecked(False)
    assert clerk.done == [True, False]


def test_a_choice_is_given_as_the_value_that_it_stands_for(actions, clerk):
    for entry in menu_of(actions["send"]).actions():
        entry.trigger()
    assert clerk.done == [None, 7]
    checked = [value for value, entry in actions.choices("send") if entry.isChecked()]
    assert checked == [7], "one at a time"


def test_of_a_group_one_is_checked(actions, clerk):
    actions["left"].trigger()
    actions["right"].trigger()
    assert clerk.done[-2:] in ([("left", False), ("right", True)], [("right", True), ("left", False)])
    assert [action.data() for action in actions["left"].actionGroup().actions()] == ["l", "r"]


def test_a_command_is_called_whatever_its_action_allows(actions, clerk):
    actions["stamp"].setEnabled(False)
    actions["stamp"].trigger()
    actions.call("stamp", "blue")
    assert clerk.done == ["blue"]


def test_what_nobody_does_cannot_be_called(qapp):
    with pytest.raises(KeyError):
        Actions([Clerk], NAMES).call("stamp")


def test_a_name_that_is_no_command_has_no_action(qapp):
    with pytest.raises(KeyError):
        Actions([Clerk], ["no_command"])


def test_a_button_opens_the_menu_of_its_action(qtbot, actions):
    button = tool_button(actions["send"])
    qtbot.addWidget(button)
    assert button.popupMode() is button.ToolButtonPopupMode.InstantPopup
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert button.accessibleName() == "Send"
