import pytest

from ocrdesk.engine.remarks import PARTLY_UNTRUE, UNREAD, UNSEEN, UNTRUE, has_useless_text, of_content, together


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
        ("This is a TIFF picture, though its name ends in .jpg.", None),
        (f"The same file as “a.pdf”, whose reading was taken. {UNTRUE}", UNTRUE),
        (f"{UNSEEN} Large. {PARTLY_UNTRUE} {UNREAD}", f"{PARTLY_UNTRUE} {UNSEEN} {UNREAD}"),
    ],
)
def test_what_is_said_of_the_content_holds_for_copies(remark, kept):
    assert of_content(remark) == kept


@pytest.mark.parametrize(
    ("remark", "useless"),
    [(None, False), (UNREAD, False), (PARTLY_UNTRUE, False), (f"Large. {UNTRUE}", True), (UNSEEN, True)],
)
def test_text_of_which_only_a_part_is_wrong_is_of_use(remark, useless):
    assert has_useless_text(remark) == useless
