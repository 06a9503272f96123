"""Says which pages should be scanned again, and why, from what was measured of them.

Each limit has a reason in what optics and eyes can do, and lies where moving it changes little (``docs/report.md``).
"""

from dataclasses import dataclass
from enum import Enum, unique

from ocrdesk.engine.scan_quality.letters import FEW_DOTS
from ocrdesk.engine.scan_quality.measures import Measures
from ocrdesk.engine.words import N_, _, plural

GOOD = 10.0
"""How many dots high small letters are in a scan in grey or colour whose Quality Index is 5, “good”; at 3 it is “barely
legible” (ANSI/AIIM MS44; Cornell University Library, Moving Theory into Practice: two dots for each step)."""

LEAST_DPI = 150
"""A scan with fewer dots an inch is too coarse, unless its letters are large enough all the same."""

WIDEST_EDGE = 0.22
"""How wide an edge may be, in heights of a letter. The edges of a sharp scan are 1.3 dots wide; in one that is barely
legible, these are this much of a letter."""

LEAST_DETAIL = 0.08
"""How much the letters must lose where ink meets paper when they are made barely legible, in contrasts: those that lose
less are no better than that, however many dots they have, because they are out of focus or were enlarged."""

LEAST_CONTRAST = 0.4
"""How much less light ink must give back than paper (the print contrast signal of ISO 1831)."""

LEAST_LIGHT = 0.11
"""How much light paper must give back: three stops less than white paper in the right light."""

MOST_CUT, FEWEST_CUT = 0.15, 3
"""Lines that an edge cuts off make a page cut off if they are more than this share of all, and this many."""

MOST_SHADED, MOST_COVERED = 0.1, 0.022
"""The share of the lines that may lie in deep shadow, and of the text's area that something may cover."""

MOST_SLANTED = 30.0
"""By how many degrees lines may be slanted: each is laid straight when it is read, but no further."""


@unique
class Flaw(Enum):
    """Why a page should be scanned again; the value is what is said of it. What makes most words wrong comes first."""

    COVERED = N_("Something lies on the page")
    LEFT = N_("Cut off at the left")
    RIGHT = N_("Cut off at the right")
    TOP = N_("Cut off at the top")
    BOTTOM = N_("Cut off at the bottom")
    BLURRED = N_("Blurred")
    COARSE = N_("Resolution too low")
    SMALL = N_("Print too small")
    DARK = N_("Too dark")
    FAINT = N_("Too faint")
    SHADED = N_("Shadow on the page")
    SLANTED = N_("Laid at a slant")


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to scan a page again.

    Attributes:
        flaw: The reason.
        measure: What was measured.
    """

    flaw: Flaw
    measure: str

    @property
    def reason(self) -> str:
        """The reason in words."""
        return _(self.flaw.value)


def findings(it: Measures) -> tuple[Finding, ...]:
    """Returns the reasons to scan a page again, the worst first; none if it is good enough."""
    found = {**_cut_off(it), **_of_letters(it), **_of_light(it)}
    if it.covered > MOST_COVERED:
        found[Flaw.COVERED] = _("{share:.0%} of the text is covered").format(share=it.covered)
    if it.slant > MOST_SLANTED:
        found[Flaw.SLANTED] = _("Lines rise or fall by {degrees:.0f}°").format(degrees=it.slant)
    return tuple(Finding(flaw, found[flaw]) for flaw in Flaw if flaw in found)


def _cut_off(it: Measures) -> dict[Flaw, str]:
    sides = {Flaw.LEFT: it.left, Flaw.RIGHT: it.right, Flaw.TOP: it.top, Flaw.BOTTOM: it.bottom}
    return {
        flaw: plural("{count} line goes on beyond the edge", "{count} lines go on beyond the edge", round(lines))
        for flaw, lines in sides.items()
        if lines >= FEWEST_CUT and lines > MOST_CUT * it.lines
    }


def _of_letters(it: Measures) -> dict[Flaw, str]:
    found = {}
    is_coarse = 0 < it.scanned_dpi < LEAST_DPI
    if it.letter < (GOOD if is_coarse else FEW_DOTS):
        dots = _("Letters {dots:.1f} dots high").format(dots=it.letter)
        if it.scanned_dpi:
            dots = _("{dpi:.0f} dpi, letters {dots:.1f} dots high").format(dpi=it.scanned_dpi, dots=it.letter)
        found[Flaw.COARSE if is_coarse or not it.scanned_dpi else Flaw.SMALL] = dots
    elif it.edge > WIDEST_EDGE:
        found[Flaw.BLURRED] = _("Edges {edge:.0%} of a letter wide").format(edge=it.edge)
    elif it.detail < LEAST_DETAIL:
        found[Flaw.BLURRED] = _("No more detail than letters {dots:.0f} dots high have").format(dots=FEW_DOTS)
    return found


def _of_light(it: Measures) -> dict[Flaw, str]:
    if it.light < LEAST_LIGHT:
        return {Flaw.DARK: _("Paper gives back {light:.0%} of the light").format(light=it.light)}
    if it.contrast < LEAST_CONTRAST:
        return {Flaw.FAINT: _("Contrast {contrast:.0%}").format(contrast=it.contrast)}
    if it.shaded > MOST_SHADED:
        return {Flaw.SHADED: _("{share:.0%} of the lines are in the dark").format(share=it.shaded)}
    return {}
