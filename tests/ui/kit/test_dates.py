from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from ocrdesk.ui.kit.dates import until_midnight, when

NOW = datetime(2026, 3, 18, 15, 49)  # a Wednesday


@pytest.fixture(autouse=True)
def locale():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (NOW, "today 15:49"),
        (datetime(2026, 3, 18), "today 00:00"),
        (datetime(2026, 3, 17, 23, 59), "yesterday"),
        (datetime(2026, 3, 16, 9, 5), "Monday"),
        (datetime(2026, 3, 12, 23, 0), "Thursday"),
        (datetime(2026, 3, 11, 23, 59), "11/03/2026"),
        (datetime(1999, 12, 31, 12), "31/12/1999"),
        (NOW + timedelta(hours=1), "today 16:49"),  # a clock was set
        (NOW + timedelta(1), "19/03/2026"),
    ],
)
def test_a_moment_is_said_as_people_say_it(then, words):
    assert when(int(then.timestamp()), NOW) == words


def test_what_was_today_is_yesterday_after_midnight():
    then = int(datetime(2026, 3, 18, 23, 59, 59).timestamp())
    assert when(then, datetime(2026, 3, 18, 23, 59, 59)) == "today 23:59"
    assert when(then, datetime(2026, 3, 19)) == "yesterday"


def test_the_time_is_written_as_the_system_writes_it():
    QLocale.setDefault(QLocale("en_US"))
    assert when(int(NOW.timestamp()), NOW).replace("\u202f", " ") == "today 3:49 PM"
    assert when(int((NOW - timedelta(30)).timestamp()), NOW) == "2/16/26"


@pytest.mark.parametrize(
    ("now", "milliseconds"),
    [(datetime(2026, 3, 18, 23, 59, 59), 1000), (datetime(2026, 3, 18), 86_400_000), (NOW, 29_460_000)],
)
def test_how_long_it_is_until_midnight(now, milliseconds):
    assert until_midnight(now) == milliseconds
