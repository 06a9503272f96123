"""The words of a report, the same wherever it is shown."""

from dataclasses import dataclass
from datetime import datetime

from ocrdesk.engine.report.report import Figure, Report, ScanAgain
from ocrdesk.engine.report.tally import Bar, Distribution, Unit
from ocrdesk.engine.words import N_, _, listed, plural, written_number

_HEADINGS = {
    Unit.PERCENT: (N_("How sure the words are"), N_("words, by percent")),
    Unit.POINTS: (N_("Size of the print"), N_("words, by points")),
    Unit.PIXELS: (N_("Size of the print"), N_("words, by pixels")),
}


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A number of a report with its name.

    Attributes:
        key: What it is called in files.
        figure: The number, and the pages it counts.
        name: What it counts.
    """

    key: str
    figure: Figure
    name: str


def figures(report: Report) -> list[NamedFigure]:
    """Returns the numbers that stand first in a report."""
    own = report
    return [
        NamedFigure("pages", own.pages, plural("page", "pages", own.pages.number)),
        NamedFigure("words", own.words, plural("word", "words", own.words.number)),
        NamedFigure("to_check", own.to_check, plural("word to check", "words to check", own.to_check.number)),
        NamedFigure("failed", own.failed, plural("page failed", "pages failed", own.failed.number)),
        NamedFigure("without_text", own.blank, _("without text")),
        NamedFigure("turned", own.turned, _("turned upright")),
        NamedFigure("own_text", own.own_text, _("text from PDF")),
    ]


def heading(distribution: Distribution) -> tuple[str, str]:
    """Returns what a distribution is about, and what its bars count."""
    title, unit = _HEADINGS[distribution.unit]
    return _(title), _(unit)


def bar_label(distribution: Distribution, bar: Bar) -> str:
    """Returns what stands below a bar: from which value on its words are."""
    scale = 100 if distribution.unit is Unit.PERCENT else 1
    if bar.begin == 0 and len(distribution.bars) > 1:
        return f"< {distribution.bars[1].begin * scale:.0f}"
    return f"{bar.begin * scale:.0f}"


def when(report: Report) -> str:
    """Returns when and how long pages were read, as a line."""
    parts = []
    if report.first_read is not None and report.last_read is not None:
        first, last = (datetime.fromtimestamp(at) for at in (report.first_read, report.last_read))
        if first.date() == last.date():
            parts.append(
                _("Read {day}, {begin} to {end}").format(day=f"{first:%Y-%m-%d}", begin=_hour(first), end=_hour(last))
            )
        else:
            parts.append(_("Read {begin} to {end}").format(begin=f"{first:%Y-%m-%d}", end=f"{last:%Y-%m-%d}"))
    if report.seconds:
        parts.append(_("took {time}").format(time=_duration(report.seconds)))
    if report.waiting.number:
        parts.append(plural("{count} page waits", "{count:,} pages wait", report.waiting.number))
    return " · ".join(parts)


def poor_scans(report: Report) -> str:
    """Returns how much pages that should be scanned again matter."""
    if not report.scan_again:
        return _("None: the pages are sharp, bright and whole.")
    return plural(
        "{count} page holds {poor:,} of the {words:,} words to check",
        "{count:,} pages hold {poor:,} of the {words:,} words to check",
        len(report.scan_again),
        poor=report.to_check_in_poor_scans,
        words=report.to_check.number,
    )


def reasons(page: ScanAgain) -> str:
    """Returns why a page should be scanned again."""
    return listed(finding.reason for finding in page.findings)


def measures(page: ScanAgain) -> str:
    """Returns what was measured of a page that should be scanned again."""
    return listed(finding.measure for finding in page.findings)


def as_text(report: Report) -> str:
    """Returns a report as plain text, to be pasted."""
    lines = [_("Report on {title}").format(title=report.title), when(report), ""]
    lines += [f"{written_number(it.figure.number)} {it.name}" for it in figures(report)]
    for distribution in (report.confidence, report.print_size):
        title, unit = heading(distribution)
        lines += ["", f"{title} ({unit})"]
        lines += [f"{bar_label(distribution, bar)}\t{written_number(bar.words)}" for bar in distribution.bars]
    lines += ["", _("Scan these again"), *(f"{it.name}\t{reasons(it)}\t{measures(it)}" for it in report.scan_again)]
    return "\n".join(lines)


def _hour(at: datetime) -> str:
    return f"{at:%H:%M}"


def _duration(seconds: float) -> str:
    if seconds < 100:
        return plural("{count} second", "{count} seconds", max(1, round(seconds)))
    if seconds < 6000:
        return plural("{count} minute", "{count} minutes", round(seconds / 60))
    return plural("{count} hour", "{count} hours", round(seconds / 3600))
