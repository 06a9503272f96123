import signal

import pytest

from ocrdesk.interrupts import Interrupts


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_calls_at_once_and_the_handlers_of_before_come_back(qapp, number):
    before = signal.getsignal(number)
    woken_before = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(woken_before)
    calls = []
    with Interrupts(lambda: calls.append(number)):
        assert signal.getsignal(number) is not before
        signal.getsignal(number)(number, None)
        assert calls == [number]
    assert signal.getsignal(number) is before
    woken_after = signal.set_wakeup_fd(woken_before)
    assert woken_after == woken_before


def test_what_wakes_the_loop_is_taken_away_again(qapp, qtbot):
    with Interrupts(lambda: None) as interrupts:
        interrupts._writing.send(b"\x02\x0f")
        qtbot.waitUntil(lambda: _is_empty(interrupts._reading))


def _is_empty(connection):
    import socket

    try:
        return not connection.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
