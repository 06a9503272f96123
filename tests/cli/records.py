"""What the tests of ``ocrdesk run`` share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ocrdesk

CHILD = Path(__file__).parents[1] / "terminal_child.py"
ROOT = Path(ocrdesk.__file__).parents[1]

only_with_signals = pytest.mark.skipif(sys.platform == "win32", reason="has other signals")


def files(records: list[dict]) -> list[str]:
    return [Path(record["file"]).name for record in records]


def start_child(recognizer: str, *words: object, shell: str = "") -> subprocess.Popen:
    """Starts ``ocrdesk run … --jsonl -`` in a program of its own, through a line of shell where one is given."""
    command = [sys.executable, str(CHILD), recognizer, "run", *map(str, words), "--workers", "1", "--jsonl", "-"]
    if shell:
        command = ["sh", "-c", shell, "sh", *command]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
        bufsize=1,
    )


def wait_for(child: subprocess.Popen, *expected: str) -> None:
    """Reads what the child says until it has said all this, in any order."""
    missing = set(expected)
    for said in child.stderr:
        missing -= {words for words in missing if words in said}
        if not missing:
            return
    raise AssertionError(f"the child ended without saying {missing}")
