import sqlite3
from contextlib import closing

import pytest

from ocrdesk.engine.search.folding import TOKENIZER, indexed, runs_of, words_of


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Straße", "strasse"),
        ("ÄRGER", "ärger"),
        ("Łódź", "lodz"),
        ("Øresund Đorđe Ħal", "oresund dorde hal"),
        ("ıŞIK İstanbul", "isik istanbul"),
        ("Æther œuvre þorn", "aether oeuvre thorn"),
        ("eﬃcient ﬁnd", "efficient find"),
        ("ＡＢＣ１２３", "abc123"),
        ("don’t „Zitat“ E‑Mail", "don't zitat e-mail"),
        ("a\u0308rger", "ärger"),
        ("zu\u00adsam\u200bmen", "zusammen"),
        ("ёлка ΆΛΦΑ", "елка αλφα"),
        ("がが ﾊﾞ", "がか\u3099 バ"),
        ("한국 한국", "한국 한국"),
        ("10 m²", "10 m2"),
        ("ß", "ss"),
        ("שָׁלוֹם עֲלֵיכֶם", "שלום עליכם"),
        ("בית־ספר", "בית ספר"),
        ('צה"ל ז\'בוטינסקי מס\' "שלום"', "צה״ל ז׳בוטינסקי מס׳ שלום"),
        ("مُحَمَّدٌ كَــتَبَ", "محمد كتب"),
        ("أحمد إلى آدم ٱلله مؤمن شيء", "احمد الى ادم الله مومن شيء"),
        ("مدرسة على", "مدرسه علي"),
        ("کتابی", "كتابي"),
        ("ﻻ ﷲ", "لا الله"),
        ("٤٧١٨ ۴۷۱۸", "4718 4718"),
    ],
)
def test_texts_that_are_written_otherwise_are_the_same(text, same):
    assert [word for word, _, _ in words_of(text)] == [word for word, _, _ in words_of(same)]


def test_abbreviations_in_hebrew_are_one_word_and_what_is_quoted_is_not():
    assert [word for word, _, _ in words_of('צה"ל אמר "כן"')] == ["צהל", "אמר", "כן"]
    assert [word for word, _, _ in words_of("צה״ל, מס׳ 3")] == ["צהל", "מס", "3"]


def test_final_letters_in_hebrew_are_letters_of_their_own():
    assert [word for word, _, _ in words_of("שלומ שלום")] == ["שלומ", "שלום"]


def test_characters_of_scripts_without_spaces_are_words():
    assert [word for word, _, _ in words_of("第3章abc中国 ไทย")] == ["第", "3", "章", "abc", "中", "国", "ไ", "ท", "ย"]


@pytest.mark.parametrize(
    "text", ["The Straße, 5 ﬁnd", "Œuvre a\u0308b 中国x", "plain words only", "か\u3099x", 'צה"ל שָׁלוֹם x', "مُحَمَّدٌ 12"]
)
def test_each_word_stands_where_it_is_said_to_stand(text):
    for word, start, end in words_of(text):
        assert [word] == [again for again, _, _ in words_of(text[start:end])]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["we are zusam-", "men here"], ["we are zusammen here", "we are zusam men here"]),
        (["we are zusam¬", "men"], ["we are zusammen", "we are zusam men"]),
        (["Donau-", "dampf-", "schiff"], ["donaudampfschiff", "donau dampf", "dampf schiff"]),
        (["ZUSAM-", "", "MEN"], ["zusammen", "zusam men"]),
        (["North-", "South line"], ["northsouth line", "north south line"]),
        (["1914-", "1918 and 5-", "mal"], ["1914 1918 and 5 mal"]),
        (["a dash -", "and more"], ["a dash and more"]),
        (["", "-"], [""]),
        ([], [""]),
    ],
)
def test_words_broken_at_line_ends_are_found_whole_and_as_they_stand(lines, words):
    assert [" ".join(word.text for word in run) for run in runs_of(lines)] == words


def test_a_broken_word_stands_in_both_lines():
    (word,) = runs_of(["zusam-", "men"])[0]
    assert [(mark.line, mark.start, mark.end) for mark in word.marks] == [(0, 0, 5), (1, 0, 3)]


def test_fts5_parts_an_indexed_text_at_its_spaces_alone():
    texts = [
        "Łódź straße ﬁnd",
        "中国人 ไทย कहानी か\u3099",
        "a_b c-d 1.234,50 ½ m² ①",
        "zusam-\nmen",
        "한국 עִבְרִית عَرَبِيّ",
    ]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE VIRTUAL TABLE found USING fts5(text, tokenize = "{TOKENIZER}")')
        db.execute("CREATE VIRTUAL TABLE words USING fts5vocab(found, instance)")
        for text in texts:
            given = indexed(text.split("\n"))
            db.execute("DELETE FROM found")
            db.execute("INSERT INTO found VALUES (?)", (given,))
            assert [row[0] for row in db.execute("SELECT term FROM words ORDER BY offset")] == given.split()
