"""What the tests of ``ocrdesk run`` share."""

from pathlib import Path


def files(records: list[dict]) -> list[str]:
    return [Path(record["file"]).name for record in records]
