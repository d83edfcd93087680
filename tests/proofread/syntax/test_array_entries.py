import pytest

from pminusy.proofread import proofread
from pminusy.proofread.syntax.array_entries import with_entries
from pminusy.proofread.syntax.lexer import tokenize

ENTRIES = [
    (["z[k] = a[k] - b[k]", "s = z"], "z_{k}=a_{k}-b_{k}"),
    (["A[i, j] = B[j, i]"], "A_{i,j}=B_{j,i}"),
    (["x[n + 1] = x[n]", "x[0] = 2"], "x_{n+1}=x_{n}"),
]
NONE = [
    ["c[a + b] = c a + c b"],  # a factor
    ["u[k] = u(3)"],  # a call elsewhere
    ["E[k] = 2"],  # an expectation
    ["k[n] = n"],  # the brackets hold names that have brackets themselves
    ["y[x] = 3"],
    ["z[2] = 5"],
]


def written(formulas: list[str]) -> str:
    return "".join(token.text for token in with_entries([tokenize(f) for f in formulas])[0])


@pytest.mark.parametrize(("formulas", "expected"), ENTRIES)
def test_square_brackets_hold_indices(formulas, expected):
    assert written(formulas) == expected


@pytest.mark.parametrize("formulas", NONE)
def test_other_brackets_stay(formulas):
    if formulas[0].startswith("k"):
        formulas = [*formulas, "n[k] = 1"]
    assert "[" in written(formulas)


def test_entries_are_those_of_the_vector():
    page = r"$$v[k] = 3 w[k]$$ $$\sum_k v[k]^2 = 9 \sum_k w[k]^2$$"
    assert [step.verdict for step in proofread(page).steps] == ["holds"]
