import pytest

from pminusy.proofread.source.law_words import BEFORE, NAMED, NAMES


@pytest.mark.parametrize("law", NAMES)
def test_every_law_has_a_pattern_for_its_name_and_for_what_stands_before_a_parameter(law):
    assert law in BEFORE
    assert law in NAMED or law in ("mean", "variance", "deviation")


@pytest.mark.parametrize(
    ("law", "words"),
    [
        ("normal", "X is normally distributed with parameters "),
        ("normal", "X ist normalverteilt mit "),
        ("poisson", "Poisson distributed with parameter "),
        ("exponential", "une loi exponentielle de paramètre "),
        ("variance", "with the variance "),
        ("mean", "con media "),
        ("uniform", "rozkład jednostajny na przedziale "),
    ],
)
def test_words_before_a_parameter_name_its_law(law, words):
    assert BEFORE[law].search(words)


@pytest.mark.parametrize(
    ("law", "words"),
    [("normal", "the data are normalised by "), ("exponential", "an exponential family with ")],
)
def test_words_that_only_look_alike_do_not(law, words):
    assert not NAMED[law].search(words)
