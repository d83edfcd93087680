"""An explanation as one self-contained HTML page."""

from markupsafe import Markup

from pminusy.report.explanation import words
from pminusy.report.explanation.model import Explanation
from pminusy.report.mathml import latex_math
from pminusy.report.page import Filters, render_page


def render_html(worked: Explanation) -> str:
    """Lay the steps out as a page that needs no network and no script, its formulas typeset as MathML.

    Parameters
    ----------
    worked : Explanation

    Returns
    -------
    str
        The whole document; the same bytes for the same numbers.

    Examples
    --------
    >>> page = render_html(explain([2.0, 1.0, 0.1], target=0))   # doctest: +SKIP
    """
    return _render(worked, "page.html.j2")


def render_fragment(worked: Explanation) -> Markup:
    """Lay the steps out as a part of a page: what is between the tags of `main`, without its style.

    Parameters
    ----------
    worked : Explanation

    Returns
    -------
    markupsafe.Markup

    Examples
    --------
    >>> page = f"<main>{render_fragment(explain([2.0, 1.0], target=0))}</main>"   # doctest: +SKIP
    """
    return Markup(_render(worked, "fragment.html.j2"))


def _render(worked: Explanation, layout: str) -> str:
    filters: Filters = {"figure": words.figure, "latex": latex_math}
    return render_page("explanation.html.j2", filters, layout=layout, worked=worked, words=words)
