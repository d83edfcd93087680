"""docs/two-layer-network.md: every number on the page, from NumPy and from the network that its code builds."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from tests.docs.worked_tables import NUMBER, Row, Values, rows, shows, with_a_digit_changed

from pminusy import CrossEntropy
from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict

Array = NDArray[Any]

PAGE = Path(__file__).parents[2] / "docs" / "two-layer-network.md"
TEXT = PAGE.read_text(encoding="utf-8")
RATE = 0.1
EXACT = {"rtol": 1e-13, "atol": 1e-15}


def network(X: Array, Y: Array, parameters: dict[str, Array]) -> dict[str, Any]:
    """Forward and backward, in NumPy; the loss F is the mean over the rows of X."""
    W, b, V, c = (parameters[name] for name in "WbVc")
    A = X @ W + b
    R, M = np.maximum(A, 0), (A > 0).astype(float)
    Z = R @ V + c
    E = np.exp(Z)
    S = E.sum(axis=1)
    P = E / S[:, None]
    L = -np.log((P * Y).sum(axis=1))
    dZ = (P - Y) / len(X)
    dR = dZ @ V.T
    dA = M * dR
    forward = {"X": X, "A": A, "R": R, "M": M, "Z": Z, "E": E, "S": S, "P": P, "Y": Y, "L": L, "F": L.mean()}
    backward = {"dZ": dZ, "dV": R.T @ dZ, "dc": dZ.sum(axis=0), "dR": dR, "dA": dA, "dW": X.T @ dA}
    return {**parameters, **forward, **backward, "db": dA.sum(axis=0)}


def run_page() -> dict[str, Any]:
    """What the code on the page leaves behind."""
    example = doctest.DocTestParser().get_doctest(TEXT, {}, PAGE.name, str(PAGE), 0)
    report: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(example, out=report.append, clear_globs=False)
    assert results.failed == 0, "".join(report)
    return dict(example.globs)


CODE = run_page()
X, LABELS = CODE["X"], CODE["labels"]
Y = np.eye(3)[LABELS]
GIVEN = {name: CODE[name].value for name in "WbVc"}
ONE, TWO = network(X[:1], Y[:1], GIVEN), network(X, Y, GIVEN)
STEPPED = network(X, Y, {name: GIVEN[name] - RATE * TWO[f"d{name}"] for name in GIVEN})
PARAMETERS = {"W_{0h}", "W_{1h}", "b_h", "V_{0k}", "V_{1k}", "V_{2k}", "c_k"}
ROWS = tuple(rows(TEXT))
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)


def values_of(row: Row) -> Values:
    """The page's names: small letters for one sample, large ones for two, with a prime after the step."""
    if row.section in ("Two samples", "One step of gradient descent"):
        return {**TWO, **{f"{name}'": value for name, value in STEPPED.items()}}
    vectors = {name: ONE[name][0] for name in ("E", "S", "L")}
    small = {
        name: name.replace(name[-1], name[-1].lower())
        for name in ONE
        if name.isalpha() and name[-1] in "XARMZPY"
    }
    return {**ONE, **vectors, **{small[name]: ONE[name][0] for name in small}}


@each_row
def test_every_number_of_the_tables(row: Row) -> None:
    assert row.problem(values_of(row)) is None


@each_row
def test_a_changed_digit_in_a_table_is_found(row: Row) -> None:
    for column, cell in enumerate(row.cells):
        for changed in with_a_digit_changed(cell):
            cells = (*row.cells[:column], changed, *row.cells[column + 1 :])
            assert replace(row, cells=cells).problem(values_of(row)), changed


def test_the_tables_hold_every_parameter_gradient_and_step() -> None:
    gradients, stepped = {f"d{name}" for name in PARAMETERS}, {name.replace("_", "'_") for name in PARAMETERS}
    shown = {row.symbol for row in ROWS}
    of_two = {row.symbol for row in ROWS if row.section == "Two samples"}
    of_one = {row.symbol for row in ROWS if row.section == "Backward"}
    assert PARAMETERS | stepped | {"x_d", "a_h", "r_h", "z_k", "p_k", "L_n", "L'_n"} <= shown
    assert gradients | {"dz_k", "dr_h", "da_h"} <= of_one
    assert gradients | {"dZ_{0k}", "dZ_{1k}", "dR_{0h}", "dR_{1h}", "dA_{0h}", "dA_{1h}"} <= of_two


def numbers_of_the_prose() -> list[float]:
    """All that stand outside of tables, displays and code, in their order."""
    n_parameters, squares = 0, 0.0
    for name, value in GIVEN.items():
        n_parameters += value.size
        squares += float((TWO[f"d{name}"] ** 2).sum())
    off = [int(np.flatnonzero(unit == 0)[0]) for unit in TWO["R"]]  # the units, sample by sample
    taken_for = TWO["P"].argmax(axis=1)
    before, after = TWO["F"], STEPPED["F"]
    return [
        *(0, n_parameters),
        *(*X[0], LABELS[0], off[0], ONE["S"][0], LABELS[0], ONE["L"][0]),  # forward
        *(1, 0, off[0], 0, 1, 0, n_parameters),  # backward
        *(*X[1], LABELS[1], 0, 1, taken_for[1], before, off[1], off[0]),  # two samples
        *(RATE, before, after, RATE, n_parameters, squares, RATE, before - RATE * squares),
    ]


def prose_is_right(prose: str) -> bool:
    numbers, expected = re.findall(NUMBER, prose), numbers_of_the_prose()
    return len(numbers) == len(expected) and all(map(shows, numbers, expected))


def test_every_number_of_the_prose() -> None:
    no_code = re.sub(r"^```.*?^```$|^\$\$\n.*?^\$\$$", "", TEXT, flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^\|.*$|\]\([^)]*\)", "", no_code, flags=re.MULTILINE)
    assert prose_is_right(prose)
    assert not any(prose_is_right(changed) for changed in with_a_digit_changed(prose))


def test_the_code_on_the_page_gives_the_same() -> None:
    assert_allclose(CODE["Z"], TWO["Z"], **EXACT)
    assert_allclose(CODE["F"], TWO["F"], **EXACT)
    assert_allclose(CODE["dZ"], TWO["dZ"], **EXACT)
    assert_allclose(CODE["dX"], TWO["dA"] @ GIVEN["W"].T, **EXACT)
    for name in GIVEN:
        assert_allclose(CODE[name].gradient, TWO[f"d{name}"], **EXACT)


def test_one_sample_and_the_step_through_the_network() -> None:
    code = run_page()
    parameters = {name: code[name] for name in "WbVc"}
    for parameter in parameters.values():
        parameter.clear_gradient()
    Z, backward = code["network"].forward(X[:1])
    _, dZ = CrossEntropy().value_and_gradient(Z, LABELS[:1])
    backward(dZ)
    for name, parameter in parameters.items():
        assert_allclose(parameter.gradient, ONE[f"d{name}"], **EXACT)
        parameter.value[...] -= RATE * TWO[f"d{name}"]
    Z, _ = code["network"].forward(X)
    assert_allclose(Z, STEPPED["Z"], **EXACT)
    assert_allclose(CrossEntropy().value(Z, LABELS), STEPPED["F"], **EXACT)


def test_the_page_ends_with_three_lines_of_code() -> None:
    last = TEXT.rpartition("```python\n")[2]
    assert re.fullmatch(r"(>>> .*\n){3}\n```\n", last)


def test_the_formulas_are_proofread() -> None:
    proof = proofread(TEXT)
    assert all(step.verdict in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF) for step in proof.steps)
    assert len(proof.steps) >= 7
    assert proof.assumptions == ("sum(y)=1",)


def test_links_resolve() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert targets
    assert not [target for target in targets if not (PAGE.parent / target).exists()]
