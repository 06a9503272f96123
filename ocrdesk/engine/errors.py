"""The errors of the engine. ``str(error)`` is a sentence for a person and says what to do."""


class OcrdeskError(Exception):
    """An error whose text can be shown to a person as it stands."""


class PageUnreadable(OcrdeskError):
    """The file of a page cannot be made into a picture; the other pages are not concerned."""

    @property
    def why(self) -> str:
        """The facts about it, in words."""
        return self.args[0] if self.args else ""


class PasswordNeeded(PageUnreadable):
    """A protected file, whose password is not known."""


class PasswordWrong(PasswordNeeded):
    """The password given is not that of the file."""


class NoProcess(OcrdeskError):
    """The system cannot start another process now; the pages can wait until it can."""


class ReadingInterrupted(PageUnreadable):
    """Something from outside ended the process that opened or read a page, which proves nothing about the page."""


class FolderUnreachable(OcrdeskError):
    """The folder of a whole batch is gone, as when a drive is unplugged; its pages can wait for it."""


class RecognizerBroken(OcrdeskError):
    """A recognizer cannot be loaded or failed on a page; another one may succeed."""


class RecognizerCrashed(RecognizerBroken):
    """The process of a recognizer died on the one page that it read, by a fault of its own."""


class LibraryError(OcrdeskError):
    """The library on disk cannot be opened, read or written; nothing can be kept until that is mended."""


class LibraryInUse(LibraryError):
    """Another ocrdesk holds this library."""


class LibraryClosing(LibraryInUse):
    """Another ocrdesk holds this library, and is about to end."""


class LibraryNotCopied(LibraryError):
    """The copy that is made before an upgrade cannot be made; the library is as it was."""


class LibraryTooNew(LibraryError):
    """A newer ocrdesk wrote this library."""


class BadTemplate(OcrdeskError):
    """A template for names that cannot be followed."""


class ExportFailed(OcrdeskError):
    """A file cannot be exported; what stood there before is untouched."""


class DiskFull(ExportFailed):
    """There is no room for a file, so there will be none for the next one."""


class BatchFileUnreadable(OcrdeskError):
    """A saved batch cannot be opened; nothing of it was kept."""
