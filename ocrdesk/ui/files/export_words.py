"""What an export will do, and what it did, in words."""

from pathlib import Path

from ocrdesk.engine.export.choices import ExportChoices, format_of, per_of
from ocrdesk.engine.export.export import ExportResult
from ocrdesk.engine.export.pages import Per
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.files.page_sets import PageSet
from ocrdesk.ui.kit.file_names import shown_in_field
from ocrdesk.ui.kit.words import shortened

PER: dict[Per, str] = {
    "page": N_("A file for each page"),
    "file": N_("One file for each file that was read"),
    "folder": N_("One file for each folder"),
    "batch": N_("One file for each batch"),
}
"""What one file is made of, in words to be translated."""

A_TABLE = N_("A file for each table")


def pages_in_words(count: int) -> str:
    """So many pages."""
    return plural("{count} page", "{count:,} pages", count)


def files_in_words(choices: ExportChoices, count: int) -> str:
    """So many files, by what people call those of the format."""
    match choices.format:
        case "pdf":
            return plural("one PDF", "{count:,} PDFs", count)
        case "docx":
            return plural("one Word document", "{count:,} Word documents", count)
        case "xlsx":
            return plural("one Excel workbook", "{count:,} Excel workbooks", count)
        case "txt":
            return plural("one text file", "{count:,} text files", count)
    return plural("one {name} file", "{count:,} {name} files", count, name=format_of(choices).name)


def folder_in_words(folder: Path) -> str:
    """A folder by its name, as people call it."""
    return shortened(shown_in_field(Path(folder.name or folder)))


def will_do(choices: ExportChoices, pages: PageSet, files: int, *, is_all_looked_at: bool) -> str:
    """What an export will write.

    Args:
        choices: Those of the export.
        pages: Its pages.
        files: How many were found that it would make.
        is_all_looked_at: Whether all pages were looked at for that.
    """
    count, per = len(pages.page_ids), per_of(choices)
    folder = folder_in_words(choices.folder)
    if choices.tables:
        words = (
            _("Writes the tables into {files} in “{folder}”.")
            if is_all_looked_at
            else _("Writes the tables into {files} or more in “{folder}”.")
        )
        return words.format(files=files_in_words(choices, files), folder=folder)
    if per == "page":
        files, is_all_looked_at = count, True
    elif per == "batch":
        files, is_all_looked_at = pages.batches, True
    words = (
        _("Writes {pages} into {files} in “{folder}”.")
        if is_all_looked_at
        else _("Writes {pages} into {files} or more in “{folder}”.")
    )
    return words.format(pages=pages_in_words(count), files=files_in_words(choices, files), folder=folder)


def warning_of(pages: PageSet) -> str:
    """What a person may want to know before: what was not checked and what is missing; empty if nothing is."""
    said = []
    if pages.doubtful:
        said.append(plural("{count} page has words to check.", "{count:,} pages have words to check.", pages.doubtful))
    if pages.failed:
        said.append(
            plural("{count} failed page has no text.", "{count:,} failed pages have no text.", pages.failed)
            if pages.has_unread
            else plural("{count} failed page is skipped.", "{count:,} failed pages are skipped.", pages.failed)
        )
    if pages.waiting:
        said.append(plural("{count} page is not read yet.", "{count:,} pages are not read yet.", pages.waiting))
    return " ".join(said)


def was_done(choices: ExportChoices, result: ExportResult) -> str:
    """What an export wrote, and what it left as it was."""
    files = len(result.written)
    if not files:
        words = _("No file was written.")
    elif files == 1:
        words = plural(
            "{count} page was written to “{name}”.",
            "{count:,} pages were written to “{name}”.",
            result.pages,
            name=shortened(shown_in_field(Path(result.written[0].name))),
        )
    else:
        words = plural(
            "{count} page was written to {files} in “{folder}”.",
            "{count:,} pages were written to {files} in “{folder}”.",
            result.pages,
            files=files_in_words(choices, files),
            folder=folder_in_words(choices.folder),
        )
    if result.skipped:
        words += " " + plural(
            "{count} file that already existed was left as it was.",
            "{count:,} files that already existed were left as they were.",
            len(result.skipped),
        )
    return _("The export was cancelled. {words}").format(words=words) if result.was_cancelled else words
