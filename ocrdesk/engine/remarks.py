"""What a person should know of a page that was read, in sentences."""

UNREAD = "Much of this page could not be read as letters; perhaps it is in a script that ocrdesk does not read."

UNTRUE = "The text stored in this PDF does not match what the page shows, so the page was read as a picture."
PARTLY_UNTRUE = "Some of the text stored in this PDF does not match what the page shows, so that was read as a picture."
UNSEEN = "Text that is stored in this PDF is not seen on the page, so what the page shows was read instead."

_OF_CONTENT = (UNTRUE, PARTLY_UNTRUE, UNSEEN, UNREAD)


def together(*remarks: str | None) -> str | None:
    """Remarks one after the other, each once, None without any."""
    return " ".join(dict.fromkeys(filter(None, remarks))) or None


def of_content(remark: str | None) -> str | None:
    """What of a remark holds for every copy of a file, whatever its name and whoever read it; None without any."""
    return together(*(sentence for sentence in _OF_CONTENT if sentence in (remark or "")))


def has_useless_text(remark: str | None) -> bool:
    """Whether the text that a PDF stores for a page is mostly not what is seen there, by the remark kept with it."""
    return any(sentence in (remark or "") for sentence in (UNTRUE, UNSEEN))
