"""What a repair changed in a tree."""

from pminusy.proofread.syntax.tree import Node, Symbol, children


def changed(before: Node, after: Node) -> Node:
    """Return the smallest node of `after` that holds all that differs from `before`; a name is one with its indices.

    Examples
    --------
    >>> from pminusy.proofread.syntax.tree import Negative, Symbol
    >>> changed(Negative(Symbol("a")), Negative(Symbol("b")))
    Symbol(name='b', lower=(), upper=())
    """
    old, new = list(children(before)), list(children(after))
    if isinstance(after, Symbol) or type(before) is not type(after) or len(old) != len(new):
        return after
    different = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return changed(*different[0]) if len(different) == 1 else after
