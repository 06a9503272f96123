"""Groups of doubtful words as they are called in the window."""

from ocrdesk.engine.review.groups import Group, Kind, Member
from ocrdesk.engine.words import N_, _, plural

_SHAPES = {Kind.DATES: N_("Dates"), Kind.PRICES: N_("Prices"), Kind.NUMBERS: N_("Numbers")}


def name_of(group: Group) -> str:
    """A group in the list, as in “0 or O”."""
    if group.kind in _SHAPES:
        return _(_SHAPES[group.kind])
    first, *others = group.texts
    if not others:
        return _("“{text}”").format(text=first)
    if not first or not others[0]:
        return _("“{text}” or nothing").format(text=first or others[0])
    return _("{first} or {second}").format(first=first, second=others[0])


def title_of(group: Group, screen: tuple[Member, ...]) -> str:
    """What a screen of a group shows."""
    count = len(screen)
    match group.kind:
        case Kind.DATES:
            return plural("{count} date", "{count} dates", count)
        case Kind.PRICES:
            return plural("{count} price", "{count} prices", count)
        case Kind.NUMBERS:
            return plural("{count} number", "{count} numbers", count)
    reading = screen[0].reading if screen else ""
    return plural("{count} time read as “{reading}”", "{count} times read as “{reading}”", count, reading=reading)


def task_of(group: Group) -> str:
    """What a person does with a screen of a group."""
    if group.kind in _SHAPES:
        return _("Mark the ones that say something else than below them: click, or arrows and Space.")
    return _(
        "Mark the ones that are something else: click, or arrows and Space. Hold the mouse over one to see its line."
    )
