"""Find the first mistake in a derivation: `proofread(text)` reads a page of formulas and checks every step."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from types import ModuleType

from pminusy.errors import InputError
from pminusy.proofread.checking.compare import INTERNAL, unforeseen
from pminusy.proofread.deriving.derivation import Derivation
from pminusy.proofread.deriving.derive import derive
from pminusy.proofread.meaning.lines.assumptions import Assumption, read_assumption
from pminusy.proofread.proof import Proof, Verdict
from pminusy.proofread.readings.called_names import with_their_arguments
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.chosen import with_choices
from pminusy.proofread.readings.settling import settle
from pminusy.proofread.repair.marking import marked
from pminusy.proofread.rules.why import with_reasons
from pminusy.proofread.source.documents import document_text
from pminusy.proofread.source.reader import read_page

__all__ = ["Derivation", "Proof", "derive", "proofread"]


def proofread(
    text: str,
    *,
    define: Sequence[str] = (),
    assume: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
) -> Proof:
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
    readings : mapping of str to str, optional
        How to read what the notation leaves open: for a `key` of `Proof.choices` one of its `options`, such as
        ``{"f(…)": "a product"}``. No other reading of it is tried.

    Returns
    -------
    Proof
        The verdict, the definitions, every step with its own verdict, and the first wrong one.

    Raises
    ------
    InputError
        An assumption has an unknown form, a definition is no equation, a reading is none of those that the page
        leaves open, or a notebook cannot be read.

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
    document = document_text(text)
    try:
        return _proofread(document, define, assumptions, readings or {})
    except InputError:
        raise
    except INTERNAL as error:
        note = f"the text could not be checked: {unforeseen(error)}"
        return Proof(document, Verdict.UNDECIDED, (), (), (), None, None, (note,))


def _proofread(
    document: str, define: Sequence[str], assumptions: tuple[Assumption, ...], readings: Mapping[str, str]
) -> Proof:
    page = read_page(document, define)
    settled, chosen = settle(page, readings)
    if chosen:
        page = with_their_arguments(read_page(document, define, settled))
    checked = check(page, assumptions)
    return with_choices(with_reasons(marked(checked), checked), checked, chosen)


class _CallableModule(ModuleType):
    """`pminusy.proofread` is this package once any part of it was imported; then, too, it can be called."""

    def __call__(
        self,
        text: str,
        *,
        define: Sequence[str] = (),
        assume: Sequence[str] = (),
        readings: Mapping[str, str] | None = None,
    ) -> Proof:
        return proofread(text, define=define, assume=assume, readings=readings)


sys.modules[__name__].__class__ = _CallableModule
