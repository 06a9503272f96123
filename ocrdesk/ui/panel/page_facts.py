"""What is told of a page in one line."""

from PySide6.QtCore import QDateTime, QLocale

from ocrdesk.engine.document import Mode, Page, PageStatus
from ocrdesk.engine.reading_names import OWN_TEXT, has_own_text, mode_of
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.words import READING_ORDERS, mode_name, percent

_TURNED = {90: N_("turned 90° right"), 180: N_("turned by 180°"), 270: N_("turned 90° left")}
_COLOURED = {"failed": "red", "doubtful": "amber", "warning": "amber"}


def facts_of(page: Page, to_check: int, ignored: int, lost: int) -> list[str]:
    """The facts of a page.

    Args:
        page: The page.
        to_check: How many of its words are doubtful.
        ignored: How many of its lines are left out by regions.
        lost: How many of its corrections found no place in the present reading.
    """
    badge = badge_of(page)
    facts = []
    if to_check:
        facts.append(_("{number:,} to check").format(number=to_check))
    elif badge.name != "done":
        facts.append(badge.words)
    if page.status is PageStatus.DONE and page.line_count:
        facts.append(plural("{count} line", "{count:,} lines", page.line_count))
        if page.recognizer == OWN_TEXT:
            facts.append(_("text from the PDF"))
        elif has_own_text(page.recognizer):
            facts.append(_("partly text from the PDF"))
    if page.status is PageStatus.DONE and (page.mode_wanted or mode_of(page.recognizer) is Mode.FAST):
        facts += _read_in(page)  # that others are read carefully is taken for granted
    elif page.status is PageStatus.PENDING and page.mode_wanted is not None:
        facts.append(_("to be read in {mode}").format(mode=mode_name(page.mode_wanted)))
    if shown := page.corrected - lost:
        facts.append(plural("{count} corrected", "{count:,} corrected", shown))
    if lost:
        facts.append(plural("{count} found no place", "{count:,} found no place", lost))
    if ignored:
        facts.append(_("{left_out} ignored").format(left_out=ignored))
    if page.reading_order is not None:
        facts.append(_(READING_ORDERS[page.reading_order]))
    if page.turn:
        by_whom = _(" by you") if page.turn_wanted == page.turn else ""
        facts.append(_(_TURNED[page.turn]) + by_whom)
    return facts


def colour_of(page: Page, to_check: int) -> str:
    """The name of the colour of the first fact; empty where nothing needs a person."""
    return "amber" if to_check else _COLOURED.get(badge_of(page).name, "")


def more_of(page: Page) -> str:
    """What few people ask about: how sure the reading is, and how and when it was made."""
    facts = []
    if page.status is PageStatus.DONE and page.confidence is not None and page.recognizer != OWN_TEXT:
        facts.append(_("{confidence} confidence").format(confidence=percent(page.confidence)))
    if page.seconds is not None:
        facts += [*_read_in(page), _("took {seconds:.1f} s").format(seconds=page.seconds)]
    if page.read_at is not None:
        when = QDateTime.fromSecsSinceEpoch(page.read_at)
        facts.append(QLocale().toString(when, QLocale.FormatType.ShortFormat))
    return " · ".join(facts)


def _read_in(page: Page) -> list[str]:
    mode = mode_of(page.recognizer)
    return [_("read in {mode}").format(mode=mode_name(mode))] if mode is not None else []
