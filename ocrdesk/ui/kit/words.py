"""Words for what several rooms show."""

from ocrdesk.engine.document import Way

WAYS = {
    Way.AUTO: "Automatic",
    Way.COLUMNS: "Columns",
    Way.SINGLE: "Single column",
    Way.ROWS: "Rows (receipts, tables)",
    Way.DETECTED: "As detected",
}
"""Ways of reading, in words."""

AS_BATCH = "As the batch"


def percent(confidence: float) -> str:
    """A confidence as people write it; never 100 % where a character is in doubt."""
    return f"{min(int(confidence * 100 + 1e-6), 100)} %"  # 0.57 * 100 is a little less than 57
