"""How a page's state looks: an icon, a colour and words; never colour alone."""

from dataclasses import dataclass

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.quality import is_doubtful, number_to_check
from ocrdesk.engine.words import _


@dataclass(frozen=True, slots=True)
class Badge:
    """The look of a state. ``name`` is the icon and the colour."""

    name: str
    words: str


def badge_of(page: Page) -> Badge:
    """The badge of a page."""
    match page.status:
        case PageStatus.PENDING:
            return Badge("waiting", _("Waiting"))
        case PageStatus.RUNNING:
            return Badge("running", _("Reading…"))
        case PageStatus.FAILED:
            return Badge("failed", _("Password needed") if page.locked else _("Failed"))
    if page.message:
        return Badge("warning", _("Kept"))
    if is_doubtful(page):  # also where nothing was read of what looks like letters
        return Badge("doubtful", _("{number:,} to check").format(number=number_to_check(page)))
    if page.is_blank:
        return Badge("no-text", _("No text"))
    return Badge("done", _("Done"))
