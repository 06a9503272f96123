"""Rows of a sheet on their way into a workbook, which needs all of them before it can be written."""

from contextlib import suppress
from typing import BinaryIO

from lxml.etree import LxmlError  # type: ignore[import-untyped]
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

    def give_up(self) -> None:
        """Ends what writes the rows: thrown away open, it would try to go on, on the same full disk."""
        for stream in (self.ws._rows, self.xf):
            if stream is not None:
                with suppress(OSError, LxmlError):  # why it is given up is known already
                    stream.close()
