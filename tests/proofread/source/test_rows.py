"""The rows of a formula."""

from __future__ import annotations

import pytest

from pminusy.proofread.source.rows import rows_of
from pminusy.proofread.syntax.lexer import tokenize


def rows(latex: str) -> list[str]:
    return ["".join(token.text for token in row) for row in rows_of(tokenize(latex))]


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        (r"\begin{align} a &= b \\ &= c \end{align}", ["a=b", "=c"]),
        (r"a = \begin{pmatrix} b \\ c \end{pmatrix}", [r"a=\begin{pmatrix}bc\end{pmatrix}"]),
        (r"a = b ~~~~ (3) \\ c = d", ["a=b", "c=d"]),
        (r"{\color{red}{= a}} + b", ["=a+b"]),
    ],
)
def test_rows_are_without_what_lays_them_out(latex: str, read: list[str]) -> None:
    assert [row.replace(r"\\", "") for row in rows(latex)] == read
