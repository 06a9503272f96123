"""Words for what several rooms show."""

import re

from ocrdesk.engine.document import Mode, ReadingOrder
from ocrdesk.engine.words import N_, _

READING_ORDERS = {
    ReadingOrder.AUTO: N_("Automatic"),
    ReadingOrder.COLUMNS: N_("Columns"),
    ReadingOrder.SINGLE: N_("Single column"),
    ReadingOrder.ROWS: N_("Rows (receipts, tables)"),
    ReadingOrder.DETECTED: N_("As detected"),
}
"""Reading orders in words, to be translated."""

AS_BATCH = N_("Same as the batch")

_FIRST_SENTENCE = re.compile(r"(.+?(?:[.!?؟]\s+(?=[^\W\d_a-zß-öø-ÿ]|[“„«¿¡])|[。！？]))(.+)", re.DOTALL)
"""In Chinese and Japanese, nothing stands between sentences."""

MODES = {Mode.ACCURATE: N_("Accurate · the best text"), Mode.FAST: N_("Fast · more pages a minute")}
"""Modes in words, to be translated: a name, and what it is good for."""


_LETTERS = 36
"""A name of so many letters is shown as a whole where there is no room for any."""


def shortened(name: str) -> str:
    """A name without its middle if it is long: nothing breaks a name, so it would widen what it is in."""
    half = _LETTERS // 2
    return name if len(name) <= _LETTERS else f"{name[:half]}…{name[-half:]}"


def mode_name(mode: Mode) -> str:
    """The name of a mode alone."""
    return _(MODES[mode]).partition(" · ")[0]


def percent(confidence: float) -> str:
    """A confidence as people write it; never 100 % where a character is in doubt."""
    return f"{min(int(confidence * 100 + 1e-6), 100)} %"  # 0.57 * 100 is a little less than 57


def reason_and_advice(message: str) -> tuple[str, str]:
    """Why a page failed, as a heading has it, and what to do, which is empty where nothing is advised."""
    found = _FIRST_SENTENCE.fullmatch(message)
    reason, advice = (found[1], found[2]) if found else (message, "")
    return reason.strip().rstrip(".。"), advice
