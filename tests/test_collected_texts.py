"""The texts that are to be translated, as ``resources/collect_texts.py`` collects them."""

import ast
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "ocrdesk").rglob("*.py"))


@pytest.fixture(scope="module")
def collect():
    """The script."""
    spec = spec_from_file_location("collect_texts", ROOT / "resources" / "collect_texts.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def at_import(node: ast.AST) -> list[ast.Call]:
    """The calls that are made when a module is imported."""
    inside = [] if isinstance(node, ast.Lambda) else list(ast.iter_child_nodes(node))
    if isinstance(node, ast.FunctionDef):
        inside = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    return [node] * isinstance(node, ast.Call) + [call for child in inside for call in at_import(child)]


def test_the_template_has_the_texts_of_the_source(collect):
    assert collect.TEMPLATE.read_text(encoding="utf-8") == collect.template(), "run resources/collect_texts.py"


def test_each_text_is_in_it_once_and_those_that_are_marked_in_any_way(collect):
    lines = collect.template().splitlines()
    texts = [line for line in lines if line.startswith("msgid ")]
    assert len(texts) == len(set(texts))
    assert len(texts) > 500
    for marked in (
        "Read again",
        "Confidence",
        "No page needs to be checked.",
        "The file is empty (0 bytes).",
        "&File",
        "Columns",
    ):
        assert any(marked in line for line in texts), marked
    plural = lines.index('msgid "{count} file was skipped."')
    assert lines[plural + 1] == 'msgid_plural "{count:,} files were skipped."'


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_texts_are_whole_and_none_is_looked_up_when_its_module_is_imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and called(call) in ("_", "N_", "plural"):
            of_text = call.args[:2] if called(call) == "plural" else call.args
            assert not any(isinstance(part, ast.JoinedStr) for part in of_text), f"line {call.lineno}: an f-string"
    early = [call.lineno for call in at_import(tree) if called(call) in ("_", "plural")]
    assert not early, f"lines {early}"
