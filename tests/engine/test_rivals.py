from ocrdesk.engine.rivals import MOST, RivalLetter, alternatives


def test_alternatives_are_the_likeliest_first_and_several_letters_together_as_likely_as_their_product():
    letters = RivalLetter(0, 1, "b", 0.5), RivalLetter(2, 1, "d", 0.9)
    assert alternatives("aac", letters) == ("aad", "bac", "bad")
    assert alternatives("aac", letters[::-1]) == ("aad", "bac", "bad")
    assert alternatives("aac", ()) == ()


def test_letters_may_be_dropped_and_put_in_wherever():
    assert alternatives("ab", (RivalLetter(0, 1, "", 0.5),)) == ("b",)
    assert alternatives("ab", (RivalLetter(2, 0, "c", 0.5), RivalLetter(0, 0, "d", 0.4)))[:2] == ("abc", "dab")
    both = alternatives("ab", (RivalLetter(1, 1, "", 0.9), RivalLetter(1, 0, "c", 0.9)))
    assert both == ("a", "acb", "ac")


def test_what_says_the_same_or_nothing_is_no_alternative():
    assert alternatives("a", (RivalLetter(0, 1, "", 0.5),)) == ()
    assert alternatives("a", (RivalLetter(0, 1, "a", 0.5), RivalLetter(1, 0, " ", 0.5))) == ()
    assert alternatives("aa", (RivalLetter(0, 1, "", 0.5), RivalLetter(1, 1, "", 0.4))) == ("a",)


def test_there_are_few_however_many_letters_are_unsure():
    letters = [RivalLetter(place, 1, "b", 0.1 + place / 1000) for place in range(500)]
    found = alternatives("a" * 500, letters)
    assert len(found) == MOST
    assert found[0].index("b") == 499
