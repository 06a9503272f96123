"""The errors of the engine. ``str(error)`` is a sentence for the user that says what to do."""


class OcrdeskError(Exception):
    """An error whose text can be shown to the user as it is."""


class PageUnreadable(OcrdeskError):
    """The file of a page cannot be turned into a picture; other pages are not affected."""

    @property
    def why(self) -> str:
        """The facts about it, as sentences to be shown."""
        return self.args[0] if self.args else ""


class PasswordNeeded(PageUnreadable):
    """The file is protected, and its password is not known."""


class PasswordWrong(PasswordNeeded):
    """The password given for a file is wrong."""


class NoProcess(OcrdeskError):
    """The system cannot start another process now; the pages can wait until it can."""


class ReadingInterrupted(PageUnreadable):
    """Something external ended the process that opened or read a page, which proves nothing about the page."""


class FolderUnreachable(OcrdeskError):
    """The folder of a whole batch is missing, as when a drive is unplugged; its pages can wait for it."""


class RecognizerBroken(OcrdeskError):
    """A recognizer cannot be loaded, or failed on a page; another instance may succeed."""


class RecognizerCrashed(RecognizerBroken):
    """The process of a recognizer crashed on the only page that it was reading."""


class LibraryError(OcrdeskError):
    """The library on disk cannot be opened, read or written; nothing can be stored until that is fixed."""


class LibraryInUse(LibraryError):
    """Another running ocrdesk is using this library."""


class LibraryClosing(LibraryInUse):
    """Another running ocrdesk is using this library, but is about to end."""


class LibraryNotCopied(LibraryError):
    """The copy that precedes an upgrade cannot be made; the library is unchanged."""


class LibraryTooNew(LibraryError):
    """This library was written by a newer version of ocrdesk."""


class Gone(LibraryError):
    """What was to be brought back or changed is no longer in the library."""


class BadTemplate(OcrdeskError):
    """A template for file names is invalid."""


class ExportFailed(OcrdeskError):
    """A file cannot be exported; what was at its path before is untouched."""


class DiskFull(ExportFailed):
    """The disk has no room for a file, so there will be none for the next one."""


class BatchFileUnreadable(OcrdeskError):
    """A saved batch cannot be opened; nothing of it was stored."""
