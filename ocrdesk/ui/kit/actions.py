"""Commands: what can be done in the window. Each is declared on the method that does it."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.menu_buttons import unlight_after

_COMMAND = "command"
"""The name under which a method knows that it is a command."""

_Act = TypeVar("_Act", bound=Callable[..., Any])


class Needs(Enum):
    """What must be chosen before a command makes sense."""

    NOTHING = auto()
    BATCH = auto()
    PAGES = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """Makes a method a command: ``@Command("Read again", "Read the selected pages again", keys="F5", icon="retry")``.

    The name of the method is that of the command. A method that is checkable is given whether it is checked, one with
    choices is given the one that was made, one with a menu is given the menu whenever that opens, to be filled, and
    every other is called without arguments.

    Attributes:
        words: What stands in menus; with an ellipsis where a question comes first. Like ``tip`` and ``choices`` it is
            translated when the action is made.
        tip: What it does, where its words alone do not say it.
        keys: Those that do it.
        icon: Name of its icon.
        needs: What must be chosen for it.
        is_checkable: Whether it is switched on and off.
        group: Name of the group of which one command is checked at a time.
        value: What it stands for in that group.
        choices: Values by which it is chosen in a menu of its own, with the words for each.
        menu: Makes a menu of its own kind, whose entries are not known before it opens.
        role: Where the system wants it.
    """

    words: str
    tip: str = ""
    keys: str = ""
    icon: str = ""
    needs: Needs = Needs.NOTHING
    is_checkable: bool = False
    group: str = ""
    value: str = ""
    choices: Mapping[Any, str] = field(default_factory=dict)
    menu: Callable[[], QMenu] | None = None
    role: QAction.MenuRole = QAction.MenuRole.NoRole

    def __call__(self, act: _Act) -> _Act:
        setattr(act, _COMMAND, self)
        return act


def commands_of(kind: type) -> dict[str, Command]:
    """The commands that a class declares, by name."""
    return {name: getattr(act, _COMMAND) for name, act in vars(kind).items() if hasattr(act, _COMMAND)}


class Actions(QObject):
    """The actions of a window by the names of their commands; ``objectName`` is ``action`` and the name."""

    def __init__(self, kinds: Sequence[type], names: Sequence[str]) -> None:
        """Makes the actions; they do nothing until whoever does them is joined.

        Args:
            kinds: The classes that declare commands.
            names: Of the commands, in the order in which they are listed.
        """
        super().__init__()
        declared = {name: command for kind in kinds for name, command in commands_of(kind).items()}
        self.commands = {name: declared[name] for name in names}
        self._groups: dict[str, QActionGroup] = {}
        self._held = QActionGroup(self)
        self._held.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._menus: list[QMenu] = []
        self._acts: dict[str, Callable[..., object]] = {}
        self._actions = {name: self._make(name, command) for name, command in self.commands.items()}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        """All of them, in the order of the menus."""
        return list(self._actions.values())

    def join(self, doer: object) -> None:
        """Lets an object do the commands that its class declares."""
        for name, command in commands_of(type(doer)).items():
            self._acts[name] = act = getattr(doer, name)
            action = self._actions[name]
            if command.choices:
                for value, entry in self.choices(name):
                    entry.triggered.connect(partial(_do, partial(act, value)))
            elif command.menu is not None:
                menu_of(action).aboutToShow.connect(partial(act, menu_of(action)))
            elif command.is_checkable:
                action.toggled.connect(act)
            else:
                action.triggered.connect(partial(_do, act))

    def hold(self, *, all_but: Container[str]) -> None:
        """Lets no command be chosen, whatever is done with its action, but for some; until ``free``."""
        for name, action in self._actions.items():
            if name not in all_but and action.actionGroup() is None:
                self._held.addAction(action)
        for group in (self._held, *self._groups.values()):
            group.setEnabled(False)

    def free(self) -> None:
        """Lets those be chosen again that make sense by now."""
        for group in (self._held, *self._groups.values()):
            group.setEnabled(True)

    def call(self, name: str, *values: object) -> None:
        """Does a command whether or not its action can be chosen at present.

        Args:
            name: Of the command.
            values: For a method that takes something which an action does not give it.
        """
        self._acts[name](*values)

    def choices(self, name: str) -> list[tuple[Any, QAction]]:
        """The choices of a command, and the entries of its menu by which they are made."""
        entries = menu_of(self._actions[name]).actions()
        return list(zip(self.commands[name].choices, entries, strict=True))

    def _make(self, name: str, command: Command) -> QAction:
        action = QAction(_(command.words), self)
        action.setObjectName("action" + "".join(part.capitalize() for part in name.split("_")))
        if command.icon:
            action.setIcon(icon(command.icon))
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(
            (_(command.tip) if command.tip else _(command.words).rstrip("…")) + (f" ({keys})" if command.keys else "")
        )
        action.setCheckable(command.is_checkable)
        if command.role is not QAction.MenuRole.NoRole:
            action.setMenuRole(command.role)
        if command.group:
            action.setData(command.value)
            self._groups.setdefault(command.group, QActionGroup(self)).addAction(action)
        if command.choices or command.menu is not None:
            menu = self._choices(command) if command.menu is None else command.menu()
            self._menus.append(menu)  # an action does not own its menu
            action.setMenu(menu)
        return action

    def _choices(self, command: Command) -> QMenu:
        """A menu of which one entry is checked at a time."""
        menu = QMenu()
        group = QActionGroup(menu)
        for words in command.choices.values():
            entry = menu.addAction(_(words))
            entry.setCheckable(True)
            group.addAction(entry)
        return menu


def _do(act: Callable[[], object], _: bool = False) -> None:
    act()


def menu_of(action: QAction) -> QMenu:
    """The menu of an action that has one."""
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def tool_button(action: QAction) -> QToolButton:
    """A small button of an action, with its icon alone."""
    button = QToolButton()
    button.setDefaultAction(action)
    if action.menu() is not None:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        unlight_after(menu_of(action), button)
    button.setIconSize(QSize(18, 18))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
