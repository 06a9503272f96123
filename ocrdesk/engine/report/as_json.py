"""A report as JSON, with the numbers of the pages that each number counts."""

import json
from typing import BinaryIO

from ocrdesk.engine.report.report import Figure, Report
from ocrdesk.engine.report.sentences import figures
from ocrdesk.engine.report.tally import Distribution
from ocrdesk.engine.steering import harmless_json


def write_json(report: Report, file: BinaryIO) -> None:
    """Writes a report as JSON."""
    file.write(harmless_json(json.dumps(record_of(report), ensure_ascii=False, indent=1)).encode("utf-8", "replace"))
    file.write(b"\n")


def record_of(report: Report) -> dict[str, object]:
    """Returns a report as JSON data."""
    return {
        "title": report.title,
        "seconds": round(report.seconds, 1),
        "first_read": report.first_read,
        "last_read": report.last_read,
        **{it.key: _figure(it.figure) for it in figures(report)},
        "waiting": _figure(report.waiting),
        "confidence": _distribution(report.confidence),
        "print_size": _distribution(report.print_size),
        "scan_again": [
            {
                "page": it.page_id,
                "name": it.name,
                "to_check": it.to_check,
                "reasons": [
                    {"flaw": why.flaw.name.lower(), "reason": why.reason, "measure": why.measure} for why in it.findings
                ],
            }
            for it in report.scan_again
        ],
        "languages": [{"language": it.language, "words": it.words, "pages": it.page_ids} for it in report.languages],
        "read_before": [
            {"page": it.page_id, "name": it.name, "as_page": it.of_page_id, "as": it.of_name, "in": it.of_batch}
            for it in report.read_before
        ],
        "slowest": [{"page": it.page_id, "name": it.name, "seconds": round(it.seconds, 3)} for it in report.slowest],
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {"number": figure.number, "pages": figure.page_ids}


def _distribution(distribution: Distribution) -> dict[str, object]:
    bars = [
        {"from": bar.begin, "words": bar.words, "is_poor": bar.is_poor, "pages": bar.page_ids}
        for bar in distribution.bars
    ]
    return {"unit": distribution.unit.value, "bars": bars, "left_out": distribution.left_out}
