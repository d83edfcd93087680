import pytest
from tests.proofread.reading import page

from pminusy.proofread.readings.options import options_in
from pminusy.proofread.syntax.vocabulary import Reading, Vocabulary


def found(formula):
    own = page(formula)
    tokens = [token for chain in own.chains for member in chain.members for token in member.tokens]
    return {options[0].key: options for options in options_in(tokens, own.vocabulary)}, own.vocabulary


@pytest.mark.parametrize(
    ("formula", "key", "names"),
    [
        ("g(x) = 3 x", "g(…)", ["a function call", "a product"]),
        ("a = v + v(b + c)", "v(…)", ["a product", "a function call"]),
        ("s = X'X b", "primes", ["transposes", "derivatives"]),
        ("h = v^l b", "the superscript of v", ["a power", "a label"]),
        (r"a_i = \delta_{ij} b_j", "δ", ["Kronecker's delta", "a variable"]),
        (
            r"D_j q = \frac{\partial q}{\partial r_j}",
            "D_j",
            ["the derivative by r_j", "a factor"],
        ),
        (
            r"a = \log b c",
            "logarithms and similar functions",
            ["applying to the next factors only", "applying to the whole product that follows"],
        ),
    ],
)
def test_the_option_of_the_page_comes_first(formula, key, names):
    options, vocabulary = found(formula)
    assert [option.name for option in options[key]] == names
    first, second = options[key]
    assert first.edit(vocabulary) == vocabulary != second.edit(vocabulary)
    assert first.edit(second.edit(vocabulary)) == vocabulary


def test_an_option_is_reported_as_a_reading():
    options, _ = found("g(x) = 3 x")
    assert str(options["g(…)"][1]) == "g(…) read as a product"


def test_where_nothing_is_open_there_is_no_option():
    assert found("a = b + c")[0] == {}


def test_every_part_of_a_reading_but_leniency_has_a_choice():
    every = r"\partial / \log | \sum _ \cos"
    tokens = page(f"a = {every} b").chains[0].members[1].tokens
    changed = {
        name
        for options in options_in(tokens, Vocabulary())
        for name in Reading.__dataclass_fields__
        if getattr(options[1].edit(Vocabulary()).reading, name) != getattr(Reading(), name)
    }
    assert changed == Reading.__dataclass_fields__.keys() - {"forgiving"}
