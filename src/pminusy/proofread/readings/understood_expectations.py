r"""Parts of a page in which an expectation is under the distribution that the page names elsewhere.

After `\mathbb{E}_{z \sim q(z \mid x)}[…]`, `\mathbb{E}_z[…]` and `\mathbb{E}_q[…]` are the same expectation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import (
    PROBABILITIES,
    base_name,
    events_of,
    is_conditioned,
    is_expectation,
)
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Node, Symbol, transform, walk


def with_understood_expectations(page: Page, part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    """A part of a page with expectations under the distributions that are understood; None where there are none."""
    own, chain = part
    known = _known(page)
    if not known:
        return None

    def completed(node: Node) -> Node:
        if not isinstance(node, Call) or not is_expectation(node.function.name) or not node.function.lower:
            return node
        below = node.function.lower[0]
        under = known.get(below.name) if isinstance(below, Symbol) else None
        if under is None or under == node.function.lower[-1]:
            return node
        return replace(node, function=replace(node.function, lower=(below, under)))

    members = [m if m.tree is None else m.rewrite(transform(m.tree, completed)) for m in chain.members]
    if all(one.tree == other.tree for one, other in zip(members, chain.members, strict=True)):
        return None
    new = replace(chain, members=members, conditions=list(chain.conditions))
    return replace(own, chains=[new if each is chain else each for each in own.chains]), new


def _known(page: Page) -> Mapping[str, Call]:
    r"""The distributions that variables and letters below an expectation sign stand for: those of `z \sim q(z \mid x)`.

    A letter of which the page has one call only stands for that.
    """
    nodes = [n for each in page.chains for m in each.members if m.tree is not None for n in walk(m.tree)]
    calls = [node for node in nodes if isinstance(node, Call)]
    found: dict[str, set[Call]] = {}
    for call in calls:
        if is_expectation(call.function.name):
            below, *under = call.function.lower or (Symbol(""),)
            if under and isinstance(under[0], Call) and isinstance(below, Symbol) and r"\sim" in below.name:
                variable = below.name.split(r"\sim")[0]
                found.setdefault(variable, set()).add(under[0])
                found.setdefault(_written(under[0]), set()).add(under[0])
        elif base_name(call.function.name) in PROBABILITIES and _is_of_a_name(call):
            found.setdefault(_written(call), set()).add(call)
    return {name: min(each, key=to_latex) for name, each in found.items() if len(each) == 1}


def _written(call: Call) -> str:
    """The letter of a distribution with what stands below it, as an expectation sign has it."""
    return to_latex(replace(call.function, name=base_name(call.function.name))).replace(" ", "")


def _is_of_a_name(call: Call) -> bool:
    """Whether a call is the probability of one thing that has a name, under a condition."""
    if not is_conditioned(call.function.name):
        return False
    before, _ = events_of(call.function.name)
    return len(before) == 1 and not before[0].operator and isinstance(call.arguments[0], Symbol)
