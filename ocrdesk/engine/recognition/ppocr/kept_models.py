"""Compiled models cached on disk: loading one from there takes a third of the time that compiling it does."""

import hashlib
import logging
from contextlib import suppress
from pathlib import Path

from ocrdesk.engine import private
from ocrdesk.engine.errors import ExportFailed
from ocrdesk.engine.whole_files import remove_parts, written

log = logging.getLogger(__name__)

_DIGEST = 32
"""Bytes of the checksum at the beginning of each file: a damaged model would read nonsense."""


class KeptModels:
    """Files in one folder, which may be deleted at any time.

    Args:
        folder: Created when something is first kept in it; None: nothing is kept.
        made_by: Everything that makes a compiled model useless when it changes: library, processor, settings. Models
            compiled under other conditions are removed.
    """

    def __init__(self, folder: Path | None, made_by: str) -> None:
        self._folder = folder
        self._mark = hashlib.sha256(made_by.encode()).hexdigest()[:16]

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept."""
        return self._folder is not None

    def get(self, name: str) -> bytes | None:
        """Returns a compiled model, or None if it is missing or damaged."""
        if self._folder is None:
            return None
        try:
            content = self._file(self._folder, name).read_bytes()
        except OSError:
            return None
        digest, model = content[:_DIGEST], content[_DIGEST:]
        return model if hashlib.sha256(model).digest() == digest else None

    def keep(self, name: str, model: bytes) -> None:
        """Keeps a compiled model; if that fails, the model is compiled again the next time."""
        if self._folder is None:
            return
        try:
            private.make_folder(self._folder)
            remove_parts(self._folder)
            for file in self._folder.glob("*.model"):
                if not file.name.startswith(self._mark):
                    with suppress(OSError):  # another program may be reading it
                        file.unlink()
            with written(self._file(self._folder, name), is_private=True) as file_:
                file_.write(hashlib.sha256(model).digest())
                file_.write(model)
        except (OSError, ExportFailed) as error:
            log.info("A prepared model cannot be kept", exc_info=error)

    def _file(self, folder: Path, name: str) -> Path:
        return folder / f"{self._mark}-{name}.model"
