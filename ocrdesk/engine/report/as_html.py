"""A report as a web page in one file: nothing from elsewhere, no scripts; light, dark, and on paper."""

from collections.abc import Sequence
from typing import BinaryIO

from ocrdesk.engine.export.markup import Markup
from ocrdesk.engine.language_names import language_name
from ocrdesk.engine.report.report import Report
from ocrdesk.engine.report.sentences import bar_label, figures, heading, measures, poor_scans, reasons, when
from ocrdesk.engine.report.tally import Distribution
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _, plural, written_number

_STYLE = """
:root { color-scheme: light dark; --ground: #f4f5f7; --box: #fff; --line: #e1e4e8; --text: #1c2128; --quiet: #545d68;
  --amber: #8a5a00; --red: #c4212b; --bar: #8fb6f2; --poor: #e0a93b; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1e23; --box: #14161a; --line: #2b3038; --text: #e4e8ed;
  --quiet: #a7b0bb; --amber: #e6b450; --red: #ff8379; --bar: #3e6fb8; --poor: #8c6a22; } }
@media print { :root { --ground: #fff; --box: #fff; --line: #cbd1d8; --text: #000; --quiet: #444; --amber: #8a5a00;
  --red: #c4212b; --bar: #8fb6f2; --poor: #e0a93b; } body { padding: 0; } .boxes section { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 24px; background: var(--ground); color: var(--text);
  font: 13px/20px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 20px; line-height: 28px; margin: 0; } h2 { font-size: 13px; margin: 0; }
p, small { color: var(--quiet); margin: 0; font-size: 12px; }
.boxes { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 16px; } .boxes > * { flex: 1 1 280px; }
.box { background: var(--box); border: 1px solid var(--line); border-radius: 8px; padding: 16px; min-width: 0; }
.figures { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 16px; } .figures > * { flex: 1 1 100px; }
.figures b { display: block; font-size: 20px; line-height: 28px; } .figures span { color: var(--quiet); }
.amber { color: var(--amber); } .red { color: var(--red); }
.head { display: flex; justify-content: space-between; gap: 16px; }
svg { width: 100%; height: auto; } svg text { fill: var(--quiet); }
.bar { fill: var(--bar); } .poor { fill: var(--poor); } .axis { stroke: var(--line); }
table { width: 100%; border-collapse: collapse; margin-top: 8px; }
td, th { border-top: 1px solid var(--line); padding: 6px 8px 6px 0; text-align: left; overflow-wrap: anywhere;
  vertical-align: top; }
th { color: var(--quiet); font-weight: normal; }
td.number, th.number { text-align: right; padding-right: 0; } th.number { white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
"""

_WIDE, _HIGH, _ABOVE, _BELOW = 520, 200, 24, 24
"""The size of a drawing, and the room above and below its bars, in pixels."""

_GAP = 6

_BAR, _POOR = "#8fb6f2", "#e0a93b"
_PLAIN = {"font-size": 12, "text-anchor": "middle", "font-family": "system-ui, sans-serif"}
"""Said in the drawing as well, for programs that take it out of the page."""

MOST_ROWS = 500
"""Most rows of a table: a page that a browser shows at once."""


def write_html(report: Report, file: BinaryIO) -> None:
    """Writes a report as a web page."""
    page = Markup(file, "<!DOCTYPE html>")
    title = _("Report on {title}").format(title=harmless(report.title))
    with page.element("html"):
        with page.element("head"):
            page.empty("meta", {"charset": "utf-8"})
            page.empty("meta", {"name": "viewport", "content": "width=device-width"})
            # Nothing may be loaded or run, whatever the names in it say.
            policy = "default-src 'none'; style-src 'unsafe-inline'"
            page.empty("meta", {"http-equiv": "Content-Security-Policy", "content": policy})
            page.leaf("title", title)
            with page.element("style"):
                page.plain(_STYLE)
        with page.element("body"):
            page.leaf("h1", title)
            page.leaf("p", when(report))
            _figures(page, report)
            with page.element("div", {"class": "boxes"}):
                for distribution in (report.confidence, report.print_size):
                    _drawing(page, distribution)
            _scan_again(page, report)
            with page.element("div", {"class": "boxes"}):
                _lists(page, report)


def _figures(page: Markup, report: Report) -> None:
    colours = {"to_check": "amber", "failed": "red"}
    with page.element("section", {"class": "box figures"}):
        for it in figures(report):
            with page.element("div"):
                page.leaf(
                    "b", written_number(it.figure.number), {"class": colours.get(it.key) if it.figure.number else None}
                )
                page.leaf("span", it.name)


def _drawing(page: Markup, distribution: Distribution) -> None:
    title, unit = heading(distribution)
    most = max((bar.words for bar in distribution.bars), default=0) or 1
    wide = _WIDE / max(1, len(distribution.bars))
    with page.element("section", {"class": "box"}):
        with page.element("div", {"class": "head"}):
            page.leaf("h2", title)
            page.leaf("small", unit)
        with page.element("svg", {"viewBox": f"0 0 {_WIDE} {_HIGH}", **_PLAIN, "role": "img", "aria-label": title}):
            foot = _HIGH - _BELOW
            for number, bar in enumerate(distribution.bars):
                high = (foot - _ABOVE) * bar.words / most
                left, middle = number * wide + _GAP / 2, (number + 0.5) * wide
                place = {"x": f"{left:.1f}", "y": f"{foot - high:.1f}", "width": f"{wide - _GAP:.1f}"}
                page.empty(
                    "rect",
                    {
                        **place,
                        "height": f"{high:.1f}",
                        "rx": 2,
                        "class": "poor" if bar.is_poor else "bar",
                        "fill": _POOR if bar.is_poor else _BAR,
                    },
                )
                page.leaf("text", written_number(bar.words), {"x": f"{middle:.1f}", "y": f"{foot - high - 6:.1f}"})
                page.leaf("text", bar_label(distribution, bar), {"x": f"{middle:.1f}", "y": _HIGH - 6})
            page.empty("line", {"x1": 0, "x2": _WIDE, "y1": foot, "y2": foot, "class": "axis", "stroke": "#e1e4e8"})
        if distribution.left_out:
            page.leaf("p", _left_out(distribution))


def _left_out(distribution: Distribution) -> str:
    return plural(
        "{count} word is left out: its resolution is not known.",
        "{count:,} words are left out: their resolution is not known.",
        distribution.left_out,
    )


def _scan_again(page: Markup, report: Report) -> None:
    with page.element("section", {"class": "box", "style": "margin-top: 16px"}):
        with page.element("div", {"class": "head"}):
            page.leaf("h2", _("Scan these again"))
            page.leaf("small", poor_scans(report))
        if report.scan_again:
            columns = (_("Page"), _("Why"), _("Measured"), _("To check"))
            rows = [(it.name, reasons(it), measures(it), written_number(it.to_check)) for it in report.scan_again]
            _table(page, columns, rows)


def _lists(page: Markup, report: Report) -> None:
    words = [(language_name(it.language), written_number(it.words)) for it in report.languages]
    _list(page, _("Languages"), (_("Language"), _("Words")), words)
    before = [
        (it.name, _("as {name}, in {batch}").format(name=it.of_name, batch=it.of_batch)) for it in report.read_before
    ]
    _list(page, _("Read before"), (_("Page"), _("The same file")), before)
    slow = [(it.name, written_number(it.seconds, 1)) for it in report.slowest]
    _list(page, _("Slowest pages"), (_("Page"), _("Seconds")), slow)


def _list(page: Markup, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with page.element("section", {"class": "box"}):
        page.leaf("h2", title)
        if rows:
            _table(page, columns, rows)
        else:
            page.leaf("p", _("None"))


def _table(page: Markup, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    last = len(columns) - 1
    with page.element("table"):
        with page.element("thead"), page.element("tr"):
            for place, column in enumerate(columns):
                page.leaf("th", column, {"class": "number" if place == last else None})
        with page.element("tbody"):
            for row in rows[:MOST_ROWS]:
                with page.element("tr"):
                    for place, text in enumerate(row):
                        page.leaf("td", harmless(text), {"class": "number" if place == last else None})
    if len(rows) > MOST_ROWS:
        page.leaf("p", plural("{count} more", "{count:,} more", len(rows) - MOST_ROWS))
