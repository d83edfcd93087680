"""Names as they are written in LaTeX."""

from __future__ import annotations

from pminusy.proofread.syntax.barred import BAR
from pminusy.proofread.syntax.chances import base_name

_COMMANDS = frozenset(
    [
        "log",
        "ln",
        "exp",
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "sec",
        "csc",
        "cot",
        "arcsin",
        "arccos",
        "arctan",
        "det",
        "max",
        "min",
        "dim",
    ]
)


def latex_name(name: str) -> str:
    r"""A name with its command or its font: `\\log`, `\\mathrm{MSE}`."""
    name = base_name(name).replace(BAR, r" \mid ")
    primes = len(name) - len(name.rstrip("'"))
    base = name.rstrip("'")
    if len(base) > 1 and base.isalpha():
        base = f"\\{base}" if base in _COMMANDS else rf"\mathrm{{{base}}}"
    return base + "'" * primes
