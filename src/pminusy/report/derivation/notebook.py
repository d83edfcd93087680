"""A derivation as it shows itself in a notebook."""

from pminusy.proofread.deriving.derivation import Derivation
from pminusy.report.derivation.html import render_fragment
from pminusy.report.notebook import cell


def render_notebook(derivation: Derivation) -> str:
    """Lay a derivation out for a cell of a notebook.

    Parameters
    ----------
    derivation : Derivation

    Returns
    -------
    str
        One element; it needs no network and no script. Whatever came from the definitions is escaped.

    Examples
    --------
    >>> render_notebook(derive("f = x^2", "x"))   # doctest: +SKIP
    """
    return cell(render_fragment(derivation), ("style.css", "formulas.css", "derivation.css"))
