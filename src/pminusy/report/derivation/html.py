"""A derivation as one self-contained HTML page."""

from markupsafe import Markup

from pminusy.proofread.deriving.derivation import Derivation, Part
from pminusy.proofread.proof import Definition, Reason
from pminusy.report.derivation import words
from pminusy.report.mathml import math, prose
from pminusy.report.page import Filters, render_page


def render_html(derivation: Derivation) -> str:
    """Lay a derivation out as a page that needs no network and no script, its formulas typeset as MathML.

    Parameters
    ----------
    derivation : Derivation

    Returns
    -------
    str
        The whole document. Whatever came from the definitions is escaped.

    Examples
    --------
    >>> Path("derivation.html").write_text(render_html(derive("f = x^2", "x")))   # doctest: +SKIP
    """
    return _render(derivation, "page.html.j2")


def render_fragment(derivation: Derivation) -> Markup:
    """Lay a derivation out as a part of a page: what is between the tags of `main`, without its style.

    Parameters
    ----------
    derivation : Derivation

    Returns
    -------
    markupsafe.Markup

    Examples
    --------
    >>> render_fragment(derive("f = x^2", "x"))   # doctest: +SKIP
    """
    return Markup(_render(derivation, "fragment.html.j2"))


def _render(derivation: Derivation, layout: str) -> str:
    filters: Filters = {"defined": _defined, "left": _left, "member": _member, "prose": prose}
    return render_page("derivation.html.j2", filters, layout=layout, derivation=derivation, words=words)


def _defined(definition: Definition) -> Markup:
    return math(*definition.tree)


def _left(part: Part) -> Markup:
    return math(part.tree)


def _member(line: Reason) -> Markup:
    return math(None, line.tree)
