import pytest

from pminusy.proofread import proofread
from pminusy.proofread.syntax.digit_groups import with_whole_numbers
from pminusy.proofread.syntax.lexer import tokenize

JOINED = [
    (["0,75 + 1,5"], "0.75+1.5"),
    (["p = 0,3", "q = (1 - 0,3)^2"], "p=0.3"),
    (["1,250.5 - 1,250"], "1250.5-1250"),
    [[r"2\,345\,678"], "2345678"],
    (["4.5e-3 + 1e5"], "4.5e-3+1e5"),
    (["x = 1 2"], "x=12"),  # no group: two numbers side by side
]
LISTS = [
    ["i = 0,5"],
    ["(0,5)", "[0,75]"],
    ["a_{0,25}"],
    ["x = 1,2,3"],
    ["x = 0.5", "y = 0,5"],
    ["x = 1,2"],
]


def written(formulas):
    text = "".join(formulas)
    tokens, at = [], 0
    for formula in formulas:
        tokens.append(tokenize(text, at, at + len(formula)))
        at += len(formula)
    return ["".join(token.text for token in each) for each in with_whole_numbers(tokens, text)]


@pytest.mark.parametrize(("formulas", "expected"), JOINED)
def test_the_parts_of_a_number_are_joined(formulas, expected):
    assert written(formulas)[0] == expected


@pytest.mark.parametrize("formulas", LISTS)
def test_lists_stay_lists(formulas):
    assert any("," in each for each in written(formulas))


def test_exponents_are_of_ten():
    assert proofread("$$2.5e-3 = 0.0025$$").verdict == "correct"
    assert proofread("$$2.5e-3 = 0.0035$$").verdict == "wrong"
    assert proofread("$$3e-3 = 3(e-1)$$").verdict == "correct"


def test_decimal_commas_are_computed_with():
    page = r"$$m = 0 \cdot 0,25 + 2 \cdot 0,75 = {}$$"
    assert proofread(page.replace("{}", "1,5")).verdict == "correct"
    assert proofread(page.replace("{}", "1,75")).verdict != "correct"


def test_digits_with_blanks_between_them_are_one_number():
    assert [s.verdict for s in proofread("$$1 2 6 - 5 4 = 7 2$$").steps] == ["holds"]
    assert [s.verdict for s in proofread(r"$$\frac 1 2 + \frac 1 2 = 1$$").steps] == ["holds"]
    assert [s.verdict for s in proofread("$$1 2 6 - 5 4 = 7 3$$").steps] == ["fails"]
