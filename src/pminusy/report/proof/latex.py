"""A proof as LaTeX: the lines of the derivation with what was found about each."""

from collections.abc import Iterator

from pminusy.proofread.proof import Definition, Proof, Step, StepVerdict
from pminusy.report.proof import words
from pminusy.report.proof.assumptions import in_latex
from pminusy.report.proof.rows import Row, rows

_MARKS = {
    StepVerdict.HOLDS: r"\checkmark",
    StepVerdict.HOLDS_IF: r"\checkmark",
    StepVerdict.FAILS: r"\times",
    StepVerdict.UNDECIDED: "?",
}


def render_latex(proof: Proof) -> str:
    r"""Write a proof as one `align*`, with a mark behind each step and the corrected line under a wrong one.

    It needs the packages amsmath, amssymb and xcolor.

    Parameters
    ----------
    proof : Proof

    Returns
    -------
    str

    Examples
    --------
    >>> print(render_latex(proofread("$$(x^2)' = x = 2x - x$$")))   # doctest: +SKIP
    """
    lines = [line for row in rows(proof) for line in _lines(row)]
    body = " \\\\\n".join(f"  {line}" for line in lines)
    return f"% {words.headline(proof)}\n\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def _lines(row: Row) -> Iterator[str]:
    entry = row.entry
    if isinstance(entry, Definition):
        yield _aligned(_one_line(entry.latex))
        return
    left = _one_line(entry.lhs) if row.shows_left else ""
    yield f"{left} &= {_right(row, entry)}{_mark(entry)}"
    if row.wrong and row.wrong.suggestions:
        repaired = _one_line(row.wrong.suggestions[0].repaired)
        yield rf"&\phantom{{={{}}}}{{\color{{teal}}= {repaired}}} && \text{{corrected}}"


def _right(row: Row, step: Step) -> str:
    right = _one_line(step.rhs)
    return rf"{{\color{{red}}{right}}}" if row.wrong else right


def _mark(step: Step) -> str:
    remark = rf"\ \text{{if }} {_condition(step.assumption)}" if step.assumption else ""
    return f" && {_MARKS[step.verdict]}{remark}"


def _condition(assumption: str) -> str:
    """A sentence with formulas between dollar signs, as a part of a formula."""
    pieces = in_latex(assumption).split("$")
    return "".join(
        piece if place % 2 else rf"\text{{{piece}}}" for place, piece in enumerate(pieces) if piece
    )


def _aligned(latex: str) -> str:
    """A definition with the sign of alignment before its first equals sign."""
    left, equals, right = latex.partition("=")
    return f"{left.strip()} &= {right.strip()}" if equals and "&" not in latex else latex


def _one_line(latex: str) -> str:
    return " ".join(latex.split())
