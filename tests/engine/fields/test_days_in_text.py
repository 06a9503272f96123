from datetime import date

import pytest

from ocrdesk.engine.fields.dates import DayOrder, as_date, dates_in


@pytest.mark.parametrize(
    "text",
    ["2024-03-12", "12.03.2024", "12. März 2024", "12 mars 2024", "12 de marzo de 2024", "March 12, 2024", "12 Mar 24",
     "12. 3. 2024", "2024年3月12日", "12 marca 2024", "12-Mar-2024", "12 MAR'24"],
)  # fmt: skip
def test_a_day_without_doubt_is_read_in_many_languages(text: str):
    (written,) = dates_in(f"on {text} at noon")
    assert written.is_certain and set(written.days.values()) == {date(2024, 3, 12)}


def test_a_day_in_figures_may_be_read_in_two_ways():
    (written,) = dates_in("03/04/2024")
    assert written.days == {DayOrder.DAY_FIRST: date(2024, 4, 3), DayOrder.MONTH_FIRST: date(2024, 3, 4)}


@pytest.mark.parametrize("text", ["1.2.3.4", "31/02/2024 99", "03-6258 7191", "12/2024", "45.13.2024"])
def test_other_figures_are_no_day(text: str):
    assert not dates_in(text)


def test_what_a_person_writes_is_a_day():
    assert as_date("3.4.2024") == date(2024, 4, 3)
    assert as_date("tomorrow") is None
