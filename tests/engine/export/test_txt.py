from exported import BLANK, FAILED, PROSE, RECEIPT, exported, said, text_of

from ocrdesk.engine.export.txt import FORMAT


def test_a_page_by_itself_is_its_text_and_nothing_else():
    assert text_of(FORMAT, [exported(PROSE, RECEIPT)]) == "A broken word.\n\nBread\t2.40\nSum\n"


def test_of_several_pages_each_stands_under_its_name():
    pages = [exported(said("Größe 发票"), name="a/1.png"), exported(said("two"), name="2.png")]
    assert text_of(FORMAT, pages) == "=== a/1.png ===\n\nGröße 发票\n\n\n=== 2.png ===\n\ntwo\n"


def test_blank_and_failed_pages_say_so():
    assert text_of(FORMAT, [BLANK]) == "[no text]\n"
    assert text_of(FORMAT, [FAILED]) == "[failed: Damaged.]\n"


def test_a_name_of_several_lines_makes_no_header_of_another_page():
    pages = [exported(said("one"), name="1.png ===\n\n=== 2.png"), exported(said("two"), name="3.png")]
    headers = [row for row in text_of(FORMAT, pages).splitlines() if row.startswith("===")]
    assert headers == ["=== 1.png === === 2.png ===", "=== 3.png ==="]
