"""An assumption as a formula or a phrase, for pages that typeset."""

from pminusy.errors import InputError
from pminusy.proofread.meaning.lines.assumptions import Assumption, read_assumption
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Symbol

_JOINT = " and "


def in_latex(assumptions: str) -> str:
    r"""Write assumptions as a sentence with formulas between dollar signs.

    Parameters
    ----------
    assumptions : str
        One or more as a proof has them, joined by "and". What is none stays as it is.

    Examples
    --------
    >>> in_latex("sum(y)=1 and symmetric(A)")
    '$\\sum_k y_k = 1$ and $A$ is symmetric'
    """
    return _JOINT.join(map(_sentence, assumptions.split(_JOINT)))


def _sentence(text: str) -> str:
    try:
        return _phrase(read_assumption(text))
    except InputError:
        return text


def _phrase(assumption: Assumption) -> str:
    name = to_latex(Symbol(assumption.family))
    values = ", ".join(f"{value:g}" for value in assumption.values)
    return {
        "sum": rf"$\sum_k {to_latex(Symbol(assumption.family, (Symbol('k'),)))} = {values}$",
        "nonnegative": rf"${name} \ge 0$",
        "one-hot": f"${name}$ is one-hot",
        "values": rf"${name} \in \{{{values}\}}$",
        "symmetric": f"${name}$ is symmetric",
        "orthogonal": f"${name}$ is orthogonal",
        "orthonormal": f"${name}^T {name} = I$",
        "unit": rf"$\|{name}\| = 1$",
        "equal": f"${name} = {values}$",
    }[assumption.kind]
