import json

import pytest
from fakes import (
    Maker,
)

from ocrdesk import runner
from ocrdesk.cli import run as terminal_run
from ocrdesk.cli.main import main
from ocrdesk.engine.library import Library


class Terminal:
    """Runs ``ocrdesk run … --jsonl -`` in this program and keeps what was said."""

    def __init__(self, capsys, monkeypatch, decoder):
        self._capsys = capsys
        self.maker = Maker()
        self.asked_for: dict[str, object] = {}

        def maker_of(name, **wishes):
            self.asked_for = {"name": name, **wishes}
            return self.maker

        monkeypatch.setattr(terminal_run, "recognizer_maker", maker_of)
        monkeypatch.setattr(terminal_run, "Decoder", lambda: decoder)

    def run(self, *words: object) -> tuple[int, list[dict]]:
        """The exit status and the records."""
        status = main(["run", *map(str, words), "--jsonl", "-"])
        self.out, self.err = self._capsys.readouterr()
        return status, [json.loads(record) for record in self.out.splitlines()]


@pytest.fixture
def terminal(qapp, capsys, monkeypatch, lent_decoder):
    monkeypatch.setattr(runner, "cores", lambda: 1)
    return Terminal(capsys, monkeypatch, lent_decoder)


@pytest.fixture
def kept(own_home):
    """Opens the library after a run."""
    opened = []

    def open_library() -> Library:
        opened.append(Library(own_home))
        return opened[-1]

    yield open_library
    for library in opened:
        library.close()
