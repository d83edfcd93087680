"""An explanation as one self-contained HTML page."""

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
    filters: Filters = {"figure": words.figure, "latex": latex_math}
    return render_page("explanation.html.j2", filters, worked=worked, words=words)
