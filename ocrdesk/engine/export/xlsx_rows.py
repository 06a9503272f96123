"""Rows of a sheet on their way into a workbook, which needs all of them before it can be written."""

from typing import BinaryIO

from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter


class SheetRows(WorksheetWriter):  # type: ignore[misc]
    """Keeps the rows of a sheet in a file that it is given.

    openpyxl's own would lie in the system's folder for temporary files: often in memory, and there for good after a
    crash. Given a file and not its name, errors of the disk come as they are, not as some of XML.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, file: BinaryIO) -> None:
        super().__init__(sheet, file)
        self._file = file
        self.out = file.name  # read from there when the workbook is written

    def close(self) -> None:
        """Ends the rows."""
        super().close()
        self._file.flush()

    def cleanup(self) -> None:
        """Leaves the file to who gave it."""
