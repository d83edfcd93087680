import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.lookalikes import read_alike, reading_of, told_apart

NFC, NFD = (unicodedata.normalize(form, "crème brûlée") for form in ("NFC", "NFD"))


def test_case_spaces_and_unicode_form_do_not_tell_readings_apart():
    for other in (
        NFD,
        NFC.upper(),
        "crème  brûlée",
        "crème\u00a0brûlée",
        "crème\u200b brûlée",
        " crème brûlée\t",
    ):
        assert other != NFC
        assert reading_of(other) == reading_of(NFC)
    for other in ("creme brulee", "crèmebrûlée", "crème-brûlée", ""):
        assert reading_of(other) != reading_of(NFC)


@given(st.text())
def test_a_reading_is_its_own_and_that_of_every_form(string):
    reading = reading_of(string)
    assert reading_of(reading) == reading
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert reading_of(unicodedata.normalize(form, string)) == reading


def test_groups_keep_their_order_and_repetitions_are_no_others():
    assert read_alike(["b", "A", "a", "B", "c", "a"]) == [["b", "B"], ["A", "a"]]
    assert read_alike(["a", "a", "b"]) == []


def test_what_would_print_alike_is_escaped():
    assert told_apart(["Yes", "yes"]) == ["'Yes'", "'yes'"]
    assert told_apart(["a b", "a\u00a0b"]) == ["'a b'", "'a\\xa0b'"]
    assert told_apart([NFC[:5], NFD[:6]]) == ["'cr\\xe8me'", "'cre\\u0300me'"]
