"""What lies in the folder where the program is started is never taken for a part of the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import draw_pages

SCRIPT = "import sys\nfrom ocrdesk.cli.main import main\nsys.exit(main())\n"
"""What pip writes as the command ``ocrdesk``."""

MODULES = [
    "base64", "ctypes", "hashlib", "json", "pickle", "queue", "random", "runpy", "selectors", "shutil", "signal",
    "sitecustomize", "socket", "struct", "subprocess", "tempfile", "threading", "traceback", "typing", "warnings",
]  # fmt: skip
PACKAGES = ["PIL", "concurrent", "cv2", "importlib", "logging", "multiprocessing", "numpy", "ocrdesk", "onnxruntime"]


@pytest.fixture
def trap(tmp_path) -> Path:
    """A folder with a page and with modules that leave a trace in it when they are imported."""
    folder = tmp_path / "trap"
    folder.mkdir()
    draw_pages(folder / "pics", 1)
    for name in MODULES:
        set_up(folder / f"{name}.py", name)
    for name in PACKAGES:
        (folder / name).mkdir()
        set_up(folder / name / "__init__.py", name)
    return folder


def set_up(file: Path, name: str) -> None:
    file.write_text(f"open({str(file.parents[file.name == '__init__.py'] / name)!r} + '.trace', 'w').close()\n")


def traces(folder: Path) -> list[str]:
    return sorted(trace.stem for trace in folder.glob("*.trace"))


def run_in(folder: Path, *command: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run([sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("options", [(), ("-E",), ("-I",)])
def test_a_run_imports_nothing_from_the_working_directory(trap, tmp_path, options):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "ocrdesk").write_text(SCRIPT)
    ended = run_in(trap, *options, str(tmp_path / "bin" / "ocrdesk"), "run", "pics", "--jsonl", "-")
    assert (ended.returncode, ended.stdout.count('"done"')) == (0, 1), ended.stderr
    assert traces(trap) == []


def test_python_itself_would_have_imported_it(trap):
    run_in(trap, "-c", "import signal")
    assert "signal" in traces(trap)


HANDING_ON = """
import os
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

here = os.path.dirname(__file__)
open(f"{here}/{os.getpid()}.trace", "w").close()
spec = PathFinder.find_spec(__name__, [folder for folder in sys.path if folder not in ("", here)])
sys.modules[__name__] = module = module_from_spec(spec)
spec.loader.exec_module(module)
"""
"""A module that leaves the number of its process and then loads the one whose name it bears."""


def test_python_m_looks_there_first_by_its_own_rule_and_the_program_hands_that_on_to_no_process(tmp_path):
    draw_pages(tmp_path / "pics", 1)
    (tmp_path / "pickle.py").write_text(HANDING_ON)
    program = subprocess.Popen(
        [sys.executable, "-m", "ocrdesk", "run", "pics", "--jsonl", "-"], cwd=tmp_path, stdout=subprocess.PIPE
    )
    records = program.communicate()[0]
    assert (program.returncode, records.count(b'"done"')) == (0, 1)
    assert traces(tmp_path) == [str(program.pid)]
