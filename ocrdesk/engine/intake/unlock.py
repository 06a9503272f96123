"""Opens the protected files of a batch with a password that the user entered."""

from pathlib import Path

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.library import Library


def unlock(library: Library, decoder: Decoder, batch_id: int, path: Path, password: str) -> list[Path]:
    """Opens those protected files of a batch that have this password, so that their pages can be read.

    Args:
        library: Gets the pages that could not be counted before.
        decoder: Remembers the password while the program runs.
        batch_id: The number of the batch.
        path: The file for which the password was entered.
        password: The password as typed.

    Returns:
        The files that were opened.

    Raises:
        PasswordWrong: None of them has this password.
        PageUnreadable: The file cannot be read.
        LibraryError: The pages could not be stored.
    """
    opened, refused = [], None
    for file in dict.fromkeys([path, *library.files.locked(batch_id)]):
        try:
            decoder.unlock(file, password)
            opened.append(file)
        except PageUnreadable as error:  # others may have another password, and wait for it
            refused = refused or error
    if refused is not None and not opened:
        raise refused
    for file in opened:
        _add_its_pages(library, decoder, batch_id, file)
    return opened


def _add_its_pages(library: Library, decoder: Decoder, batch_id: int, file: Path) -> None:
    order = library.page_ids(batch_id)
    find_pages(library, Drop([file], batch_id), decoder.count_pages)
    pages = library.files.keep_locked(batch_id, file)
    if not pages:
        return  # the batch was removed meanwhile
    of_file = set(pages)
    first = next((place for place, page_id in enumerate(order) if page_id in of_file), len(order))
    after = [page_id for page_id in order[first:] if page_id not in of_file]
    library.files.put_in_order(batch_id, [*order[:first], *pages, *after])
    library.runs.drop_checkpoints(page_id for page_id, page in library.pages(pages).items() if page.seconds is None)
