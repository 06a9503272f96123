import pytest

from ocrdesk.engine.search.query import parse
from ocrdesk.engine.search.similar import OFF, distance, limit, similar_words
from ocrdesk.engine.search.tolerant import MOST_WAYS, with_similar_words


class Words:
    """The words of a library that has few."""

    def __init__(self, words):
        self.words = set(words.split())

    def known(self, words, *, as_beginnings):
        begin = str.startswith if as_beginnings else str.__eq__
        return {word for word in words if any(begin(own, word) for own in self.words)}

    def beginning_with(self, letters):
        return [word for word in self.words if word.startswith(letters)]


def never(word):
    return False


@pytest.mark.parametrize(
    ("word", "misread"),
    [
        ("g00gle", "google"),
        ("modern", "modem"),
        ("clear", "dear"),
        ("window", "vvindow"),
        ("l0", "lo"),
        ("bill", "bi11"),
        ("2015a", "20l5a"),
        ("strasse", "strabe"),
        ("invoice", "involce"),
        ("invoice", "inoice"),
        ("invoice", "invoicce"),
        ("invoice", "invioce"),
        ("invoice", "xnvoice"),
        ("council", "counoil"),
        ("economic", "eoonomio"),
        ("manufactured", "manufxctvred"),
        ("1500", "l5o0"),
    ],
)
def test_misread_words_are_similar(word, misread):
    assert similar_words(word, Words(misread), never) == [misread]


@pytest.mark.parametrize(
    ("word", "other"),
    [("the", "she"), ("form", "fork"), ("house", "rouge"), ("2018", "2019"), ("中国", "中口"), ("invoice", "voice")],
)
def test_other_words_are_not(word, other):
    assert similar_words(word, Words(other), never) == []


def test_words_of_a_language_were_not_misread_and_the_most_similar_come_first():
    words = Words("modern modem mcdern moderm modxrn")
    assert similar_words("modern", words, "modem".__eq__) == ["mcdern", "moderm", "modxrn"]


def test_what_is_being_typed_is_similar_to_beginnings():
    assert similar_words("invoi", Words("lnvoice unvoiced"), never, is_beginning=True)[0] == "lnvoi"
    assert similar_words("inv", Words("lnvoice"), never, is_beginning=True) == []


@pytest.mark.parametrize("word", ["modern", "cliff", "vva", "inn"])
def test_a_word_is_as_far_from_another_as_that_one_is_from_it(word):
    assert distance(word, word) == 0
    for other in ("modem", "diff", "wa", "im", "xyz"):
        assert distance(word, other) == pytest.approx(distance(other, word))
    assert distance(word, "") == OFF * len(word)


def test_short_words_may_be_less_far_off():
    assert limit("the") < limit("form") < limit("house") < limit("invoices")


def ways(typed, words):
    query, others = with_similar_words(parse(typed), Words(words))
    return [[" ".join(way) for way in term.ways] for group in query.wanted for term in group], others


def test_a_query_gets_similar_words():
    found, others = ways('qvarzel "pay qvarzel" -qvarzel name:qvarzel ', "qvarzel qvarzei poy")
    assert found == [
        ["qvarzel", "qvarzei"],
        ["pay qvarzel", "poy qvarzel", "pay qvarzei", "poy qvarzei"],
        ["qvarzel"],
    ]
    assert others == {"qvarzel": ("qvarzei",), "pay": ("poy",)}


def test_words_that_were_parted_or_joined_are_found():
    assert ways("infanterie ", "infan terie")[0] == [["infanterie", "infan terie"]]
    assert ways('"paid in full"', "paidin")[0] == [["paid in full", "paidin full"]]


def test_a_word_that_is_nowhere_may_have_been_mistyped():
    assert ways("recieve ", "receive")[1] == {"recieve": ("receive",)}
    assert ways("receive ", "receive relieve")[1] == {}


def test_long_phrases_are_not_looked_for_in_all_ways():
    words = " ".join(f"qvarzel{letter}" for letter in "abcdefghijklm")
    ((term,),) = with_similar_words(parse('"' + " ".join(["qvarzel"] * 8) + '"'), Words(words))[0].wanted
    assert len(term.ways) == MOST_WAYS
    assert [way.count("qvarzel") for way in term.ways] == [8] + [7] * (MOST_WAYS - 1)
    assert {way.index("qvarzela") for way in term.ways[1:9]} == set(range(8))


def test_what_is_no_word_has_nothing_similar():
    assert ways("x" * 100_000 + " ", "xxxx")[1] == {}
