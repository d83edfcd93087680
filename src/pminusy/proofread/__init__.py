"""Find the first mistake in a derivation: `proofread(text)` reads a page of formulas and checks every step."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType

from pminusy.errors import InputError
from pminusy.proofread.deriving.derivation import Derivation
from pminusy.proofread.deriving.derive import derive
from pminusy.proofread.meaning.lines.assumptions import read_assumption
from pminusy.proofread.proof import Proof
from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.marking import marked
from pminusy.proofread.rules.why import with_reasons
from pminusy.proofread.source.documents import document_text
from pminusy.proofread.source.reader import read_page

__all__ = ["Derivation", "Proof", "derive", "proofread"]


def proofread(text: str, *, define: Sequence[str] = (), assume: Sequence[str] = ()) -> Proof:
    r"""Check a derivation step by step and find the first wrong step.

    Both sides of every step are evaluated at random points, in several dimensions and for all values of the free
    indices. Derivatives are computed with dual numbers through the definitions in the text. Two sides are equal if they
    agree to 10⁻⁹ and different if they differ by more than 10⁻⁶; cases in between are decided in 40-digit arithmetic.

    Parameters
    ----------
    text : str
        Markdown, LaTeX or plain text with formulas, a Jupyter notebook, or HTML with MathJax or KaTeX. For a notebook
        or HTML, line numbers refer to the Markdown that it is converted to, which is in `Proof.text`.
    define : sequence of str
        Definitions missing from the text, such as ``p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}``.
    assume : sequence of str
        Assumptions to make, such as ``sum(y)=1``.

    Returns
    -------
    Proof
        The verdict, the definitions, every step with its own verdict, and the first wrong one.

    Raises
    ------
    InputError
        An assumption has an unknown form, a definition is no equation, or a notebook cannot be read.

    Examples
    --------
    >>> from pminusy.proofread import proofread
    >>> proof = proofread(r"$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$")
    >>> proof.verdict.value, proof.first_wrong.line
    ('wrong', 1)
    """
    assumptions = tuple(read_assumption(each) for each in assume)
    for each in define:
        if "=" not in each:
            raise InputError(f"define: expected an equation such as 'p_j = …', got {each!r}")
    page = read_page(document_text(text), define)
    checked = check(page, assumptions)
    return with_reasons(marked(checked), checked)


class _CallableModule(ModuleType):
    """`pminusy.proofread` is this package once any part of it was imported; then, too, it can be called."""

    def __call__(self, text: str, *, define: Sequence[str] = (), assume: Sequence[str] = ()) -> Proof:
        return proofread(text, define=define, assume=assume)


sys.modules[__name__].__class__ = _CallableModule
