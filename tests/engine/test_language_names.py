import json

import pytest

from ocrdesk.engine.language_names import language_name
from ocrdesk.resources import words_folder


@pytest.mark.parametrize(("language", "name"), [("de", "German"), ("zh", "Chinese"), ("xx", "xx"), (None, "Unknown")])
def test_a_language_is_named_or_told_by_its_code(language, name):
    assert language_name(language) == name


def test_every_language_that_can_be_told_of_a_page_has_a_name():
    told = json.loads((words_folder() / "common.json").read_text(encoding="utf-8"))
    assert [language for language in told if language_name(language) == language] == []
