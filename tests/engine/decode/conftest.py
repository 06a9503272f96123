"""Decoders of a test's own."""

from pathlib import Path

import pytest
from fakes import quadrants

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.decode import decoder as decoder_module


@pytest.fixture(scope="module")
def one():
    """A decoder with one process, for tests that look at it."""
    decoder = Decoder(processes=1)
    yield decoder
    decoder.close()


@pytest.fixture
def make(monkeypatch):
    """Makes a decoder whose processes run something else."""
    made = []

    def make(serve=None, processes: int = 1) -> Decoder:
        if serve is not None:
            monkeypatch.setattr(decoder_module, "serve", serve)
        made.append(Decoder(processes))
        return made[-1]

    yield make
    for decoder in made:
        decoder.close()


@pytest.fixture
def page(scans) -> Path:
    """A picture that any decoder can open."""
    quadrants().save(scans / "page.png")
    return scans / "page.png"
