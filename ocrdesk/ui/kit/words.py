"""Words for what several rooms show."""

from ocrdesk.engine.document import Way
from ocrdesk.engine.words import N_

WAYS = {
    Way.AUTO: N_("Automatic"),
    Way.COLUMNS: N_("Columns"),
    Way.SINGLE: N_("Single column"),
    Way.ROWS: N_("Rows (receipts, tables)"),
    Way.DETECTED: N_("As detected"),
}
"""Reading orders in words, to be translated."""

AS_BATCH = N_("As the batch")


def percent(confidence: float) -> str:
    """A confidence as people write it; never 100 % where a character is in doubt."""
    return f"{min(int(confidence * 100 + 1e-6), 100)} %"  # 0.57 * 100 is a little less than 57
