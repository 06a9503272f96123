"""The pages of the help. A command in braces is shown with its words in the menus and its key."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from ocrdesk.engine.words import N_, _
from ocrdesk.ui.kit.actions import Actions

_NAME = re.compile(r"\{(\w+)\}")

Run = tuple[str, bool]
"""A piece of a paragraph, and whether it is the words of a command."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What there is to know for one task.

    Attributes:
        title: The task.
        paragraphs: To be translated, with commands in braces.
    """

    title: str
    paragraphs: Sequence[str]

    def runs(self, actions: Actions) -> list[list[Run]]:
        """Its paragraphs, each in pieces."""
        return [list(_runs(_(paragraph), actions)) for paragraph in self.paragraphs]


def key_of(action: QAction) -> str:
    """The key of a command, empty if it has none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def keys_of(actions: Actions) -> list[tuple[str, str]]:
    """All keys with what they do, in the order of the menus."""
    of_commands = [  # in their own words: Undo says in the menu what it would undo
        (key, _(command.words).rstrip("…"))
        for name, command in actions.commands.items()
        if (key := key_of(actions[name]))
    ]
    return [
        *of_commands,
        (_("Return"), _("Full page")),
        (_("PgUp, PgDown, ← →"), _("In the full page: previous and next page")),
        (_("Return"), _("In the review: accept the word")),
        (_("Shift+Return"), _("In the review: back to the word before")),
        (_("Ctrl+Down"), _("In the review: leave the word for later")),
        (_("Ctrl+Del"), _("In the review: there is no text")),
        (_("Alt+1 to Alt+5"), _("In the review: take an alternative")),
        (_("Arrows, Space"), _("In groups: mark the odd ones")),
        (_("Ctrl+A"), _("In groups: mark all")),
        (_("Return"), _("In groups: accept those that are not marked")),
        (_("Ctrl+Return"), _("In groups: change the marked ones to what they may be")),
        (_("Tab"), _("In groups: skip this group")),
        (_("Return"), _("In the receipts: accept the value and go on to the next one to check")),
        (_("Tab, Shift+Tab"), _("In the receipts: next and previous value to check")),
        (_("Esc"), _("Back to the pages")),
        (_("Ctrl+Wheel"), _("Zoom the picture")),
        (_("Ctrl+Drag"), _("Copy the text of an area of the picture")),
        (_("Return, F2, double click"), _("On a line of the picture or the text: correct it")),
        (_("Del"), _("On a line of the picture: there is no text here")),
        (_("Return"), _("While a line is corrected: keep it and go to the next line")),
        (_("Ctrl+Return"), _("While a line is corrected: accept it as it is")),
        (_("Esc"), _("While a line is corrected: leave it as it was")),
        (_("Tab, Shift+Tab"), _("While a line is corrected: next and previous word to check")),
        (_("Alt+1 … Alt+5"), _("While a line is corrected: what else the word may say")),
    ]


def _runs(paragraph: str, actions: Actions) -> Iterator[Run]:
    for number, piece in enumerate(_NAME.split(paragraph)):
        if number % 2 == 0:
            yield piece, False
            continue
        action = actions[piece]
        yield action.text(), True
        if key := key_of(action):
            yield f" ({key})", False


HELP_PAGES = (
    HelpPage(
        N_("Add pages"),
        (
            N_(
                "Drop folders, pictures or PDF files anywhere on the window, or choose {add_folder} or {add_files}. "
                "They are read at once, on this computer alone, and your files stay as they are."
            ),
            N_(
                "Each folder becomes a batch. Files that you drop on a batch are added to it, even while it is being "
                "read."
            ),
            N_(
                "{rescan} adds what is new in the folder of a batch, and {watch} reads whatever arrives there. If a "
                "folder was moved, {locate} connects its pages again."
            ),
            N_("Files that are neither pictures nor PDF files are skipped. {show_left_out} lists them and says why."),
        ),
    ),
    HelpPage(
        N_("Paste and read the screen"),
        (
            N_(
                "{paste} reads the picture or the files in the clipboard. They are added to the batch that is shown, "
                "or to a new one called “Pasted”. A pasted picture is kept with the library and deleted when you "
                "remove its page."
            ),
            N_(
                "{read_screen} hides the window and shows the screen. Draw a rectangle round some text, and a moment "
                "later it is in the clipboard. The picture is stored only if you choose “Keep as a page”."
            ),
            N_(
                "To copy a part of a page, hold Ctrl and draw a rectangle on its picture. {select_area} does the same"
                " without Ctrl, until you press Esc."
            ),
        ),
    ),
    HelpPage(
        N_("Stop and go on"),
        (
            N_(
                "{pause} finishes the pages that are being read and waits; {resume} goes on. {cancel} ends the "
                "reading of a batch; its other pages wait until you resume it."
            ),
            N_(
                "You can close the window at any time, even in the middle of a batch. No finished page is lost, and "
                "the next start offers to go on."
            ),
            N_(
                "{mode_accurate} gives the best text, {mode_fast} reads more pages a minute with a few more errors, "
                "and {mode_quiet} lets other programs go first. You can change this while pages are being read."
            ),
            N_(
                "{read_again_in} is for a few pages: they keep the mode you choose there until you read them again "
                "with {retry}."
            ),
        ),
    ),
    HelpPage(
        N_("Find failed pages"),
        (
            N_(
                "The button “Failed” above the pages shows only those that could not be read. Each says why in a "
                "sentence."
            ),
            N_(
                "{retry} reads the selected pages once more, and {retry_failed} all that failed. The earlier text "
                "stays until the new one is there."
            ),
            N_("Protected PDF files wait for their password: {enter_password}. It is never stored."),
            N_("If a page is upside down or on its side, {turn_left} or {turn_right} turns it and reads it again."),
        ),
    ),
    HelpPage(
        N_("Check the text"),
        (
            N_(
                "Words that may have been misread are marked in the text and on the picture. {review} shows them one "
                "by one, each large as it is printed, and those first that are most likely wrong. Several selected "
                "pages are reviewed alone; {review_everything} goes through all batches."
            ),
            N_(
                "In the review, Return accepts the word, and typing replaces it. Alt+1 to Alt+5 take an alternative, "
                "Ctrl+Del says that there is no text, Ctrl+Down leaves the word for later, and Shift+Return goes back. "
                "Everything is kept at once, and {undo} goes back to the word."
            ),
            N_(
                "A word that you accept twice is not asked about again; {accepted_words} lists these words. "
                "{next_doubtful} goes from one page with words to check to the next."
            ),
            N_(
                "{check_groups} shows unsure letters that were read as the same beside each other. Mark the odd ones "
                "with a click, or with the arrows and Space; Return accepts the others, Tab skips a group. Those that "
                "you marked come first when you go on one by one."
            ),
            N_("After a correction, a message offers more words like it if there are any, to change them all at once."),
            N_("Click on a line of the picture to find it in the text, and the other way round."),
            N_(
                "{receipts_table} shows date, total, tax and shop of each page as a table, with what they add up to by "
                "month and by shop. What is unsure is marked: Return accepts it, and typing replaces it. New field "
                "finds a value that you mark on one page on all others."
            ),
        ),
    ),
    HelpPage(
        N_("Find something"),
        (
            N_(
                "{search} searches the text of all batches while you type. {next_place} and {previous_place} go from "
                "one place to the next; Return on a place opens its page in the whole window, Esc goes back."
            ),
            N_(
                "Words may stand anywhere on a page. “Between quotes” they stand together, -word must not be there, "
                "OR between two words means one of them, name:invoice and folder:2024 look for files."
            ),
            N_(
                "Capital letters and accents make no difference, and words broken at the end of a line are found "
                "whole. If nothing is found, similar letters count as well, such as 0 for O or rn for m."
            ),
            N_("{save_search} keeps a search behind the star in the field; {export_found} exports what was found."),
        ),
    ),
    HelpPage(
        N_("Correct the text"),
        (
            N_(
                "Double-click a word, or press Return on a line, to correct it under its picture. Return keeps what you"
                " typed and goes on to the next line, Esc leaves. {undo} takes back any correction."
            ),
            N_(
                "If a line was missed, choose {add_line} and draw a box round it. {remove_lines} removes what is no "
                "text; {join_lines}, {split_line}, {move_lines_up} and {move_lines_down} put lines in order."
            ),
            N_(
                "{replace_text} replaces a word on a page, in a batch or everywhere, and shows you every place first. "
                "{put_back_lines} brings back what was read."
            ),
            N_(
                "Corrections stay when a page is read again. Where a line is not found any more, its correction is "
                "listed above the text; {show_lost} lists those of a batch."
            ),
        ),
    ),
    HelpPage(
        N_("Correct the reading order"),
        (
            N_(
                "Columns are read one after the other, tables and receipts row by row. {number_lines} shows the order"
                " on the picture."
            ),
            N_(
                "Where it is wrong, choose another under {page_reading_order} in the menu Page for the selected "
                "pages, or in the menu Batch for all pages. The text changes at once, and nothing is read again."
            ),
            N_(
                "{regions} lets you draw over stamps, page headers and whatever else is not part of the text. It is "
                "ignored on every page of the batch; remove a region, and its text is back."
            ),
        ),
    ),
    HelpPage(
        N_("Export"),
        (
            N_(
                "{export} writes the text into files for other programs, as searchable PDF, Word, Excel or plain text"
                " among others. {export_again} does the same once more."
            ),
            N_(
                "{copy_text} copies the text of the selected pages, and {copy_tables} their tables for a spreadsheet."
                " You can also drag pages into other programs."
            ),
            N_(
                "{save_batch} puts all of a batch into one file, with its pictures if you want. {open_batch} opens "
                "it, on another computer as well."
            ),
        ),
    ),
    HelpPage(
        N_("Organize and undo"),
        (
            N_(
                "Drag pages onto another batch to move them there. Select several batches with Ctrl or Shift and "
                "choose {merge_batches} to move all their pages into the topmost one."
            ),
            N_(
                "{remove_pages} and {remove_batch} take away what was read; your files stay. {undo} brings it back; it "
                "also undoes pasting, moving, merging, turns, regions, reading orders and names."
            ),
            N_(
                "What you removed can also be put back the next time ocrdesk is open. After that it is deleted, or "
                "at once with {remove_for_good}. Pictures that were pasted, or came in a saved batch, are deleted with "
                "it."
            ),
        ),
    ),
    HelpPage(
        N_("Where everything is kept"),
        (
            N_(
                "What was read is kept in the library, a folder on this computer: {show_library}. Nothing is sent "
                "anywhere, and no network connection is opened."
            ),
            N_(
                "{back_up_library} writes all of it into one file, while you go on working; {restore_library} puts "
                "such a file in its place, on another computer as well."
            ),
            N_("When something went wrong, {show_log} opens the folder of the log, which tells more."),
        ),
    ),
)
