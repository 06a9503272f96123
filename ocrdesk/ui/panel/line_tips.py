"""What is told of a corrected line under the pointer: what was read there, and when that was corrected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, Qt, QTimeZone
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.correcting import named
from ocrdesk.ui.kit.plain import plainly


class LineTips(QObject):
    """Shows tooltips on corrected lines of the picture or the text of a page."""

    def __init__(
        self,
        view: QAbstractScrollArea,
        line_at: Callable[[QHelpEvent], Line | None],
        corrections: Callable[[], Sequence[Correction]],
    ) -> None:
        """Follows the pointer in a view.

        Args:
            view: Shows lines.
            line_at: Returns the line at the place that is asked for.
            corrections: Returns those of the page.
        """
        super().__init__(view)
        self._view = view
        self._line_at = line_at
        self._corrections = corrections
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        line = self._line_at(event)
        words = told_of(line, self._corrections()) if line is not None and line.corrections else ""
        QToolTip.showText(event.globalPos(), plainly(words) if words else "", self._view.viewport())
        return True


def told_of(line: Line, corrections: Sequence[Correction]) -> str:
    """What is told of a corrected line."""
    own = [it for it in corrections if it.id in line.corrections]
    if not own:
        return ""
    last, when = own[-1], when_made(own[-1].made)
    if not last.before:
        return _("Added {when}").format(when=when)
    if last.after == last.before:
        if line.is_corrected:
            return _("Checked {when}").format(when=when)
        return (_("Moved {when}") if last.follows is not None else _("Line changed {when}")).format(when=when)
    return _("Read as {line}, corrected {when}").format(line=named(last.before), when=when)


def when_made(made: str) -> str:
    """When a correction was made, as a person says it."""
    at = QDateTime.fromString(made, Qt.DateFormat.ISODate)
    at.setTimeZone(QTimeZone.utc())
    at = at.toLocalTime()
    time = QLocale().toString(at.time(), QLocale.FormatType.ShortFormat)
    days = at.date().daysTo(QDateTime.currentDateTime().date())
    if days == 0:
        return _("today {time}").format(time=time)
    if days == 1:
        return _("yesterday {time}").format(time=time)
    return QLocale().toString(at.date(), QLocale.FormatType.ShortFormat)
