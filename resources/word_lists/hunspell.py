"""Expands a Hunspell dictionary into the words it accepts, without compounds."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Affix:
    """One rule: what is taken off a stem and what is put on, for stems that end (or begin) in a certain way."""

    strip: str
    add: str
    flags: frozenset[str]
    fits: re.Pattern[str]
    crosses: bool


class Dictionary:
    """A dictionary: the stems of a ``.dic`` file and the affixes of the ``.aff`` file beside it."""

    def __init__(self, path: Path) -> None:
        aff = path.with_suffix(".aff").read_bytes()
        found = re.search(rb"^SET\s+(\S+)", aff, re.MULTILINE)
        encoding = found[1].decode() if found else "latin-1"
        self._kind, self._aliases = "", [frozenset[str]()]
        self._needs_affix = self._forbidden = self._only_in_compounds = ""
        self._prefixes: dict[str, list[_Affix]] = defaultdict(list)
        self._suffixes: dict[str, list[_Affix]] = defaultdict(list)
        self._read_affixes(aff.decode(encoding, "replace").lstrip("\ufeff"))
        self._stems = path.read_bytes().decode(encoding, "replace").splitlines()[1:]

    def _read_affixes(self, text: str) -> None:
        crosses: dict[tuple[str, str], bool] = {}
        for line in text.splitlines():
            match line.split():
                case ["FLAG", kind, *_]:
                    self._kind = kind
                case ["AF", flags, *_] if len(self._aliases) > 1 or not flags.isdecimal():
                    self._aliases.append(self._flags(flags))
                case [("NEEDAFFIX" | "PSEUDOROOT"), flag, *_]:
                    self._needs_affix = flag
                case ["FORBIDDENWORD", flag, *_]:
                    self._forbidden = flag
                case ["ONLYINCOMPOUND", flag, *_]:
                    self._only_in_compounds = flag
                case [("SFX" | "PFX") as where, flag, ("Y" | "N") as crossing, count, *_] if count.isdecimal():
                    crosses[where, flag] = crossing == "Y"
                case [("SFX" | "PFX") as where, flag, strip, add, *rest]:
                    add, _, flags = add.partition("/")
                    condition = rest[0] if rest else "."
                    condition = "" if condition == "." else condition.replace("-", r"\-")
                    try:
                        fits = re.compile(f"{condition}$" if where == "SFX" else condition)
                    except re.error:
                        continue
                    rules = self._suffixes if where == "SFX" else self._prefixes
                    rules[flag].append(
                        _Affix(
                            "" if strip == "0" else strip,
                            "" if add == "0" else add,
                            self._flags(flags),
                            fits,
                            crosses.get((where, flag), False),
                        )
                    )

    def _flags(self, text: str) -> frozenset[str]:
        if len(self._aliases) > 1 and text.isdecimal():
            return self._aliases[int(text)]
        if self._kind == "num":
            return frozenset(text.split(",")) if text else frozenset()
        if self._kind == "long":
            return frozenset(text[at : at + 2] for at in range(0, len(text), 2))
        return frozenset(text)

    def words(self) -> Iterator[str]:
        """Gives every word: stems with up to two suffixes and a prefix."""
        for line in self._stems:
            entry = line.partition("\t")[0].strip()
            stem, flags = entry, frozenset[str]()
            if found := re.match(r"(.*[^\\])/(\S*)", entry):
                stem, flags = found[1], self._flags(found[2])
            stem = re.sub(r"\s+\w\w:\S+.*", "", stem).replace("\\/", "/")
            if self._forbidden not in flags:
                yield from self._with_affixes(stem, flags)

    def _with_affixes(self, stem: str, flags: frozenset[str]) -> Iterator[str]:
        hidden = {self._needs_affix, self._only_in_compounds} - {""}
        if not hidden & flags:
            yield stem
        for word, affix, is_crossed in self._suffixed(stem, flags):
            if not hidden & affix.flags:
                yield word
            for twice, second, _ in self._suffixed(word, affix.flags):
                if not hidden & second.flags:
                    yield twice
            yield from self._prefixed(word, (flags if is_crossed else frozenset()) | affix.flags, crossed=True)
        yield from self._prefixed(stem, flags, crossed=False)

    def _suffixed(self, word: str, flags: frozenset[str]) -> Iterator[tuple[str, _Affix, bool]]:
        for flag in flags & self._suffixes.keys():
            for affix in self._suffixes[flag]:
                if word.endswith(affix.strip) and affix.fits.search(word):
                    yield word[: len(word) - len(affix.strip)] + affix.add, affix, affix.crosses

    def _prefixed(self, word: str, flags: frozenset[str], *, crossed: bool) -> Iterator[str]:
        for flag in flags & self._prefixes.keys():
            for affix in self._prefixes[flag]:
                if (affix.crosses or not crossed) and word.startswith(affix.strip) and affix.fits.match(word):
                    yield affix.add + word[len(affix.strip) :]
