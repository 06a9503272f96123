import random
import sqlite3
from contextlib import closing

import pytest

from ocrdesk.engine.search.folding import TOKENIZER, indexed
from ocrdesk.engine.search.query import Where, in_names, parse


@pytest.fixture
def index():
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE VIRTUAL TABLE found USING fts5(text, name, folder, tokenize = "{TOKENIZER}")')
        yield db


def is_found(index, typed, *lines, name="scan 7.jpg", folder="/home/Ann/Receipts 2019"):
    index.execute("DELETE FROM found")
    index.execute("INSERT INTO found VALUES (?, ?, ?)", (indexed(lines), indexed([name]), indexed([folder])))
    match = parse(typed).match
    return match is not None and bool(index.execute("SELECT 1 FROM found WHERE found MATCH ?", (match,)).fetchone())


@pytest.mark.parametrize(
    "typed",
    [
        "brown quick ",
        "qui",
        "FOX",
        '"quick brown"',
        '"quick bro',
        "„quick brown“",
        '"fox jumps"',
        "quick -slow",
        '-"brown quick" fox',
        "slow OR quick",
        "slow OR quick fox",
        "fox OR",
        "name:scan",
        "folder:receipts fox",
        "folder:receip",
        'folder:"receipts 2019" name:7',
        "folder:receipts -name:8",
        "(quick)",
        "quick,brown",
        "qui* fox",
        '"quick bro*"',
    ],
)
def test_a_page_is_found(index, typed):
    assert is_found(index, typed, "The quick brown fox", "jumps")


@pytest.mark.parametrize(
    "typed",
    [
        "qui ",
        '"qui"',
        '"brown quick"',
        '"quick brown f"',
        "quick -fox",
        "fox -name:scan",
        "slow OR fast fox",
        "scan",
        "name:fox",
        "folder:scan",
        "f",
        "quick fax",
    ],
)
def test_a_page_is_not_found(index, typed):
    assert not is_found(index, typed, "The quick brown fox", "jumps")


@pytest.mark.parametrize(
    "typed", ["", " ", '"', '""', "-", "OR", "- OR -", "()", "-fox", "name:\x00", "\x00", "*", "…"]
)
def test_nothing_is_looked_for(typed):
    assert parse(typed).match is None


def test_no_phrase_is_found_that_does_not_stand_there(index):
    page = ("we work zusam-", "men here")
    assert is_found(index, '"work zusammen here"', *page)
    assert is_found(index, '"work zusam men here"', *page)
    assert not is_found(index, '"here we work"', *page)


def test_whatever_is_typed_is_harmless(index):
    chance = random.Random(7)
    pieces = ['"', "-", "OR", "AND", "NOT", "NEAR(", ")", "*", "^", ":", "name:", "folder:", "text:", "{a b}:", "\x00",
              "a", "fox", "中", "\ud800", "+", "'", ";", "--", "\\", "3.4.2019", " ", "\n", "é", "\ue000"]  # fmt: skip
    for _ in range(200):
        typed = "".join(chance.choices(pieces, k=chance.randrange(1, 9)))
        is_found(index, typed, "The quick brown fox")


def test_chinese_is_found_from_one_character_on(index):
    page = ("我们在北京", "大学读书")
    assert all(is_found(index, typed, *page) for typed in ("北", "北京", "京大", "大学 北京", '"北京大学"'))
    assert not any(is_found(index, typed, *page) for typed in ("京北", "北大", "上海"))


@pytest.mark.parametrize("typed", ["1.234,50", "1,234.50", "1234.50 ", "1 234,50", "1'234.50", "€1.234,50", "1.234,5"])
@pytest.mark.parametrize("printed", ["1.234,50", "1,234.50 EUR", "1234.50", "1 234,50", "1’234.50"])
def test_amounts_are_found_in_all_spellings(index, typed, printed):
    assert is_found(index, typed, f"Total {printed}")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("1.234,50", "234,50"), ("12.50 ", "1250"), ("1 234", "1,235"), ("0171 ", "171"), ("1234.50 ", "1234.55")],
)
def test_other_amounts_are_not_found(index, typed, printed):
    assert not is_found(index, typed, f"Total {printed}")


@pytest.mark.parametrize(
    "typed", ["3.4.2019", "03.04.2019", "2019-04-03", "3. April 2019", "April 3, 2019", "3 avril 2019", "2019年4月3日"]
)
@pytest.mark.parametrize(
    "printed",
    ["03.04.2019", "3.4.2019", "2019-04-03", "3. April 2019", "Apr 3, 2019", "April 3rd, 2019", "3 de abril de 2019",
     "2019年4月3日", "03/04/2019", "03.04.19", "3. dubna 2019"],
)  # fmt: skip
def test_days_are_found_in_all_spellings(index, typed, printed):
    assert is_found(index, f"Invoice {typed} ", f"Invoice of {printed}")


def test_a_day_that_may_be_another_is_found_as_it_was_typed(index):
    assert is_found(index, "03/04/2019", "on 03/04/2019")
    assert not is_found(index, "03/04/2019", "on April 3, 2019")
    assert is_found(index, "13/04/2019", "on April 13, 2019")
    assert is_found(index, "04/13/2019", "on 13.4.2019")


def test_words_beside_a_day_are_words_of_their_own(index):
    assert is_found(index, "invoice April 3, 2019 paid", "paid: invoice of 2019-04-03")
    assert is_found(index, "12 monkeys 1995", "1995 12 monkeys")


def test_a_word_that_is_being_typed_may_go_on_until_a_space_follows():
    assert parse("one tw").in_text[-1].is_prefix
    assert not any(term.is_prefix for term in parse("one tw ").in_text)
    assert not any(parse(typed).in_text[-1].is_prefix for typed in ('"one tw"', "a", "中", "3.4.2019"))


def test_terms_say_where_they_are_looked_for():
    assert [term.where for group in parse("name:a folder:b c").wanted for term in group] == [
        Where.NAME,
        Where.FOLDER,
        Where.TEXT,
    ]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("scan", "name:scan"),
        ("scan 7 ", "name:scan name:7 "),
        ("„scan 7“ -paid", 'name:"scan 7" -paid'),
        ("scan OR photo", "name:scan OR name:photo"),
        ("name:scan 7", None),
        ("scan folder:2019", None),
        ("", ""),
    ],
)
def test_the_same_is_looked_for_in_names(typed, names):
    assert in_names(typed) == names


@pytest.mark.parametrize("typed", ["scan_7.JPG", "sca", '"scan 7"', "7.jpg scan", "scan 8 OR 7"])
def test_names_are_found_as_they_are_typed(index, typed):
    assert is_found(index, in_names(typed), "Nothing of that")
    assert not is_found(index, typed, "Nothing of that")
