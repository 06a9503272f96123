"""Stores the rows of a sheet until its workbook can be written, which needs all of them."""

from contextlib import suppress
from typing import BinaryIO

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter


class SheetRows(WorksheetWriter):  # type: ignore[misc]
    """Keeps the rows of a sheet in a given file.

    openpyxl's own file would be in the system's temporary folder, which is often in memory, and would stay there after
    a crash. Since it gets an open file and not a name, disk errors are raised as such and not as XML errors.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, file: BinaryIO) -> None:
        super().__init__(sheet, file)
        self._file = file
        self.out = file.name  # it is read by this name when the workbook is written

    def close(self) -> None:
        """Finishes writing the rows."""
        super().close()
        self._file.flush()

    def cleanup(self) -> None:
        """Does nothing: the file belongs to the caller."""

    def give_up(self) -> None:
        """Closes what writes the rows: if destroyed while open, it would write again to the same full disk."""
        for stream in (self.ws._rows, self.xf):
            if stream is not None:
                with suppress(OSError, LxmlError):  # the cause is already known
                    stream.close()
