import json
import pickle

import pytest

from ocrdesk.engine import facts
from ocrdesk.engine.facts import (
    Fact,
    Told,
    has_useless_text,
    of_content,
    pack_told,
    recalled,
    record_of,
    tells,
    together,
    told_of,
    told_of_record,
)

SAME = Fact.SAME_FILE(name="a {0} {name}.pdf")


@pytest.mark.parametrize(
    ("remarks", "whole"),
    [
        ([], None),
        ([None, ""], None),
        ([None, "One."], "One."),
        (["One.", None, "Two.", "One."], "One. Two."),
    ],
)
def test_remarks_stand_one_after_the_other_each_once(remarks, whole):
    assert together(*remarks) == whole


@pytest.mark.parametrize(
    ("remark", "kept"),
    [
        (None, None),
        (Fact.OTHER_SUFFIX(format="TIFF", suffix=".jpg"), None),
        (together(SAME, Fact.PDF_TEXT_UNTRUE()), Fact.PDF_TEXT_UNTRUE()),
        (
            together(Fact.PDF_TEXT_UNSEEN(), "Large.", Fact.PDF_TEXT_PARTLY_UNTRUE(), Fact.MUCH_UNREAD()),
            f"{Fact.PDF_TEXT_PARTLY_UNTRUE()} {Fact.PDF_TEXT_UNSEEN()} {Fact.MUCH_UNREAD()}",
        ),
    ],
)
def test_what_is_said_of_the_content_holds_for_copies(remark, kept):
    assert of_content(remark) == kept


@pytest.mark.parametrize(
    ("remark", "useless"),
    [
        (None, False),
        (Fact.MUCH_UNREAD(), False),
        (Fact.PDF_TEXT_PARTLY_UNTRUE(), False),
        (together("Large.", Fact.PDF_TEXT_UNTRUE()), True),
        (Fact.PDF_TEXT_UNSEEN(), True),
        (str(Fact.PDF_TEXT_UNSEEN()), False),
    ],
)
def test_text_of_which_only_a_part_is_wrong_is_of_use(remark, useless):
    assert has_useless_text(remark) == useless


# Kept, and had again


@pytest.mark.parametrize(
    "told",
    [
        Fact.MUCH_UNREAD(),
        SAME,
        Fact.PICTURE_CUT_OFF(part=0.4),
        together(Fact.TEXT_KEPT(), "A sentence of an earlier version.", Fact.MORE_PAGES(pages=20_000)),
        together("[[1]]"),
        together('["much_unread"]'),
    ],
)
def test_what_is_kept_says_the_same_and_tells_the_same_facts(told):
    for again in (told_of(pack_told(told)), pickle.loads(pickle.dumps(told)), told_of_record(record_of(told))):
        assert again == told
        assert again.parts == told.parts


def test_no_sentence_is_kept_but_a_fact_with_its_values():
    kept = pack_told(together(Fact.TEXT_KEPT(), SAME, Fact.MORE_PAGES(pages=20_000)))
    assert json.loads(kept) == [
        ["text_kept", {}], ["same_file", {"name": "a {0} {name}.pdf"}], ["more_pages", {"pages": 20_000}],
    ]  # fmt: skip


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_kept_as_nothing(nothing):
    assert (pack_told(nothing), told_of(nothing)) == (None, None)


@pytest.mark.parametrize(
    "kept",
    [
        "The file is empty.", "[", "[]", "[not JSON]", "[1]", "[[]]", "[null]",
        '[["much_unread"]]', '[["much_unread", []]]',
        '[["a_fact_of_a_later_version", {}]]', '[["same_file", {}]]', '[["more_pages", {"pages": "many"}]]',
        '[["more_pages", {"pages": NaN}]]', '[["more_pages", {"pages": true}]]', '[["same_file", {"name": [1]}]]',
        '[["more_pages", {"pages": 1e300}]]', '[[["much_unread"], {}]]', "[" * 5_000,
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_as_it_stands(kept):
    told = told_of(kept)
    assert (told, told.parts) == (kept, (kept,))


@pytest.mark.parametrize(
    "record",
    [
        None,
        "text",
        {},
        [],
        ["x"] * 101,
        ["x" * 10_001],
        [["same_file", {"name": "x" * 10_001}]],
        [["much_unread", {}, 1]],
    ],
)
def test_a_record_that_is_none_tells_nothing(record):
    assert told_of_record(record) is None


def test_a_fact_does_not_go_without_its_values():
    with pytest.raises(ValueError, match="MORE_PAGES"):
        Fact.MORE_PAGES()


# What earlier versions kept


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("No picture and no PDF", Fact.NO_PAGE),
        ("Taken out of the batch", Fact.TAKEN_OUT),
        ("Written by ocrdesk itself, from pages that were read", Fact.OWN_EXPORT),
        (
            "Much of this page could not be read as letters; perhaps it is in a script that ocrdesk does not read.",
            Fact.MUCH_UNREAD,
        ),
        (
            "Text that is stored in this PDF is not seen on the page, so what the page shows was read instead.",
            Fact.PDF_TEXT_UNSEEN,
        ),
    ],
)
def test_sentences_that_something_hangs_on_are_known_again(words, fact):
    assert recalled(words).parts == fact().parts


def test_they_are_known_among_others_which_stay_as_they_are():
    before = "Much of this page could not be read as letters; perhaps it is in a script that ocrdesk does not read."
    remark = f"The same file as “a”, so its text was used. {Fact.PDF_TEXT_UNTRUE()} {before} More."
    told = recalled(remark)
    assert told == remark.replace(before, Fact.MUCH_UNREAD())
    assert tells(told, Fact.PDF_TEXT_UNTRUE)
    assert tells(told, Fact.MUCH_UNREAD)
    assert not tells(told, Fact.PDF_TEXT_UNSEEN, Fact.SAME_FILE)
    assert Told(told.parts[::3]) == "The same file as “a”, so its text was used. More."


def test_a_sentence_that_nothing_hangs_on_stays_as_it_is():
    assert recalled("Cut off.").parts == ("Cut off.",)


def test_a_likely_script_is_said_of_every_copy_of_a_file_and_in_the_language_of_the_person(monkeypatch):
    looks = Fact.LOOKS_LIKE_EITHER(script="Greek", other="Thai")
    remark = together(Fact.SAME_FILE(name="a"), Fact.MUCH_UNREAD(), looks)
    assert of_content(remark) == f"{looks} {Fact.MUCH_UNREAD()}"
    monkeypatch.setattr(facts, "_", lambda text: {"Greek": "Griechisch", "": "a whole catalogue"}.get(text, text))
    assert Fact.LOOKS_LIKE(script="Greek").startswith("This looks like Griechisch. ")
    assert Fact.LOOKS_LIKE(script="").startswith("This looks like . ")
