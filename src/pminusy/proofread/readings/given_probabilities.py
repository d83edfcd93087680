r"""Chains in which the probabilities that a page gives are put in.

After $P(W \mid U_i) = \frac{i}{n}$ and $P(U_i) = \frac{1}{n + 1}$,
$\sum_i P(W \mid U_i) P(U_i) = \frac{1}{n + 1} \sum_i \frac{i}{n}$.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pminusy.proofread.meaning.lines.chance import distribution_letter
from pminusy.proofread.meaning.lines.laws import with_indices
from pminusy.proofread.readings.contexts import by_itself
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import PROBABILITIES, base_name, is_conditioned, written_out
from pminusy.proofread.syntax.tree import Call, Group, Node, Relation, Symbol, transform, walk

Given = tuple[Call, Node]


def with_given_probabilities(page: Page, chain: Chain) -> tuple[Page, Chain] | None:
    """A chain alone with given probabilities put in; None where it has none of them."""
    given = _given(page, chain)
    if not given:
        return None

    def put_in(node: Node) -> Node:
        if isinstance(node, Call):
            for call, value in given:
                if (places := _matched(call, node)) is not None:
                    return Group(with_indices(value, places))
        return node

    page, chain = by_itself(page, chain, frozenset(call.function.name.split("|")[0] for call, _ in given))
    members = [m if m.tree is None else m.rewrite(transform(m.tree, put_in)) for m in chain.members]
    if all(one.tree == other.tree for one, other in zip(members, chain.members, strict=True)):
        return None
    new = replace(chain, members=members, conditions=list(chain.conditions))
    return replace(page, chains=[new if each is chain else each for each in page.chains]), new


def _given(page: Page, chain: Chain) -> list[Given]:
    """What earlier lines of two members say that probabilities are, in terms of other things."""
    found = []
    for each in page.chains:
        left, right = (each.members[n].tree if n < len(each.members) else None for n in (0, 1))
        before = each.members[0].span.start < chain.members[0].span.start
        if not before or len(each.members) != 2 or right is None:
            continue
        if isinstance(left, Call) and _is_probability(left) and not any(map(_is_probability, walk(right))):
            found.append((left, right))
    return found


def _is_probability(node: Node) -> bool:
    return isinstance(node, Call) and base_name(node.function.name) in PROBABILITIES


def _matched(given: Call, call: Call) -> dict[Node, Node] | None:
    """The indices of a call by those of one that is given; None where these are not the same otherwise.

    $P(Y = 1)$ and $p(y = 1)$ are the same.
    """
    if not _is_probability(call) or distribution_letter(call.function.name) != distribution_letter(
        given.function.name
    ):
        return None
    sides = [_sides(each) for each in (given, call)]
    if [len(side) for side in sides[0]] != [len(side) for side in sides[1]]:
        return None
    places: dict[Node, Node] = {}
    for one, other in zip([*sides[0][0], *sides[0][1]], [*sides[1][0], *sides[1][1]], strict=True):
        if not _fits(one, other, places):
            return None
    return places


def _sides(call: Call) -> tuple[Sequence[Node], Sequence[Node]]:
    name = call.function.name
    return written_out(name, call.arguments) if is_conditioned(name) else (call.arguments, ())


def _fits(one: Node, other: Node, places: dict[Node, Node]) -> bool:
    """Whether an event is another, with other letters for its indices."""
    if isinstance(one, Relation) and isinstance(other, Relation):
        left = one.left, other.left
        if all(isinstance(side, Symbol) for side in left):
            left = _small(left[0]), _small(left[1])
        return one.operator == other.operator and one.right == other.right and _fits(*left, places)
    if not isinstance(one, Symbol) or not isinstance(other, Symbol):
        return one == other
    if one.name != other.name or len(one.indices) != len(other.indices):
        return False
    return all(
        places.setdefault(a, b) == b if isinstance(a, Symbol) else a == b
        for a, b in zip(one.indices, other.indices, strict=True)
    )


def _small(node: Node) -> Node:
    return replace(node, name=node.name.lower()) if isinstance(node, Symbol) else node
