"""A program that is killed while a person corrects loses nothing that was said to be kept."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from fakes import batch_of, keep, line

from ocrdesk.engine.document import Reading
from ocrdesk.engine.library import Library

CHILD = Path(__file__).with_name("correcting_child.py")
KILLS = 20


def test_each_correction_that_was_kept_is_there_after_a_kill(tmp_path):
    folder = tmp_path / "library"
    with closing(Library(folder)) as library:
        _, (page_id,) = batch_of(library, 1)
        keep(library, page_id, Reading((line("one", 0, 0), line("two", 0, 40)), 500, 9999))
    said: list[int] = []
    for kill in range(KILLS):
        command = [sys.executable, str(CHILD), str(folder), str(page_id)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            for _ in range(1 + kill % 4):
                said.append(int(child.stdout.readline()))
            child.kill()
            said += [int(last) for last in child.stdout.read().split()]
        with closing(Library(folder)) as library:
            kept = library.corrections.of(page_id)
            assert library.page(page_id).corrected == len(kept)
            texts = [it.text for it in library.texts.lines(page_id)]
        added = {number for number in said if number % 3 == 0}
        changed = max((number for number in said if number % 3), default=0)
        numbers = {int(it.after) for it in kept}
        newest = max(numbers)
        assert added <= numbers
        assert changed in numbers or newest > changed
        assert newest in (said[-1], said[-1] + 1), "what was being kept is there or not"
        assert sorted(texts) == sorted(["one", *map(str, numbers)])
    assert len(said) >= KILLS
