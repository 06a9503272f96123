import pytest

from ocrdesk.engine.layout.flow import flowing_text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        (["one"], "one"),
        (["one line", "and another"], "one line and another"),
        (["a bro-", "ken word"], "a broken word"),
        (["a bro\u00ad", "ken word"], "a broken word"),
        (["a bro¬", "ken word"], "a broken word"),
        (["the North-", "South line"], "the North-South line"),
        (["in 1914-", "1918"], "in 1914-1918"),
        (["a dash -", "and more"], "a dash - and more"),
        (["网络支付并无", "本质的区别"], "网络支付并无本质的区别"),
        (["これは、", "本です"], "これは、本です"),
        (["the word 本", "means book"], "the word 本 means book"),
        (["one", "", "two"], "one two"),
    ],
)
def test_rows_are_joined_as_they_are_meant(rows, text):
    assert flowing_text(rows, " ".join(rows)) == text


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("a well-known name", "the well-known one"),
        ("a Well-Known name", "the well-known one"),
        ("a wellknown name and a well-known one", "the wellknown one"),
        ("swell-knowns", "the wellknown one"),
        ("", "the wellknown one"),
    ],
)
def test_a_hyphen_stays_where_the_page_writes_the_word_with_it_alone(known, text):
    assert flowing_text(["the well-", "known one"], known) == text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("came in,tied up;slept", "came in, tied up; slept"),
        ("It rained.They slept. So", "It rained. They slept. So"),
        ("1,000 and 3.5 or 10,Bath Road", "1,000 and 3.5 or 10,Bath Road"),
        ("e.g. z.B. U.S. Report.pdf main.c", "e.g. z.B. U.S. Report.pdf main.c"),
        ("www.Example.Org/a,b a.Smith@Town.Example http://a.example/Some.Page", None),
        ("漢字,かな", None),
    ],
)
def test_a_space_is_set_where_print_left_none(printed, meant):
    assert flowing_text([printed], printed) == (meant or printed)
