"""An engine in a process of its own, and what that process takes of the computer.

Run as a program, this is the engine's side: it answers requests on stdin. ``Contender`` is the other side.
"""

import atexit
import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import ocrdesk  # noqa: F401 - for every engine: ONNX Runtime is told to keep to itself what is read

Lines = list[dict[str, Any]]
"""``text`` and ``box``, four points each, in the order the engine gives."""

Read = Callable[[Path, str], Lines]
"""Reads a picture whose language is told."""

TESSERACT = {
    "en": "eng", "zh": "chi_sim", "zh-Hant": "chi_tra", "es": "spa", "fr": "fra", "cs": "ces", "de": "deu", "da": "dan",
    "mul": "eng+fra+deu+spa+ces+dan",
}  # fmt: skip
BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")

# The engine's side


def open_ocrdesk(**how: Any) -> Read:
    """The program's own way of a page, without the library; nothing is kept from a start before."""
    from ocrdesk.engine.decode import Decoder
    from ocrdesk.engine.layout.arrangement import arrange
    from ocrdesk.engine.machine import give_back_memory
    from ocrdesk.engine.recognition.making import recognizer_maker
    from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6

    kept = tempfile.TemporaryDirectory(prefix="ocrdesk-bench-")
    atexit.register(kept.cleanup)
    decoder, recognizer = Decoder(), recognizer_maker(PPOCR_V6, kept=Path(kept.name), **how)()

    def read(path: Path, _: str) -> Lines:
        reading = recognizer.read(decoder.load_page(path, 0, as_picture=True).pixels)
        give_back_memory()
        return [{"text": line.text, "box": line.polygon} for line in arrange(reading.lines, rules=reading.rules).lines]

    return read


def open_rapidocr() -> Read:
    """The package that the models come from, as it is."""
    from rapidocr import RapidOCR

    engine = RapidOCR()

    def read(path: Path, _: str) -> Lines:
        found = engine(path)
        if found.boxes is None or found.txts is None:
            return []
        return [{"text": text, "box": box.tolist()} for box, text in zip(found.boxes, found.txts, strict=True)]

    return read


def open_rapidocr_onnxruntime() -> Read:
    """The earlier package, as it is."""
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR()
    return lambda path, _: [{"text": text, "box": box} for box, text, *_ in engine(path)[0] or []]


def open_tesseract() -> Read:
    """The program ``tesseract``, told the language."""

    def read(path: Path, language: str) -> Lines:
        command = ["tesseract", str(path), "stdout", "-l", TESSERACT.get(language, "eng"), "tsv"]
        answer = subprocess.run(command, capture_output=True, encoding="utf-8")
        if answer.returncode:
            raise RuntimeError(answer.stderr.strip())
        return _lines_of(answer.stdout)

    return read


def _lines_of(table: str) -> Lines:
    lines: Lines = []
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "4":
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            right, bottom = left + width, top + height
            lines.append({"text": "", "box": [(left, top), (right, top), (right, bottom), (left, bottom)]})
        elif row["level"] == "5":
            lines[-1]["text"] += f" {row['text'] or ''}"
    for line in lines:
        line["text"] = BETWEEN_IDEOGRAPHS.sub("", line["text"].strip())
    return [line for line in lines if line["text"]]


@dataclass(frozen=True)
class Engine:
    """One that can be compared.

    Attributes:
        needs: The module or the program it is.
        open: Loads it.
        environment: Variables of its process.
    """

    needs: str
    open: Callable[[], Read]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def is_installed(self) -> bool:
        """Whether it can be had here."""
        return bool(importlib.util.find_spec(self.needs) or shutil.which(self.needs))


ENGINES = {
    "ocrdesk": Engine("ocrdesk", open_ocrdesk),
    "ocrdesk-fast": Engine("ocrdesk", lambda: open_ocrdesk(fast=True)),
    "ocrdesk-f32": Engine("openvino", open_ocrdesk, {"INFERENCE_PRECISION_HINT": "f32"}),
    "ocrdesk-onnxruntime": Engine("ocrdesk", lambda: open_ocrdesk(device="onnxruntime")),
    "rapidocr": Engine("rapidocr", open_rapidocr),
    "rapidocr-onnxruntime": Engine("rapidocr_onnxruntime", open_rapidocr_onnxruntime),
    "tesseract": Engine("tesseract", open_tesseract),
    "tesseract-one-thread": Engine("tesseract", open_tesseract, {"OMP_THREAD_LIMIT": "1"}),
}


def serve(name: str) -> None:
    """Answers requests, a line of JSON each, with an engine."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # libraries print there
        read = ENGINES[name].open()
        for request in sys.stdin:
            try:
                answer: dict[str, Any] = {"lines": read(*_unpacked(request))}
            except Exception as error:  # noqa: BLE001 - the page is lost to this engine, the others go on
                answer = {"lines": [], "error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)


def _unpacked(request: str) -> tuple[Path, str]:
    path, language = json.loads(request)
    return Path(path), language


# The other side


class Contender:
    """An engine in its process, and what it has done.

    Attributes:
        name: Of the engine.
        trouble: Why it could not start, or empty.
        start_cpu: Processor seconds until it had read the first, small picture.
        pages: A record for each page.
        predictions: The lines of each page.
        peak: Most memory, in MB.
    """

    def __init__(self, name: str, small: Path) -> None:
        self.name = name
        self.pages: list[dict[str, Any]] = []
        self.predictions: dict[str, Lines] = {}
        self.peak = 0.0
        self._process = subprocess.Popen(
            [sys.executable, __file__, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | ENGINES[name].environment,
        )
        self._tree = ProcessTree(self._process.pid)
        self.trouble: str = self._ask(small, "en").get("error", "")
        self.start_cpu = self._tree.cpu()

    def read(self, page: dict[str, Any], folder: Path) -> None:
        """Has it read a page of the manifest."""
        before, begun = self._tree.cpu(), time.perf_counter()
        answer = self._ask(folder / page["file"], page["language"])
        wall = time.perf_counter() - begun
        self.predictions[page["file"]] = answer["lines"]
        record = {"file": page["file"], "cpu": round(self._tree.cpu() - before, 2), "wall": round(wall, 3)}
        self.pages.append(record | ({"error": answer["error"]} if "error" in answer else {}))

    @property
    def cpu(self) -> float:
        """Processor seconds so far, with those of its start."""
        return self._tree.cpu()

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()

    def _ask(self, path: Path, language: str) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        with PeakMemory(self._tree) as peak:
            with suppress(BrokenPipeError):
                print(json.dumps([str(path), language]), file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline()
        self.peak = max(self.peak, peak.megabytes)
        found: dict[str, Any] = json.loads(answer) if answer else {"lines": [], "error": "Its process has ended."}
        return found


SECONDS = 0.2
"""So often memory is looked at."""


def is_measurable() -> bool:
    """Whether the system tells: elsewhere than on Linux, nothing here works."""
    return sys.platform == "linux"


class ProcessTree:
    """A process and its descendants, those that have ended included once they were waited for."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def cpu(self) -> float:
        """Processor seconds of all of them so far, user and system; exact to 0.01 s a process."""
        found = _processes()
        return sum(found[pid][1] for pid in self._members(found)) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Memory at this moment, in MB (10⁶ bytes); what several processes share is counted once."""
        return sum(_kilobytes(pid) for pid in self._members(_processes())) * 1024 / 1e6

    def _members(self, found: dict[int, tuple[int, int]]) -> list[int]:
        children: dict[int, list[int]] = {}
        for pid, (parent, _) in found.items():
            children.setdefault(parent, []).append(pid)
        members = [self._pid] if self._pid in found else []
        for pid in members:  # grows while it is walked
            members.extend(children.get(pid, []))
        return members


class PeakMemory:
    """Looks at a tree's memory every 0.2 s while it is entered, and once more at the end.

    Attributes:
        megabytes: The most there was.
    """

    def __init__(self, tree: ProcessTree) -> None:
        self.megabytes = 0.0
        self._tree = tree
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        while not self._over.wait(SECONDS):
            self._look()

    def _look(self) -> None:
        self.megabytes = max(self.megabytes, self._tree.megabytes())


def _processes() -> dict[int, tuple[int, int]]:
    """The parent of each process, and the clock ticks of it and of its descendants that it has waited for."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            found[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return found


def _kilobytes(pid: int) -> int:
    for name, entry in ("smaps_rollup", "Pss:"), ("status", "VmRSS:"):
        with suppress(OSError):  # it has ended, or the kernel has no such file
            for line in (Path("/proc") / str(pid) / name).read_text().splitlines():
                if line.startswith(entry):
                    return int(line.split()[1])
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
