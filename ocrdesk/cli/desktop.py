"""``ocrdesk --install-desktop`` and ``--remove-desktop``."""

from ocrdesk import menu_entry
from ocrdesk.engine.words import _
from ocrdesk.terminal import say


def put_into_menu() -> int:
    """Puts the program into the user's menu; returns the exit status.

    Raises:
        OcrdeskError: It cannot be done.
    """
    say(_("ocrdesk is in the menu now: {entry}").format(entry=menu_entry.install()))
    return 0


def take_out_of_menu() -> int:
    """Takes the program out of the user's menu; returns the exit status.

    Raises:
        OcrdeskError: It cannot be done.
    """
    if menu_entry.remove():
        say(_("ocrdesk is no longer in the menu. Nothing that was read has changed."))
    else:
        say(_("ocrdesk was not in the menu of this user."))
    return 0
