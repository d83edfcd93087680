"""A proof as it shows itself in a notebook."""

from importlib.resources import files

from markupsafe import Markup

from pminusy.proofread.proof import Proof
from pminusy.report.proof.html import render_fragment

_SHEETS = ("style.css", "formulas.css", "proof.css")
_OWN = """:scope { background: var(--paper); color: var(--ink); padding: 1rem; }
header, section { margin-bottom: 1.5rem; }"""


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
    return f"<div><style>{_style()}</style>{render_fragment(proof)}</div>"


def _style() -> Markup:
    """The style of the reports for what is within the element that it stands in."""
    folder = files("pminusy.report") / "templates"
    sheets = "\n".join((folder / sheet).read_text(encoding="utf-8") for sheet in _SHEETS)
    return Markup("@scope {{\n{}\n{}\n}}").format(Markup(sheets.replace(":root", ":scope")), Markup(_OWN))
