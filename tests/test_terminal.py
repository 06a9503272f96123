import os
from pathlib import Path

import pytest
from fakes import batch_of

from ocrdesk.cli import main
from ocrdesk.engine.library import Library
from ocrdesk.terminal import say, shown


@pytest.mark.parametrize("kept", ["Größe 发票 “a”…", "👩‍👧 family", "مرحبا", "a b\u00a0c"])
def test_what_a_terminal_can_take_stays(kept):
    assert shown(kept) == kept


@pytest.mark.parametrize("steering", ["\x1b", "\n", "\r", "\x07", "\x9b", "\x7f", "\u202e", "\u2066", "\udcff"])
def test_what_would_steer_it_is_a_question_mark(steering):
    assert shown(Path(f"/scans/a{steering}b")) == "/scans/a?b"


def test_it_is_said_on_stderr(capsys):
    say("two\nlines")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "two?lines\n")


@pytest.mark.skipif(os.name == "nt", reason="such names are forbidden there")
def test_no_name_steers_the_terminal(own_home, tmp_path, capsys):
    library = Library(own_home)
    batch_of(library, 1, Path("/scans/\x1b[2J\x1b[31mred"))
    library.close()
    assert main(["list"]) == 0
    assert main(["export", "1", "--format", "txt", "--out", str(tmp_path / "a\x1bc")]) == 0
    assert main(["export", "no\x1bne", "--format", "txt", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "?[2J?[31mred" in said.out
    assert "a?c" in said.err and "“no?ne”" in said.err
    assert "\x1b" not in said.out + said.err
