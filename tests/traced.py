"""Runs the program under ``strace`` in a home of its own and tells what the system was asked for."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ocrdesk

CREATING = [
    "open", "openat", "openat2", "creat", "mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2",
    "link", "linkat", "symlink", "symlinkat",
]  # fmt: skip
CALLS = ["network", "io_uring_setup", *CREATING]
"""A ring of ``io_uring`` could do all this unseen, so that it is asked for at all would be seen."""

STRACE = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-s", "1000", "-e", f"trace={','.join(CALLS)}", "-o"]
SCRIPT = "import sys; from ocrdesk.cli.main import main; sys.exit(main())"


def why_not() -> str | None:
    """Why nothing can be traced here, as strace says it; None where it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run([*STRACE, os.devnull, "true"], capture_output=True, text=True)
    return f"nothing may be traced here: {tried.stderr.strip()}" if tried.returncode else None


@dataclass
class Traced:
    """A program that was traced.

    Attributes:
        home: The folder that it takes for the home of its user; its working directory is the one around it.
        status: Its exit status.
        words: What it said on stdout and stderr.
        calls: The lines of the trace.
    """

    home: Path
    status: int = 0
    words: str = ""
    calls: list[str] = field(default_factory=list)

    def run(self, *command: str, act: Callable[[subprocess.Popen], None] | None = None, **variables: str) -> "Traced":
        """Runs a program to its end, and while it runs ``act``, given the strace whose child it is."""
        trace = self.home.with_suffix(".trace")
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "TMPDIR": str(self.temporary), **variables}
        environment |= {"PYTHONPATH": str(Path(ocrdesk.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
        program = subprocess.Popen(
            [*STRACE, str(trace), *command],
            env=environment,
            cwd=self.home.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            if act is not None:
                act(program)
            self.words = program.communicate()[0]
        finally:
            end_traced(program)
        self.status = program.returncode
        self.calls = trace.read_text(errors="replace").splitlines()
        return self

    def ocrdesk(self, *words: object, **how: Any) -> "Traced":
        """Runs ocrdesk as its command would."""
        return self.run(sys.executable, "-P", "-c", SCRIPT, *map(str, words), **how)

    @property
    def temporary(self) -> Path:
        folder = self.home.with_suffix(".temporary")
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def strangers(self) -> list[str]:
        """Calls that make or use a socket to anything but a program on this computer."""
        return [
            call
            for call in self.calls
            if "io_uring_setup(" in call or set(re.findall(r"\b[AP]F_[A-Z0-9]+", call)) - {"AF_UNIX"}
        ]

    def written(self) -> set[Path]:
        """All that was to be created or opened for writing."""
        return {path for call in self.calls for path in _written(call, self.home.parent)}

    @property
    def files(self) -> list[str]:
        """The files in the home, from there."""
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file())


def end_traced(strace: subprocess.Popen, number: int = signal.SIGKILL) -> None:
    """Ends the program that is traced, and strace with it."""
    if strace.poll() is None:
        for child in Path(f"/proc/{strace.pid}/task/{strace.pid}/children").read_text().split():
            os.kill(int(child), number)


_CALL = re.compile(rf"^\d+ +({'|'.join(CREATING)})\((.*)")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def _written(call: str, working: Path) -> list[Path]:
    found = _CALL.match(call)
    if found is None:
        return []
    name, rest = found.groups()
    if name.startswith("open") and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)", rest):
        return []
    paths = [Path(folder or working, path) for folder, path in _PATH.findall(rest)]
    return paths[-1:] if name.startswith(("rename", "link", "symlink")) else paths[:1]
