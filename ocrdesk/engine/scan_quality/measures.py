"""What was measured of a scan: a few numbers that are kept with its page."""

import struct
from dataclasses import astuple, dataclass

_KEPT = struct.Struct("<15f")


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured of a scan, at its text.

    Attributes:
        letter: How high its letters are, in dots of the scan; the median.
        edge: How wide their edges are, in heights of a letter.
        detail: How much finer detail they have than letters that are barely legible, in contrasts.
        contrast: How much darker ink is than paper, or paper than light ink: 0 not at all, 1 fully.
        light: How much light the paper gives back, or light letters on a dark ground: 0 none, 1 all.
        left: How many lines are cut off there.
        top: Likewise.
        right: Likewise.
        bottom: Likewise.
        lines: How many lines it has.
        shaded: The share of its lines that lie in deep shadow.
        covered: The share of the area of its text on which something lies, such as a finger.
        slant: By how many degrees its lines are slanted.
        dpi: How many pixels of the picture that was read an inch has; 0 if that is unknown.
        enlarged: How many of these pixels a dot of the scan fills.
    """

    letter: float
    edge: float
    detail: float
    contrast: float
    light: float
    left: float
    top: float
    right: float
    bottom: float
    lines: float
    shaded: float
    covered: float
    slant: float
    dpi: float
    enlarged: float

    @property
    def scanned_dpi(self) -> float:
        """How many dots of the scan an inch has; 0 if that is unknown."""
        return self.dpi / self.enlarged if self.enlarged else 0.0

    def packed(self) -> bytes:
        """Returns them in their stored form."""
        return _KEPT.pack(*astuple(self))

    @classmethod
    def unpacked(cls, kept: bytes | None) -> "Measures | None":
        """Restores them; None if nothing was measured, or by another version."""
        return cls(*_KEPT.unpack(kept)) if kept and len(kept) == _KEPT.size else None
