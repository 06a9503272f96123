import pytest
from fakes import (
    PATIENCE,
    Gate,
    Maker,
    SlowRecognizer,
)

from ocrdesk import runner as runner_module
from ocrdesk.runner import BatchRunner


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr(runner_module, "cores", lambda: 2)


@pytest.fixture
def make_runner(library, decoder, gate, qapp):
    """Makes runners, and ends them when the test is over, whatever became of it."""
    made = []

    def make(maker=None, workers=1, *, quiet=False) -> BatchRunner:
        made.append(BatchRunner(library, decoder, maker or Maker(), workers, quiet=quiet))
        return made[-1]

    yield make
    gate.open()
    for runner in made:
        assert runner.close(PATIENCE)


@pytest.fixture
def slow(gate):
    """Makes recognizers that stay in each page until the gate lets them go."""
    return Maker(SlowRecognizer, gate)
