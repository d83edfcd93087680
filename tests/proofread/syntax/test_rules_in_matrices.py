"""Matrices with bars and dashes along their columns and rows."""

from __future__ import annotations

import pytest
from tests.proofread.reading import tree

from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict
from pminusy.proofread.syntax.tree import Fold, Matrix

COLUMNS = r"\begin{pmatrix} | & | \\ u & v \\ | & | \end{pmatrix}"
ROWS = r"\begin{bmatrix} - & u^T & - \\ - & v^T & - \end{bmatrix}"


@pytest.mark.parametrize(("latex", "shape"), [(COLUMNS, (1, 2)), (ROWS, (2, 1))])
def test_only_the_entries_are_kept(latex: str, shape: tuple[int, int]) -> None:
    matrix = tree(latex)
    assert isinstance(matrix, Matrix)
    assert (len(matrix.rows), len(matrix.rows[0])) == shape


def test_dashes_may_stand_in_the_cell_itself_and_columns_go_on_with_dots() -> None:
    assert tree(r"\begin{pmatrix} -\;w^T\;- \end{pmatrix}") == tree(r"\begin{pmatrix} w^T \end{pmatrix}")
    dotted = tree(r"\begin{bmatrix} | & & | \\ a_1 & \cdots & a_n \\ | & & | \end{bmatrix}")
    assert isinstance(dotted, Fold)


def test_negative_entries_stay_negative() -> None:
    plain = tree(r"\begin{pmatrix} -a & b \\ -c & -d \end{pmatrix}")
    assert isinstance(plain, Matrix)
    assert all(len(row) == 2 for row in plain.rows)


def test_products_of_rows_and_columns_are_checked() -> None:
    columns, rows = (each.replace("u", "q_1").replace("v", "q_2") for each in (COLUMNS, ROWS))
    inner = r"\begin{pmatrix} q_1^T q_1 & q_1^T q_2 \\ q_2^T q_1 & q_2^T q_2 \end{pmatrix}"
    text = rf"$$A = {columns}$$ $$A^T A = {rows} {columns} = {inner}$$"
    assert proofread(text).verdict is Verdict.CORRECT
    assert proofread(text.replace("q_1^T q_2", "q_1^T q_1")).verdict is not Verdict.CORRECT
