"""The kinds of files that a report can be written to."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from ocrdesk.engine.report.as_html import write_html
from ocrdesk.engine.report.as_json import write_json
from ocrdesk.engine.report.as_xlsx import write_xlsx
from ocrdesk.engine.report.report import Report

WRITERS: Mapping[str, Callable[[Report, BinaryIO], None]] = {"html": write_html, "xlsx": write_xlsx, "json": write_json}
