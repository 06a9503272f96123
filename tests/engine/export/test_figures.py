import pytest

from ocrdesk.engine.export.figures import Number, is_signed_figure, numbers_in


def column(*texts: str) -> list[Number | None]:
    """The numbers of a table of one column."""
    return [number for (number,) in numbers_in([[text] for text in texts])]


@pytest.mark.parametrize(
    ("text", "value", "shape"),
    [
        ("0", 0, "0"),
        ("2024", 2024, "0"),
        ("-12", -12, "0"),
        ("\u221212", -12, "0"),
        ("0.5", 0.5, "0.0"),
        ("12.50", 12.5, "0.00"),
        ("12,50", 12.5, "0.00"),
        ("0,716", 0.716, "0.000"),
        ("1,234,567", 1234567, "#,##0"),
        ("1.234.567", 1234567, "#,##0"),
        ("1,234.50", 1234.5, "#,##0.00"),
        ("1.234,50", 1234.5, "#,##0.00"),
        ("$ 1,234.50", 1234.5, '"$ "#,##0.00'),
        ("12.50 €", 12.5, '0.00" €"'),
    ],
)
def test_what_can_be_meant_in_one_way_is_a_number_and_keeps_its_looks(text, value, shape):
    assert column(text) == [Number(value, shape)]


@pytest.mark.parametrize(
    "text",
    [
        "1,234", "1.234", "007", "01234", "00.5", "123456789012", "4006381333931", "12.03.2024", "192.168.0.1", "1,2,3",
        "12,34,567.8", "0.310–2.268", "12 %", "(12)", "+49", "1e5", "12.", ".5", "1234567890.123456", "1 234", "٣", "",
        "abc", "3 kg", "=1+1",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_or_would_lose_something_stays_text(text):
    assert column(text) == [None]


def test_a_number_beyond_doubt_tells_what_a_comma_means_in_its_table():
    assert column("1,234", "5.50", "") == [Number(1234, "#,##0"), Number(5.5, "0.00"), None]
    assert column("1,234", "5,50") == [Number(1.234, "0.000"), Number(5.5, "0.00")]


def test_numbers_that_contradict_each_other_stay_text():
    assert column("1.5", "2,5", "1,234") == [None, None, None]


def test_a_column_with_a_figure_in_doubt_stays_text_but_words_do_not_matter():
    assert column("01234", "12345") == [None, None]
    assert column("12", "12.03.2024") == [None, None]
    assert column("Pieces", "12", "-", "n/a") == [None, Number(12, "0"), None, None]


def test_columns_are_looked_at_one_by_one():
    assert numbers_in([["01", "3.50"], ["02", "4.00"]]) == [
        [None, Number(3.5, "0.00")],
        [None, Number(4.0, "0.00")],
    ]


@pytest.mark.parametrize(
    ("text", "is_one"), [("-12.5", True), ("+5 %", True), ("-1+2", False), ("-", False), ("=5", False)]
)
def test_a_sign_before_digits_alone_makes_no_formula(text, is_one):
    assert is_signed_figure(text) is is_one


def test_another_table_of_the_page_tells_what_a_comma_means():
    assert numbers_in([["1,234"]], ["1,234.50", "text"]) == [[Number(1234, "#,##0")]]
