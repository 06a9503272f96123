"""Collects the texts of the program, brings the catalogues of all languages up to date, and compiles them.

``python resources/collect_texts.py [LANGUAGE…]`` writes ``locale/ocrdesk.pot`` and, for each language that there is a
catalogue of, ``ocrdesk.po`` and ``ocrdesk.mo`` in ``locale/LANGUAGE/LC_MESSAGES``. A catalogue is begun for each
LANGUAGE that has none. It needs Babel, which comes with the tests.
"""

import ast
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "ocrdesk.pot"
CATALOGUE = Path("LC_MESSAGES", "ocrdesk.po")

_OF_ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
    "not allowed with argument %s",
    "ambiguous option: %(option)s could match %(matches)s",
)
"""Texts of Python's own parser of command lines, which looks for them in the program's catalogue."""

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
    for text in _OF_ARGPARSE:
        found[(text,)] = ["argparse"]
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
    elif files == ["argparse"] and "%" in texts[0]:
        lines.append("#, python-format")
    lines.append(f"msgid {_quoted(texts[0])}")
    if len(texts) == 1:
        return "\n".join([*lines, 'msgstr ""', ""])
    return "\n".join([*lines, f"msgid_plural {_quoted(texts[1])}", 'msgstr[0] ""', 'msgstr[1] ""', ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def updated(path: Path) -> Catalog:
    """Returns the catalogue in a file, or an empty one, with the texts that the program has now."""
    language = path.parent.parent.name
    with path.open("rb") if path.exists() else io.BytesIO() as file:
        catalogue = read_po(file, locale=language, domain="ocrdesk")
    begun = catalogue.creation_date
    catalogue.update(read_po(io.StringIO(template())), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = begun  # or each run would change it
    catalogue.project, catalogue.version, catalogue.fuzzy = "ocrdesk", "", False
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.header_comment = f"# Texts of ocrdesk in {catalogue.locale.english_name}."
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Returns a catalogue as translators edit it."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, omit_header=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Returns a catalogue as the program reads it: without the texts that are not translated yet."""
    for message in [message for message in catalogue if message.id and not is_translated(message)]:
        catalogue.delete(message.id)
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def is_translated(message: Message) -> bool:
    """Whether a text is translated, in all forms of its plural."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def main() -> None:
    """Does what the module says."""
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")
    for path in sorted({*LOCALE.glob(f"*/{CATALOGUE}"), *(LOCALE / name / CATALOGUE for name in sys.argv[1:])}):
        catalogue = updated(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        texts = len(catalogue)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{path.parent.parent.name}: {texts:,} texts, {texts - len(catalogue):,} of them not translated")


if __name__ == "__main__":
    main()
