"""Days and times as people say them."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime

from ocrdesk.engine.words import N_, _

_DAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_WEEK = 7


def when(seconds: int, now: datetime | None = None) -> str:
    """A moment as seen from now: the time if it is today, the day if it was in the last week, else the date.

    It is true until midnight only, so it is asked for again whenever it is shown.

    Args:
        seconds: Since 1970 (UTC).
        now: The local time; None: that of the clock.
    """
    then, today = datetime.fromtimestamp(seconds), (now or datetime.now()).date()
    days = (today - then.date()).days
    short = QLocale.FormatType.ShortFormat
    if not 0 <= days < _WEEK:
        return QLocale().toString(QDate(then.year, then.month, then.day), short)
    if days > 1:
        return _(_DAYS[then.weekday()])
    if days:
        return _("yesterday")
    return _("today {time}").format(time=QLocale().toString(QTime(then.hour, then.minute), short))


def until_midnight(now: datetime | None = None) -> int:
    """Milliseconds until another day begins."""
    now = now or datetime.now()
    return 1000 * (86_400 - (now.hour * 3600 + now.minute * 60 + now.second))
