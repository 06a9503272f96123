import pytest

from ocrdesk.engine.fields.labels import labels_in


def kinds(text: str) -> set[str]:
    return {label.kind for label in labels_in(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TOTAL :", "total"), ("T0TAL", "total"), ("Zu zahlen", "due"), ("RÜCKGELD", "change"), ("Net à payer", "due"),
        ("TotalPayable", "due"), ("Ttal Payable", "due"), ("合計", "total"), ("DO ZAPŁATY", "due"), ("Tarikh", "date"),
    ],
)  # fmt: skip
def test_labels_are_found_whatever_their_case_accents_and_spaces(text: str, kind: str):
    assert kind in kinds(text)


@pytest.mark.parametrize("text", ["Totally fine", "consume", "Barbecue", "datasheet"])
def test_the_beginning_of_another_word_is_no_label(text: str):
    assert not kinds(text) & {"total", "paid", "date"}


def test_a_label_says_where_it_stands():
    label = next(it for it in labels_in("** Grand Total: 5") if it.kind == "due")
    assert (label.start, label.end) == (3, 14)
