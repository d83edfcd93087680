"""The chain rule through quantities between a function and the variable."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import mul
from pminusy.proofread.rules.families.operator import by, moves_with, wrapped
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Binding, Derivative, Fold, Node, Symbol, walk


def _through(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.body, Symbol):
        return
    variable = node.variables[-1]
    for middle in _between(node.body, setting):
        if middle in (node.body, variable) or not moves_with(middle, node, setting):
            continue
        pair = [Derivative(node.body, (middle,), "fraction", node.mark), by(middle, node)]
        product = mul(pair)
        letters = [i for i in setting.indices(middle) if isinstance(i, Symbol) and not i.indices]
        used = {s.name for s in walk(node) if isinstance(s, Symbol)}
        runs = tuple(Binding(i) for i in letters if i.name not in used)
        about = f"Chain rule: {tex(node.body)} depends on {tex(variable)} through {tex(middle)}"
        if runs:
            yield Move(wrapped(Fold("sum", runs, product), node), f"{about}, with the sum over all paths")
        yield Move(wrapped(product, node), about)


def _between(body: Symbol, setting: Setting) -> list[Symbol]:
    """The quantities that the page differentiates by, or differentiates, as it writes them."""
    found: dict[Symbol, None] = {}
    for tree in setting.model.trees:
        for node in walk(tree):
            if isinstance(node, Derivative):
                for each in (*node.variables, node.body):
                    if isinstance(each, Symbol) and each.name:
                        found[each] = None
    own = setting.family(body)
    return [
        each for each in found if setting.family(each) != own and setting.depends(body, setting.family(each))
    ]


RULES = (
    Rule(
        "chain rule",
        "chain rule read backwards",
        _through,
        Example(
            r"\frac{\partial L}{\partial w}",
            r"\frac{\partial L}{\partial a} \frac{\partial a}{\partial w}",
            (r"a = w^2", r"L = \sin a"),
        ),
    ),
)
