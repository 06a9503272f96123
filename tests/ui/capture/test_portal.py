"""The desktop is asked for a picture over a bus of the test's own, on which a stand-in for the portal answers."""

import os
import shutil
import signal
import subprocess

import pytest
from PySide6.QtCore import ClassInfo, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath

from ocrdesk.ui.capture import portal as portal_module
from ocrdesk.ui.capture.portal import PATH, REQUEST, SCREENSHOT, SERVICE, Portal

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed")


@ClassInfo({"D-Bus Interface": REQUEST})
class Request(QObject):
    """What the desktop answers with."""

    Response = Signal("uint", "QVariantMap")


@ClassInfo({"D-Bus Interface": SCREENSHOT})
class Desktop(QObject):
    """Answers as the desktop does: at once with a request, and later with what came of it."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.bus = bus
        self.answer: tuple[int, dict] | None = (0, {})
        self.options: dict = {}

    @Slot(str, "QVariantMap", QDBusMessage)
    def Screenshot(self, parent: str, options: dict, message: QDBusMessage) -> None:  # noqa: N802
        self.options = options
        sender = message.service().removeprefix(":").replace(".", "_")
        request = f"{PATH}/request/{sender}/{self.options['handle_token']}"
        message.setDelayedReply(True)
        self.bus.send(message.createReply(QDBusObjectPath(request)))
        if self.answer is not None:
            QTimer.singleShot(0, self, lambda: self.respond(request))

    def respond(self, request: str) -> None:
        self.request = Request()
        self.bus.registerObject(request, self.request, QDBusConnection.RegisterOption.ExportAllSignals)
        self.request.Response.emit(*self.answer)


@pytest.fixture
def address(tmp_path):
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path / 'bus'}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    with daemon:
        yield daemon.stdout.readline().strip()
        os.kill(daemon.pid, signal.SIGTERM)


@pytest.fixture
def bus(address):
    yield QDBusConnection.connectToBus(address, "asking")
    QDBusConnection.disconnectFromBus("asking")


@pytest.fixture
def desktop(address):
    bus = QDBusConnection.connectToBus(address, "desktop")
    assert bus.registerService(SERVICE)
    desktop = Desktop(bus)
    assert bus.registerObject(PATH, desktop, QDBusConnection.RegisterOption.ExportAllSlots)
    yield desktop
    QDBusConnection.disconnectFromBus("desktop")


def answer(qtbot, portal: Portal) -> str:
    with qtbot.waitSignal(portal.answered) as answered:
        portal.ask()
    return answered.args[0]


def test_the_desktop_says_where_the_picture_is(qtbot, bus, desktop):
    desktop.answer = (0, {"uri": "file:///tmp/a%20picture.png"})
    assert answer(qtbot, Portal(bus)) == "/tmp/a picture.png"
    assert desktop.options["interactive"] is False


def test_a_person_may_refuse(qtbot, bus, desktop):
    desktop.answer = (1, {})
    portal = Portal(bus)
    with qtbot.assertNotEmitted(portal.answered), qtbot.waitSignal(portal.refused):
        portal.ask()


@pytest.mark.parametrize("said", [(2, {}), (0, {}), (0, {"uri": "https://example.org/a.png"})])
def test_other_answers_are_no_picture(qtbot, bus, desktop, said):
    desktop.answer = said
    assert answer(qtbot, Portal(bus)) == ""


def test_no_answer_is_no_picture(qtbot, bus, desktop, monkeypatch):
    monkeypatch.setattr(portal_module, "PATIENCE", 1)
    desktop.answer = None
    assert answer(qtbot, Portal(bus)) == ""


def test_a_desktop_without_portal_gives_no_picture(qtbot, bus):
    assert answer(qtbot, Portal(bus)) == ""
