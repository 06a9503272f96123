"""Collects the texts of the program into ``locale/ocrdesk.pot``, of which catalogues of other languages are made.

``python resources/collect_texts.py``. A catalogue is begun with ``msginit`` or any editor of catalogues, and is read
when ``msgfmt`` has made ``locale/LANGUAGE/LC_MESSAGES/ocrdesk.mo`` of it.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "resources" / "locale" / "ocrdesk.pot"

_MARKED = {"_": 1, "N_": 1, "plural": 2, "Command": 2, "Chip": 3, "Column": 1}
"""Functions, and how many of their first arguments are texts."""

_HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def template() -> str:
    """The texts of the program with the files that they are in, in the order of these."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path in sorted((ROOT / "ocrdesk").rglob("*.py")):
        for texts in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            files = found.setdefault(texts, [])
            if (name := path.relative_to(ROOT).as_posix()) not in files:
                files.append(name)
    with_plural = {texts[0] for texts in found if len(texts) > 1}
    wanted = {texts: files for texts, files in found.items() if len(texts) > 1 or texts[0] not in with_plural}
    return "\n".join([_HEAD, *(_entry(texts, files) for texts, files in wanted.items())])


def _texts(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """Each text of a module; of one with a plural, both."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _MARKED:
            given = call.args[: _MARKED[call.func.id]]
            said = [_strings(argument) for argument in given]
            if call.func.id == "plural":
                yield from ((one, several) for one in said[0] for several in said[1])
            else:
                yield from ((text,) for texts in said for text in texts)


def _strings(argument: ast.expr) -> list[str]:
    """The texts that an argument may be."""
    if isinstance(argument, ast.IfExp):
        return [*_strings(argument.body), *_strings(argument.orelse)]
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value != ""
    return [argument.value] if is_text else []  # type: ignore[attr-defined]


def _entry(texts: tuple[str, ...], files: list[str]) -> str:
    lines = [f"#: {name}" for name in files]
    if any("{" in text for text in texts):
        lines.append("#, python-brace-format")
    lines.append(f"msgid {_quoted(texts[0])}")
    if len(texts) == 1:
        return "\n".join([*lines, 'msgstr ""', ""])
    return "\n".join([*lines, f"msgid_plural {_quoted(texts[1])}", 'msgstr[0] ""', 'msgstr[1] ""', ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
