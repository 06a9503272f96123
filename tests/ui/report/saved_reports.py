"""Readings with what was measured of their scans."""

from dataclasses import fields, replace

from ocrdesk.engine.scan_quality.measures import Measures

GOOD = replace(
    Measures(*(0.0 for _ in fields(Measures))), letter=20, edge=0.1, detail=0.4, contrast=0.9, light=0.9, enlarged=1
)
BLURRED = replace(GOOD, edge=0.5)


def kept_scan(library, page_id, read, scan):
    library.checkpoints.keep(page_id, read, seconds=0.5, rotation=0, recognizer="fake", scan=scan)
