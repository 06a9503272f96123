"""What is told of a corrected line under the pointer: what was read there, and when that was corrected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, QPointF, Qt, QTimeZone
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.correcting import named
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.panel.page_lines import PageLines


class LineTips(QObject):
    """Shows tooltips on corrected lines of the picture or the text of a page."""

    def __init__(self, view: QAbstractScrollArea, number_at: Callable[[QPointF], int | None], lines: PageLines) -> None:
        """Follows the pointer in a view.

        Args:
            view: Shows lines.
            number_at: Returns the number of the line at a place of the view.
            lines: Those of the page.
        """
        super().__init__(view)
        self._view = view
        self._number_at = number_at
        self._lines = lines
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        number = self._number_at(event.pos().toPointF())
        lines = self._lines.all[number : number + 1] if number is not None else ()
        words = told_of(lines[0], self._lines.corrections) if lines else ""
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
