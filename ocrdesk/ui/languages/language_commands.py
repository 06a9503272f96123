"""The languages in which batches and pages are read."""

from collections.abc import Collection
from functools import partial

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.recognition.languages import Language, available_languages
from ocrdesk.engine.words import N_, _, listed
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, Needs, menu_of
from ocrdesk.ui.languages.language_menu import LanguageMenu, Languages

AUTOMATIC = N_("Automatic")


class LanguageCommands(Commands):
    """Lets languages be ticked for the batch and for the chosen pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept, self._chosen = desk.library.reading_languages, desk.chosen
        for name, decide in (("batch_languages", self._set_batch), ("read_again_in_languages", self._read_pages)):
            menu = menu_of(desk.actions[name])
            assert isinstance(menu, LanguageMenu)
            menu.decided.connect(decide)
        self.update()

    def follow(self) -> None:
        """Says in which languages the batch is read."""
        batch_id = self._chosen.batch_id
        languages = self._kept.of_batch(batch_id) if batch_id is not None else ()
        words = self._names(languages) if languages else _("automatic")
        self._desk.actions["batch_languages"].setText(_("Languages: {languages}").format(languages=words))

    @Command("Languages", "The languages of this batch’s pages, where they are not to be told page by page",
             needs=Needs.BATCH, menu=LanguageMenu)  # fmt: skip
    def batch_languages(self, menu: LanguageMenu) -> None:
        """Offers the languages of the batch."""
        if (batch_id := self._chosen.batch_id) is not None:
            present = self._kept.of_batch(batch_id)
            menu.fill({(): _(AUTOMATIC)}, self._offered(present), {present})

    @Command("Read again in", "Read the selected pages again in the languages that you tick",
             needs=Needs.PAGES, menu=LanguageMenu)  # fmt: skip
    def read_again_in_languages(self, menu: LanguageMenu) -> None:
        """Offers the languages of the chosen pages."""
        present = self._kept.of_pages(self._chosen.page_ids())
        ways: dict[Languages | None, str] = {None: _("The batch’s languages"), (): _(AUTOMATIC)}
        menu.fill(ways, self._offered({key for keys in present for key in keys or ()}), present)

    def _offered(self, ticked: Collection[str]) -> list[Language]:
        """The languages that can be read, and what is ticked although it cannot, so that it can be taken back."""
        known = available_languages(self._desk.places.languages).values()
        return [language for language in known if not language.trouble or language.key in ticked]

    def _names(self, keys: Languages) -> str:
        known = available_languages(self._desk.places.languages)
        return listed(known[key].name if key in known else key for key in keys)

    def _set_batch(self, languages: Languages) -> None:
        batch = self._chosen.batch
        if batch is None or languages == self._kept.of_batch(batch.id):
            return

        def follow(_result: object) -> None:
            self._chosen.tell(Change(batch.id))
            if batch.counts.finished:
                self._desk.notices.say(
                    _("Pages of “{name}” are read in these languages from now on.").format(name=batch.name),
                    [(_("Read all again"), partial(self._desk.actions.call, "read_batch_again"))],
                )

        self._desk.acts.run(partial(self._kept.set_for_batch, batch.id, languages), follow, self.warn, at_once=True)

    def _read_pages(self, languages: Languages | None) -> None:
        batch_id, page_ids = self._chosen.batch_id, self._chosen.page_ids()
        if batch_id is None or not page_ids or self._kept.of_pages(page_ids) == {languages}:
            return

        def read() -> bool:
            is_any_read = self._desk.library.are_any(page_ids, PageStatus.RUNNING)
            self._kept.read_in(page_ids, languages)
            return is_any_read

        def follow(is_any_read: bool) -> None:
            if is_any_read:
                self._desk.notices.say(
                    _("A page that is being read is not read in other languages. Choose them again once it is read.")
                )
            self._desk.runner.start_queued(batch_id)
            self._chosen.tell_soon(Change(batch_id, files_of=frozenset(page_ids)))

        self._desk.acts.run(read, follow, self.warn, at_once=True)
