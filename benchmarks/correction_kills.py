"""Kills the window with SIGKILL while lines are corrected, and checks that all it showed as kept is in the library.

    python benchmarks/correction_kills.py {lines,review} PAGE... [--kills 50] [--display 31] [--keep FOLDER]

The pages are read once. Each round opens the window on a copy of their library, under Xvfb and openbox, and types one
word after another as a person would, by ``xdotool``: over whole lines in the text of the first page (``lines``), or
over the words of the review (``review``; the pages need at least twelve words to check). At a random moment the program
is stopped, the screen is photographed, and the program is killed without having run on. What the photograph shows was
kept by what the window says: each typed word beside the open card, and the number of lines or words that were changed.
That is read with the recognizer of the program, and must be in the library; this must be whole and otherwise the same.

Needs Linux, and xvfb, openbox and xdotool.
"""

import argparse
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
from PIL import Image

from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6
from ocrdesk.engine.recognition.recognizer import Recognizer

WIDTH, HEIGHT = 1280, 1000
ACCENT = 31, 111, 235
"""The colour of the frame round the card, and round whatever has the focus."""

BORDER = 212, 217, 223
"""The colour of the rules between the parts of the window."""

LETTERS = "ABDEFHKMNPRTXY"
"""Letters that are hardly taken for each other."""

MOST_WORDS = 12
"""How many are typed in a round; as many lines are seen without scrolling."""

TYPE = "type", "--delay", "8", "--args", "1"
"""How xdotool types one word."""

BESIDE = 360
"""Width of the page beside the review."""
TEXT_TOP = 150
"""Where the text of the page begins, below the title bar, the menus and the symbols."""


PATIENCE = 90.0
"""Seconds until the window must have done what it was told, on a machine with much else to do."""

Texts = Counter[tuple[int, object, str]]
"""The lines of a library: page, place and text of each."""


class Screen:
    """A display without a monitor, whose pixels lie in a file."""

    def __init__(self, number: int, home: Path) -> None:
        self._env = os.environ | {"DISPLAY": f":{number}", "HOME": str(home)}
        self._pixels = home / "Xvfb_screen0"
        command = ["Xvfb", f":{number}", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-noreset", "-fbdir", str(home)]
        self._processes = [subprocess.Popen(command, stderr=subprocess.DEVNULL)]
        wait_for("the display", lambda: self.tell("getdisplaygeometry"))
        self._processes.append(self.start("openbox"))

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Starts a program on the display."""
        return subprocess.Popen(command, env=self._env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def tell(self, *words: str) -> str:
        """Has xdotool do something; returns what it says, empty if it fails."""
        done = subprocess.run(["xdotool", *words], env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    def photograph(self) -> np.ndarray:
        """Returns what is seen, height × width × 3."""
        raw = self._pixels.read_bytes()
        header = np.frombuffer(raw, ">u4", 25)
        begin, bytes_per_line = int(header[0] + 12 * header[19]), int(header[12])
        rows = np.frombuffer(raw, np.uint8, HEIGHT * bytes_per_line, begin).reshape(HEIGHT, -1, 4)
        return rows[:, :WIDTH, 2::-1].copy()

    def at_rest(self, seconds: float = 0.05) -> np.ndarray:
        """Returns what is seen once nothing has changed for some time."""
        before = self.photograph()
        while True:
            time.sleep(seconds)
            if np.array_equal(before, now := self.photograph()):
                return now
            before = now

    def close(self) -> None:
        """Ends it."""
        for process in reversed(self._processes):
            process.terminate()
            process.wait()


def wait_for(what: str, is_there: Callable[[], object], again: Callable[[], object] | None = None) -> None:
    """Waits until something is there; does the same once more every few seconds if it can be missed."""
    end, next_time = time.monotonic() + PATIENCE, time.monotonic()
    while not is_there():
        now = time.monotonic()
        if now > end:
            raise TimeoutError(f"{what} did not come in {PATIENCE:.0f} seconds")
        if again is not None and now >= next_time:
            again()
            next_time = now + 6
        time.sleep(0.02)


def is_accent(picture: np.ndarray) -> np.ndarray:
    """Which pixels have the accent colour."""
    near: np.ndarray = (np.abs(picture.astype(np.int16) - ACCENT) <= 6).all(axis=2)
    return near


class Lines:
    """Corrects the lines of the first page in its text."""

    said = r"(\d+)\s*corrected"

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._left = 0

    def open(self) -> None:
        """Opens the page, and the card on its first line."""
        wait_for("the full page", self._is_page_open, lambda: self._screen.tell("key", "Return"))
        wait_for("the card", lambda: self._card(self._screen.photograph()), self._click_on_text)
        wait_for("the card", self.is_ready)
        self._screen.tell("mousemove", "400", str(HEIGHT - 60))

    def _is_page_open(self) -> bool:
        """A rule stands between the picture of the page and its text then, about in the middle of the window."""
        rules = (np.abs(self._screen.photograph().astype(np.int16) - BORDER) <= 3).all(axis=2).sum(axis=0)
        begin, end = int(WIDTH * 0.45), int(WIDTH * 0.6)
        self._left = begin + int(rules[begin:end].argmax()) + 4
        return int(rules[begin:end].max()) > HEIGHT * 0.6

    def _click_on_text(self) -> None:
        self._screen.tell("mousemove", "400", str(HEIGHT - 60))  # the pointer is dark, too
        text = self._screen.at_rest()[TEXT_TOP:800, self._left : WIDTH - 30].max(axis=2) < 90
        if text.any():
            y = int(np.flatnonzero(text.any(axis=1))[0])
            x = int(np.flatnonzero(text[y : y + 12].any(axis=0))[0])
            self._screen.tell("mousemove", str(self._left + x + 8), str(TEXT_TOP + y + 6))
            self._screen.tell("click", "--repeat", "2", "--delay", "50", "1")

    def _card(self, picture: np.ndarray) -> tuple[int, int] | None:
        """The rows in which the card begins and ends."""
        accent = is_accent(picture[:, self._left :])
        edges = np.flatnonzero(accent.sum(axis=1) > 0.6 * accent.shape[1])
        return (int(edges[0]), int(edges[-1])) if len(edges) and edges[-1] - edges[0] > 60 else None

    def is_ready(self) -> bool:
        """Whether the card has a line in which nothing was typed: its button says “Next”, not “Keep, next”."""
        picture = self._screen.photograph()
        if (card := self._card(picture)) is None:
            return False
        button = is_accent(picture[card[1] - 34 : card[1] - 8, self._left + 40 : WIDTH - 34]).any(axis=0)
        return 40 < int(button.sum()) < 105

    def clear(self) -> list[str]:
        """What xdotool does before it types."""
        return ["key", "ctrl+a"]

    def kept(self, picture: np.ndarray) -> np.ndarray:
        """The part of the picture that shows what is kept: the text without the card."""
        shown = picture[40:, self._left :].copy()
        if (card := self._card(picture)) is not None:
            shown[max(card[0] - 42, 0) : card[1] - 38] = 255
        return shown


class Review:
    """Corrects words in the review."""

    said = r"(\d+)"

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def open(self) -> None:
        """Opens the review."""
        wait_for("the review", self.is_ready, lambda: self._screen.tell("key", "F7"))

    def is_ready(self) -> bool:
        """Whether the field has a word in which nothing was typed: all of it is selected."""
        accent = is_accent(self._screen.photograph())[:, : WIDTH - BESIDE]
        edges = np.flatnonzero(accent.sum(axis=1) > 0.6 * accent.shape[1])
        return len(edges) > 0 and int(accent[edges[0] + 6 : edges[-1] - 6].sum()) > 6 * int(np.ptp(edges))

    def clear(self) -> list[str]:
        """What xdotool does before it types."""
        return []

    def kept(self, picture: np.ndarray) -> np.ndarray:
        """The part of the picture that shows what is kept: how many words were changed, in the middle of the foot."""
        foot = picture[HEIGHT - 64 : HEIGHT - 12, WIDTH - BESIDE * 2 // 3 : WIDTH - BESIDE // 3]
        return np.asarray(Image.fromarray(foot).resize((foot.shape[1] * 3, foot.shape[0] * 3)))


def tokens(chance: random.Random) -> list[str]:
    """Words that differ from each other in at least four letters."""
    found: list[str] = []
    while len(found) < MOST_WORDS:
        token = "K" + "".join(chance.choices(LETTERS, k=7))
        if all(sum(a != b for a, b in zip(token, other, strict=True)) >= 4 for other in found):
            found.append(token)
    return found


def is_in(token: str, text: str) -> bool:
    """Whether a word was read, with one letter wrong at most."""
    windows = (text[at : at + len(token)] for at in range(len(text) - len(token) + 1))
    return any(sum(a != b for a, b in zip(token, window, strict=True)) <= 1 for window in windows)


def killed(screen: Screen, library: Path, way: Lines | Review, words: list[str], chance: random.Random) -> np.ndarray:
    """Starts the window, types, kills it at a random moment; returns what was seen then."""
    process = screen.start(sys.executable, "-m", "ocrdesk", "--library", str(library))
    try:
        wait_for("the window", lambda: screen.tell("search", "--onlyvisible", "--name", "^ocrdesk$"))
        window = screen.tell("search", "--onlyvisible", "--name", "^ocrdesk$").split()[0]
        screen.tell("windowsize", window, str(WIDTH - 10), str(HEIGHT - 30))
        screen.tell("windowmove", window, "2", "20")
        screen.tell("windowactivate", window)
        screen.at_rest(0.5)
        way.open()
        last, typed_in, kept_in = chance.randrange(len(words)), 0.4, 0.2
        for word in words[:last]:
            begun = time.monotonic()
            type_word(screen, way, word)
            typed_in = time.monotonic() - begun
            screen.tell("key", "Return")
            wait_for("what comes next", way.is_ready)
            kept_in = time.monotonic() - begun - typed_in
        if chance.random() < 0.5:
            acting = screen.start("xdotool", *way.clear(), *TYPE, words[last], "key", "Return")
            time.sleep(chance.uniform(0, 1.3 * (typed_in + kept_in)))
        else:  # while it is being kept
            type_word(screen, way, words[last])
            acting = screen.start("xdotool", "key", "Return")
            time.sleep(chance.uniform(0, 1.3 * kept_in))
        process.send_signal(signal.SIGSTOP)
        seen = screen.at_rest()
        process.kill()
        process.wait()
        acting.wait()
        return seen
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def type_word(screen: Screen, way: Lines | Review, word: str) -> None:
    """Types a word and waits until it is seen."""
    screen.tell(*way.clear(), *TYPE, word)
    wait_for("the word", lambda: not way.is_ready())


def texts_of(folder: Path) -> Texts:
    """The lines of a library, as it is after a start of the program."""
    with closing(Library(folder)) as library:
        pages = [page for batch in library.batches() for page in library.page_ids(batch.id)]
        return Counter((page, line.polygon, line.text) for page in pages for line in library.texts.of(page).lines)


def is_whole(folder: Path) -> bool:
    """Whether SQLite finds nothing wrong with a library."""
    with closing(sqlite3.connect(folder / "library.sqlite")) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def read(recognizer: Recognizer, picture: np.ndarray) -> str:
    """The text in a picture."""
    return "\n".join(line.text for line in recognizer.read(np.ascontiguousarray(picture)).lines)


def main() -> None:
    """Runs the rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=["lines", "review"])
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--display", type=int, default=31)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the photographs")
    options = parser.parse_args()
    chance, recognizer = random.Random(options.seed), recognizer_maker(PPOCR_V6)()
    sums: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-correction-kills-") as folder:
        home = Path(folder)
        command = [sys.executable, "-m", "ocrdesk", "run", *map(str, options.pages), "--library", str(home / "first")]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        before = texts_of(home / "first")
        screen = Screen(options.display, home)
        try:
            for number in range(options.kills):
                copy = home / "copy"
                shutil.copytree(home / "first", copy)
                way = (Lines if options.way == "lines" else Review)(screen)
                words = tokens(chance)
                seen = killed(screen, copy, way, words, chance)
                is_safe = is_whole(copy)  # as the kill left it
                after = texts_of(copy)
                found = one_round(way, read(recognizer, way.kept(seen)), words, before, after)
                found["not whole"] = int(not (is_safe and is_whole(copy)))
                sums.update(found)
                if options.keep is not None:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    Image.fromarray(seen).save(options.keep / f"{options.way}-{number + 1:03}.png")
                print(f"kill {number + 1:3}: {said(found)}", flush=True)
                shutil.rmtree(copy)
        finally:
            screen.close()
    print(f"{options.kills} kills: {said(sums)}")
    sys.exit(bool(sums["lost"] or sums["not whole"] or sums["other lines changed"]))


def one_round(way: Lines | Review, text: str, words: list[str], before: Texts, after: Texts) -> Counter[str]:
    """Compares what was read on the photograph with what is in the library."""
    changed = [line for *_, line in (after - before).elements()]
    on_disk = [token for token in words if any(token in line for line in changed)]
    joined = "".join(text.upper().split())
    shown = [token for token in words if is_in(token, joined)] if isinstance(way, Lines) else []
    number = max(map(int, re.findall(way.said, text)), default=0)
    others = [line for line in changed if not any(token in line for token in words)]
    return Counter(
        {
            "shown": max(len(shown), number),
            "counted": number,
            "on disk": len(on_disk),
            "lost": max(len(set(shown) - set(on_disk)), number - len(on_disk), 0),
            "not shown yet": max(len(on_disk) - max(len(shown), number), 0),
            "other lines changed": len(others) + abs((before - after).total() - len(changed)),
        }
    )


def said(found: Counter[str]) -> str:
    """Numbers as they are printed."""
    return ", ".join(f"{number} {words}" for words, number in found.items())


if __name__ == "__main__":
    main()
