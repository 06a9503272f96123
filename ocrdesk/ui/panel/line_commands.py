"""What can be done with the lines of a page that are chosen: all but writing in them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF

from ocrdesk.engine.corrections.changes import Change, accepted, corrected, merged, moved, split, withdrawn
from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.correcting import correct, named
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.panel.line_editing import LineEditing
from ocrdesk.ui.panel.line_places import contains
from ocrdesk.ui.panel.page_lines import PageLines


class LineCommands(Commands):
    """Corrects the lines that are chosen on the picture or in the text; all of it can be undone."""

    def __init__(self, desk: Desk, editing: LineEditing, lines: PageLines) -> None:
        super().__init__(desk)
        self._editing = editing
        self._lines = lines
        lines.moved.connect(self.update)
        lines.remove_wanted.connect(self.remove_lines)
        lines.put_back_wanted.connect(self._put_back_at)
        lines.move_wanted.connect(self._move_behind)
        editing.editor.field.split_wanted.connect(self.split_line)
        self.update()

    def follow(self) -> None:
        """Lets what is chosen decide what can be done with it."""
        chosen, all_of_them = self._chosen(), self._lines.all
        first, last = (self._lines.sorted[0], self._lines.sorted[-1]) if chosen else (0, -1)
        is_run = last - first + 1 == len(chosen)
        for name, is_possible in (
            ("edit_line", bool(chosen)),
            ("accept_lines", bool(chosen)),
            ("put_back_lines", any(line.corrections for line in chosen)),
            ("join_lines", len(chosen) > 1),
            ("split_line", len(chosen) == 1),
            ("move_lines_up", is_run and first > 0),
            ("move_lines_down", is_run and 0 <= last < len(all_of_them) - 1),
            ("remove_lines", bool(chosen)),
        ):
            self._desk.actions[name].setEnabled(is_possible)

    # Text

    @Command("Correct this line", "Correct the text of the selected line", icon="text")
    def edit_line(self) -> None:
        """Opens the editor on the line that is chosen."""
        if self._lines.chosen:
            self._editing.open(self._lines.chosen[-1])

    @Command("Accept as it is", "Say that the selected lines were read correctly", icon="check")
    def accept_lines(self) -> None:
        """Says that the chosen lines are right."""
        lines = self._chosen()
        words = plural("acceptance of {count} line", "acceptance of {count:,} lines", len(lines))
        self._correct(_of_one(N_("acceptance of {line}"), lines) or words, [accepted(line) for line in lines])

    @Command("Put back what was read", "Withdraw what was corrected in the selected lines", icon="undo")
    def put_back_lines(self) -> None:
        """Withdraws the corrections of the chosen lines."""
        lines = [line for line in self._chosen() if line.corrections]
        words = plural("putting {count} line back", "putting {count:,} lines back", len(lines))
        self._correct(words, [withdrawn(*lines)])

    @Command("No text here", "Remove the selected lines: there is no text in their place", icon="remove")
    def remove_lines(self) -> None:
        """Says that there is no text where lines are chosen."""
        lines = self._chosen()
        words = plural("removal of {count} line", "removal of {count:,} lines", len(lines))
        said = plural("Removed {count} line.", "Removed {count:,} lines.", len(lines))
        self._correct(
            _of_one(N_("removal of {line}"), lines) or words,
            [corrected(line, None) for line in lines],
            said=_of_one(N_("Removed {line}."), lines) or said,
        )

    def _put_back_at(self, correction: Correction) -> None:
        """Brings a line back that was removed."""
        self._correct(_("putting {line} back").format(line=named(correction.before)), [withdrawn(correction)])

    # Lines

    @Command("Join lines", "Make one line of the selected ones", keys="Ctrl+J", icon="merge")
    def join_lines(self) -> None:
        """Makes one line of those that are chosen."""
        lines = self._chosen()
        if len(lines) > 1:
            words = plural("joining {count} line", "joining {count:,} lines", len(lines))
            self._correct(words, [merged(lines)], [lines[0].polygon])

    @Command("Split the line here", "Make two lines of this one at the caret", keys="Ctrl+Shift+Return")
    def split_line(self) -> None:
        """Makes two lines of the one that is edited, or in which the cursor is; opens it where that is not in it."""
        page, line, place = self._editing.page, *self._editing.place()
        if page is None or line is None:
            return
        text = self._editing.editor.text if self._editing.is_open else line.text
        before, after = text[:place].strip(), text[place:].strip()
        if not before or not after:
            if not self._editing.is_open:
                self.edit_line()
            self._desk.notices.say(_("Put the caret where the second line is to begin."), about=self)
            return
        words = _("splitting {line}").format(line=named(line.text))
        if text == line.text:
            self._correct(words, [split(line, place)], [line.polygon])
            return

        def go_on(is_kept: bool) -> None:
            kept = next((it for it in self._lines.all if it.polygon == line.polygon), None)
            if is_kept and kept is not None:
                self._correct(words, [split(kept, kept.text.index(after, len(before)))], [line.polygon])

        self._editing.leave()
        changed = " ".join((before, after))
        correct(
            self._desk, page, _("correction of {line}").format(line=named(changed)), [corrected(line, changed)], go_on
        )

    @Command("Move up", "Move the selected lines up in the reading order", keys="Alt+Up")
    def move_lines_up(self) -> None:
        """Moves the chosen lines before the one above them."""
        lines, numbers = self._lines.all, self._lines.sorted
        if not numbers or numbers[0] == 0:
            return
        if len(numbers) == 1:
            at = numbers[0]
            change = moved(lines[at], lines[at - 2] if at > 1 else None)
        else:  # the one above goes below them
            change = moved(lines[numbers[0] - 1], lines[numbers[-1]])
        self._move(change)

    @Command("Move down", "Move the selected lines down in the reading order", keys="Alt+Down")
    def move_lines_down(self) -> None:
        """Moves the chosen lines behind the one below them."""
        lines, numbers = self._lines.all, self._lines.sorted
        if not numbers or numbers[-1] + 1 >= len(lines):
            return
        if len(numbers) == 1:
            change = moved(lines[numbers[0]], lines[numbers[0] + 1])
        else:
            change = moved(lines[numbers[-1] + 1], lines[numbers[0] - 1] if numbers[0] else None)
        self._move(change)

    def _move_behind(self, number: int, behind: int | None) -> None:
        """Moves a line behind another one; None: it is the first."""
        lines = self._lines.all
        self._lines.choose([number])
        self._move(moved(lines[number], lines[behind] if behind is not None else None))

    def _move(self, change: Change) -> None:
        before, chosen = [line.polygon for line in self._lines.all], [line.polygon for line in self._chosen()]

        def look(is_kept: bool) -> None:
            if is_kept and [line.polygon for line in self._lines.all] == before:
                self._desk.notices.say(_("Lines of a table stay in their cells."), about=self)

        words = plural("moving {count} line", "moving {count:,} lines", len(chosen))
        self._correct(words, [change], chosen, look)

    # What all have in common

    def _chosen(self) -> list[Line]:
        """The chosen lines in reading order."""
        lines = self._lines.all
        return [lines[number] for number in self._lines.sorted]

    def _correct(
        self,
        words: str,
        changes: Sequence[Change],
        choose: Sequence[Polygon] | None = None,
        then: Callable[[bool], object] = lambda is_kept: None,
        said: str = "",
    ) -> None:
        """Keeps changes, and chooses the same lines again."""
        page = self._editing.page
        if page is None or not any(change.corrections or change.instead_of for change in changes):
            return
        wanted = choose if choose is not None else [line.polygon for line in self._chosen()]

        def end(is_kept: bool) -> None:
            if self._editing.page is not None and self._editing.page.id == page.id:
                numbers = [number for number, line in enumerate(self._lines.all) if line.polygon in wanted]
                beginnings = [QPointF(*polygon[0]) for polygon in wanted]
                if not numbers and beginnings:
                    numbers = [
                        number
                        for number, line in enumerate(self._lines.all)
                        if any(contains(line.polygon, place) for place in beginnings)
                    ]
                self._lines.choose(numbers)
            then(is_kept)

        self._editing.leave()
        correct(self._desk, page, words, changes, end, said)


def _of_one(words: str, lines: Sequence[Line]) -> str:
    """A sentence on a single line; empty if there are several."""
    return _(words).format(line=named(lines[0].text)) if len(lines) == 1 else ""
