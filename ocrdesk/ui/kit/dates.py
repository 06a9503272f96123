"""Days and times as people say them."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime

from ocrdesk.engine.words import N_, _

_DAYS = (N_("Mon {time}"), N_("Tue {time}"), N_("Wed {time}"), N_("Thu {time}"), N_("Fri {time}"), N_("Sat {time}"),
         N_("Sun {time}"))  # fmt: skip
_WEEK = 7


def when(seconds: int, now: datetime | None = None) -> str:
    """A moment as seen from now: the time on a day of the last week, before that the date alone.

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
    time = QLocale().toString(QTime(then.hour, then.minute), short)
    words = _("today {time}") if not days else _("yesterday {time}") if days == 1 else _(_DAYS[then.weekday()])
    return words.format(time=time)


def until_midnight(now: datetime | None = None) -> int:
    """Milliseconds until another day begins."""
    now = now or datetime.now()
    return 1000 * (86_400 - (now.hour * 3600 + now.minute * 60 + now.second))
