"""A proof as it shows itself in a notebook."""

from pminusy.proofread.proof import Proof
from pminusy.report.notebook import cell
from pminusy.report.proof.html import render_fragment


def render_notebook(proof: Proof) -> str:
    """Lay a proof out for a cell of a notebook: with a style of its own that leaves the rest of the notebook alone.

    Parameters
    ----------
    proof : Proof

    Returns
    -------
    str
        One element; it needs no network and no script. Whatever came from the text is escaped.

    Examples
    --------
    >>> render_notebook(proofread(text))   # doctest: +SKIP
    """
    return cell(render_fragment(proof), ("style.css", "formulas.css", "proof.css"))
