"""A tree typeset: the way in, and the registry that the other modules fill, a function for each kind of node."""

from markupsafe import Markup

from pminusy.proofread.syntax.tree import Node
from pminusy.report.mathml.arithmetic import ARITHMETIC
from pminusy.report.mathml.calculus import CALCULUS
from pminusy.report.mathml.conditions import CONDITIONS
from pminusy.report.mathml.elements import element, operator
from pminusy.report.mathml.show import Handlers, Show

_HANDLERS: Handlers = {**ARITHMETIC, **CALCULUS, **CONDITIONS}


def math(*sides: Node | None, marked: Node | None = None, mark: str = "wrong", block: bool = True) -> Markup:
    """Typeset a formula, or several with equals signs between them.

    Parameters
    ----------
    *sides : Node or None
        None stands for a side that is left open, as in "= b".
    marked : Node, optional
        The node (the object itself) that gets the class `mark`.
    mark : str
    block : bool
        Set as a display, with limits above and below sums, rather than in a line of text.

    Returns
    -------
    markupsafe.Markup

    Examples
    --------
    >>> from pminusy.proofread.syntax.tree import Symbol
    >>> str(math(None, Symbol("p"), block=False))
    '<math><mo>=</mo><mi>p</mi></math>'
    """
    show = Show(_HANDLERS, marked, mark)
    shown = operator("=").join(show(side) if side else "" for side in sides)
    return Markup(element("math", shown, **({"display": "block"} if block else {})))
