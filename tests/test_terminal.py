import json
import logging
import os
from pathlib import Path

import pytest
from fakes import batch_of

from ocrdesk.cli.main import main
from ocrdesk.engine.library import Library
from ocrdesk.terminal import LogLines, say, shown


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


def test_a_word_of_the_command_line_steers_no_terminal(capsys):
    """A folder may hold a file called so, and be given as “*”."""
    for words in (
        ["run", "a", "--\x1b[2J\x9b"],
        ["run", "--mode", "\x1b[2J", "a"],
        ["save", "--\x1b[2J"],
        ["--\x1b[2J"],
    ):
        with pytest.raises(SystemExit):
            main(words)
    said = capsys.readouterr().err
    assert "unrecognized arguments: --?[2J?" in said
    assert "\x1b" not in said and "\x9b" not in said


def test_what_is_logged_has_lines_and_steers_nothing():
    record = logging.LogRecord("a", logging.ERROR, "b", 1, "%s\nis\tgone", (Path("/a\x1b\u202eb"),), None)
    assert LogLines("%(message)s").format(record) == f"{os.sep}a??b\nis\tgone"


@pytest.mark.parametrize("options", [[], ["--jsonl"]])
def test_no_name_of_a_batch_steers_the_list(own_home, capsys, options):
    library = Library(own_home)
    batch_id, _ = batch_of(library, 1)
    name = "a\x1b[2J\x7f\x9b31m\u202ered"
    library.rename_batch(batch_id, name)
    library.close()
    assert main(["list", *options]) == 0
    said = capsys.readouterr().out
    assert said.rstrip("\n").isprintable()
    assert not options or json.loads(said)["name"] == name


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
