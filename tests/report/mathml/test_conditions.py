from xml.etree import ElementTree

import pytest

from pminusy.report.mathml import latex_math


def text(latex):
    return "".join(ElementTree.fromstring(str(latex_math(latex))).itertext()).replace("\u2062", "")


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\delta_{ij}", "δij"),
        (r"\mathbb{1}[i = j]", "𝟙{i=j}"),
        (r"\|x\|_2", "‖x‖2"),
        (r"x \ge 0", "x≥0"),
        (r"y \in \{-1, 1\}", "y∈{−1,1}"),
        (r"i \ne j, k = 1", "i≠j,k=1"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(abcd)"),
    ],
)
def test_conditions_norms_and_matrices_are_typeset(latex, shown):
    assert text(latex) == shown


def test_cases_are_a_table_with_conditions():
    root = ElementTree.fromstring(
        str(latex_math(r"\begin{cases} 1 & i = j \\ 0 & \text{otherwise} \end{cases}"))
    )
    rows = [
        ["".join(cell.itertext()).replace("\N{NO-BREAK SPACE}", " ") for cell in row]
        for row in root.iter("mtr")
    ]
    assert rows == [["1", "if i=j"], ["0", "otherwise"]]


def test_lists_sets_and_intervals_have_their_brackets():
    assert text("(x, y)") == "(x,y)"
    cases = text(r"\begin{cases} 1 & x \in [0, 1) \\ 2 & x \in \{2, 3\} \end{cases}")
    assert "[0,1)" in cases
    assert "{2,3}" in cases
