"""What assistive technology is told of the window, walked through AT-SPI.

``dbus-run-session -- xvfb-run -a python3 benchmarks/accessible_walk.py OCRDESK PATH… [--keys KEY…]`` with the system's
Python, for which python3-pyatspi is installed (and at-spi2-core, xdotool, openbox). OCRDESK is the program's command.
It opens the window with PATH…, waits until nothing changes any more, presses KEY… one after another (as ``xdotool key``
takes them, or ``type:words``) and says after each what has the focus. Then it lists every control that is shown and has
no name, or the name and role of another one, or that is named by its class. Texts and cells may be empty.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pyatspi

_SILENT = {
    pyatspi.ROLE_FILLER, pyatspi.ROLE_PANEL, pyatspi.ROLE_SCROLL_PANE, pyatspi.ROLE_VIEWPORT, pyatspi.ROLE_SEPARATOR,
    pyatspi.ROLE_SPLIT_PANE, pyatspi.ROLE_SCROLL_BAR, pyatspi.ROLE_LAYERED_PANE, pyatspi.ROLE_TOOL_BAR,
}  # fmt: skip
"""What holds others together, and has nothing to say itself."""

_REPEATED = {pyatspi.ROLE_TABLE_CELL, pyatspi.ROLE_LIST_ITEM, pyatspi.ROLE_LABEL, pyatspi.ROLE_TREE_ITEM}
"""What may well say the same as another one: cells, and texts."""


def main() -> None:
    """Opens the window, walks it and prints what is wrong."""
    words = sys.argv[1:]
    keys = words[words.index("--keys") + 1 :] if "--keys" in words else []
    given = words[: words.index("--keys")] if "--keys" in words else words
    os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    bus = subprocess.Popen(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
    manager = subprocess.Popen(["openbox"])
    time.sleep(1.0)
    program = subprocess.Popen([*given[:1], *given[1:]])
    try:
        window = _window()
        _settle(window)
        for key in keys:
            _press(key)
            _settle(window)
            print(f"{key:>22}  {_focus(window)}")
        for shown in _windows():
            _report(shown)
    finally:
        for process in (program, manager, bus):
            process.terminate()
        program.wait(60)


def _windows() -> list[pyatspi.Accessible]:
    found = [app for app in pyatspi.Registry.getDesktop(0) if app is not None and "ocrdesk" in app.name.lower()]
    return [window for app in found for window in app if window is not None and _is_shown(window)]


def _window() -> pyatspi.Accessible:
    for _ in range(600):
        if windows := _windows():
            return windows[0]
        time.sleep(0.1)
    raise SystemExit("no window came")


def _is_shown(node: pyatspi.Accessible) -> bool:
    return node.getState().contains(pyatspi.STATE_SHOWING)


def _walk(node: pyatspi.Accessible, depth: int = 0) -> Iterator[pyatspi.Accessible]:
    yield node
    for number in range(min(node.childCount, 400)):
        child = node.getChildAtIndex(number)
        if child is not None and _is_shown(child) and depth < 40:
            yield from _walk(child, depth + 1)


def _settle(window: pyatspi.Accessible) -> None:
    """Waits until nothing has changed for a while."""
    same, before = 0, None
    for _ in range(240):
        time.sleep(0.25)
        seen = [(node.getRole(), node.name) for shown in _windows() for node in _walk(shown)]
        same, before = (same + 1, before) if seen == before else (0, seen)
        if same >= 10:
            return


def _press(key: str) -> None:
    if key.startswith("type:"):
        subprocess.run(["xdotool", "type", "--delay", "40", key.removeprefix("type:")], check=True)
    else:
        subprocess.run(["xdotool", "key", key], check=True)


def _said(node: pyatspi.Accessible) -> str:
    states = node.getState()
    told = [
        word
        for state, word in (
            (pyatspi.STATE_CHECKED, "checked"), (pyatspi.STATE_PRESSED, "pressed"),
            (pyatspi.STATE_SELECTED, "selected"), (pyatspi.STATE_EXPANDED, "expanded"),
        )
        if states.contains(state)
    ]  # fmt: skip
    if not states.contains(pyatspi.STATE_ENABLED):
        told.append("disabled")
    text = ""
    if node.getRole() in (pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY):
        text = f" “{node.queryText().getText(0, -1)[:60]}”"
    about = f" ({node.description})" if node.description else ""
    value = f" “{node.name}”" if node.getRole() == pyatspi.ROLE_COMBO_BOX else ""
    return f"{node.getRoleName()} “{_name(node)}”{value}{text}{about} {' '.join(told)}".rstrip()


def _focus(window: pyatspi.Accessible) -> str:
    held = [
        node
        for shown in _windows()
        for node in _walk(shown)
        if node.getState().contains(pyatspi.STATE_FOCUSED) and node.getRole() not in (pyatspi.ROLE_FRAME,)
    ]
    return " / ".join(map(_said, held[-2:])) or "nothing has the focus"


def _report(window: pyatspi.Accessible) -> None:
    nodes = list(_walk(window))
    nameless = [node for node in nodes if not _name(node).strip() and node.getRole() not in _SILENT]
    nameless = [node for node in nameless if node.getRole() not in (pyatspi.ROLE_LABEL, pyatspi.ROLE_TABLE_CELL)]
    counted = Counter(
        (node.getRoleName(), _name(node)) for node in nodes if node.name and node.getRole() not in _SILENT | _REPEATED
    )
    twice = {what: count for what, count in counted.items() if count > 1}
    classes = [node for node in nodes if node.name[:1] == "Q" and node.name[1:2].isupper() and node.name.isalpha()]
    print(f"{window.name}: {len(nodes)} shown, {len(nameless)} nameless, {len(twice)} alike, {len(classes)} by class")
    for node in nameless:
        print("  nameless:", _path(node))
    for (role, name), count in twice.items():
        print(f"  {count} alike: {role} “{name}”")
    for node in classes:
        print("  by class:", node.name)


def _name(node: pyatspi.Accessible) -> str:
    """Its name; that of a list to choose from is on Linux what is chosen, and its label is told as a relation."""
    if node.getRole() == pyatspi.ROLE_COMBO_BOX:
        for relation in node.getRelationSet():
            if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
                return str(relation.getTarget(0).name)
        return ""
    return str(node.name)


def _path(node: pyatspi.Accessible) -> str:
    above = []
    while node is not None and node.getRole() != pyatspi.ROLE_APPLICATION:
        place = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        above.append(f"{node.getRoleName()} “{node.name}” {node.description} {tuple(place)}".strip())
        node = node.parent
    return " < ".join(above[:4])


if __name__ == "__main__":
    main()
