import pytest

from pminusy.datasets.reading import MISSING, Reading
from pminusy.errors import InputError


def test_an_empty_cell_is_missing_in_any_case():
    assert Reading().markers == ("", *MISSING)
    assert Reading(missing=()).markers == ("",)
    assert Reading(missing=("NA",)).markers == ("", "NA")


def test_what_is_given_goes_before_what_is_remembered():
    remembered = Reading(missing=("-",), decimal=",", header=False)
    assert remembered.updated(Reading()) == remembered
    assert remembered.updated(Reading(decimal=".", separator="|")) == Reading(
        ("-",), ".", None, "|", header=False
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"decimal": "'"}, "decimal: expected '.' or ',', got \"'\""),
        ({"separator": "ab"}, "separator: expected one character, or 'tab', got 'ab'"),
        ({"separator": "\n"}, "separator: expected one character"),
        ({"separator": "·"}, "separator: expected an ASCII character, got '·'"),
        ({"encoding": "utf-9"}, "encoding: expected the name of a text encoding, such as .* got 'utf-9'"),
        ({"encoding": "base64"}, "encoding: expected the name of a text encoding"),
    ],
)
def test_what_cannot_be_is_refused(given, message):
    with pytest.raises(InputError, match=message):
        Reading(**given)
