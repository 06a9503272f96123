"""``ocrdesk check``: whether the library and the index of its texts are sound, without a window."""

from contextlib import closing
from functools import partial

from ocrdesk.cli.export import Progress
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.checking import Checked
from ocrdesk.engine.words import _, plural
from ocrdesk.interrupts import INTERRUPTED, Interrupts
from ocrdesk.places import Places
from ocrdesk.terminal import open_when_free, print_data, say

SOUND, UNSOUND = 0, 1


def check_in_terminal(places: Places, interrupts: Interrupts, *, mend: bool) -> int:
    """Says whether the library is sound, and mends its index if that is wanted; returns the exit status.

    Raises:
        LibraryError: The library cannot be written, or not be searched with this Python.
    """
    is_over = interrupts.wanted.is_set
    with closing(open_when_free(partial(Library, places.library), interrupts)) as library:
        checked = library.checking.check(mark=mend, is_over=is_over, tell=Progress())
        if is_over():
            say(_("Interrupted; the rest was not checked."))
            return INTERRUPTED
        for sentence in _told(checked):
            print_data(sentence)
        if not mend:
            return SOUND if checked.is_sound else UNSOUND
        count = library.texts.renew_outdated(is_over, Progress())
        library.space.give_back(interrupts.wanted)
        if is_over():
            say(_("Interrupted; run it again to go on."))
            return INTERRUPTED
        print_data(plural("{count} page was indexed.", "{count:,} pages were indexed.", count))
    return SOUND if checked.is_whole else UNSOUND


def _told(checked: Checked) -> list[str]:
    """Returns what was found, a sentence each."""
    told = [
        _("The file of the library is whole.")
        if checked.is_whole
        else _("The file of the library is damaged. Put a backup back, or export what can still be read.")
    ]
    if not checked.is_index_sound:
        told.append(_("The index of its texts is damaged."))
    right = checked.pages - checked.wrong - checked.waiting
    told.append(_("The index has {right:,} of {pages:,} pages as they are.").format(right=right, pages=checked.pages))
    if checked.waiting:
        told.append(plural("{count} page waits to be indexed.", "{count:,} pages wait to be indexed.", checked.waiting))
    if checked.wrong:
        told.append(
            plural(
                "{count} page is in it otherwise, or not at all.",
                "{count:,} pages are in it otherwise, or not at all.",
                checked.wrong,
            )
        )
    if checked.superfluous:
        told.append(
            plural(
                "It has {count} page that is no longer there.",
                "It has {count:,} pages that are no longer there.",
                checked.superfluous,
            )
        )
    return told
