r"""Parts of a page with the bias and the mean squared error of an estimate written out, which few pages define.

The bias of $\hat\theta$ is $E[\hat\theta] - \theta$, and its mean squared error $E[(\hat\theta - \theta)^2]$.
"""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    transform,
)

_BIAS, _ERROR = frozenset(["bias"]), frozenset(["mse"])
_HATS = (r"\hat{", r"\widehat{", r"\tilde{")


def with_customary_statistics(part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    """A part of a page with biases and mean squared errors written out; None where there are none."""
    page, chain = part
    members = [m if m.tree is None else m.rewrite(transform(m.tree, _written_out)) for m in chain.members]
    if all(one.tree == other.tree for one, other in zip(members, chain.members, strict=True)):
        return None
    new = replace(chain, members=members, conditions=list(chain.conditions))
    return replace(page, chains=[new if each is chain else each for each in page.chains]), new


def _written_out(node: Node) -> Node:
    if isinstance(node, Multiply):
        return _without_product(node)
    if not isinstance(node, Call) or len(node.arguments) != 1:
        return node
    name = node.function.name.lower()
    return _statistic(name, node.arguments[0]) or node


def _without_product(node: Multiply) -> Node:
    r"""The product with `\text{Bias}[\hat f]` read as what it is called."""
    factors = list(node.factors)
    for n in range(len(factors) - 1):
        name, inside = factors[n], factors[n + 1]
        power = inside.exponent if isinstance(inside, Power) else None
        group = inside.base if isinstance(inside, Power) else inside
        if isinstance(name, Symbol) and len(name.name) > 1 and isinstance(group, Group):
            found = _statistic(name.name.lower(), group.body)
            if found is not None:
                whole = found if power is None else Power(found, power)
                signs = (*node.signs[:n], *node.signs[n + 1 :])
                rest = (*factors[:n], whole, *factors[n + 2 :])
                return Multiply(rest, signs) if len(rest) > 1 else whole
    return node


def _statistic(name: str, estimate: Node) -> Node | None:
    """The bias or the mean squared error of an estimate; None where it is no estimate of something."""
    target = transform(estimate, _without_hat)
    if name not in _BIAS | _ERROR or target == estimate:
        return None
    if name in _BIAS:
        return Group(Add((_mean(estimate), Negative(target))))
    away = Group(Add((estimate, Negative(target))))
    return _mean(Power(away, Number("2")))


def _without_hat(node: Node) -> Node:
    if isinstance(node, Symbol) and node.name.startswith(_HATS):
        return replace(node, name=node.name.partition("{")[2].removesuffix("}"))
    if isinstance(node, Call) and node.function.name.startswith(_HATS):
        function = replace(node.function, name=node.function.name.partition("{")[2].removesuffix("}"))
        return replace(node, function=function)
    return node


def _mean(node: Node) -> Call:
    return Call(Symbol(r"\mathbb{E}"), (node,), opening="[", closing="]")
