r"""Probabilities of intersections, unions and complements of events, $P(A \cup B)$ and $P(B \mid A^c)$.

Every event is a quantity that is 1 where it happens and else 0. The probability of what is made of events is the sum of
those of all their values for which it happens.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.readings.contexts import by_itself
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import (
    AND_OF_EVENTS,
    OF_EVENTS,
    OR_OF_EVENTS,
    PROBABILITIES,
    base_name,
    conditioned,
    is_conditioned,
    written_out,
)
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    transform,
    walk,
)

_NOT, _WITHOUT = frozenset(["neg", "lnot"]), frozenset(["setminus"])
_COMPLEMENTS = frozenset(["c", "C", r"\complement", "complement"])
_BARS = (r"\bar{", r"\overline{")
MOST_EVENTS = 4

Truth = Mapping[str, bool]


@dataclass(frozen=True)
class _Event:
    """What happens depending on some events by name."""

    names: frozenset[str]
    happens: Callable[[Truth], bool]


def with_event_algebra(page: Page, chain: Chain) -> tuple[Page, Chain] | None:
    """A chain alone, with the probabilities of what is made of events written out; None where there are none."""
    trees = [m.tree for m in chain.members if m.tree is not None]
    letters = PROBABILITIES & {token.text for member in chain.members for token in member.tokens}
    if not letters or not any(_is_algebra(node) for tree in trees for node in walk(tree)):
        return None
    page, chain = by_itself(page, chain, letters)
    calls = [c for m in chain.members if m.tree is not None for c in _probabilities(m.tree)]
    if any(_sides(call) is None for call in calls):
        return None

    def written(node: Node) -> Node:
        return _written_out(node) if isinstance(node, Call) and _is_probability(node) else node

    members = [m if m.tree is None else m.rewrite(transform(m.tree, written)) for m in chain.members]
    new = replace(chain, members=members, conditions=list(chain.conditions))
    return replace(page, chains=[new if each is chain else each for each in page.chains]), new


def _probabilities(tree: Node) -> Iterator[Call]:
    return (node for node in walk(tree) if isinstance(node, Call) and _is_probability(node))


def _is_probability(call: Call) -> bool:
    return base_name(call.function.name) in PROBABILITIES


def _is_algebra(node: Node) -> bool:
    """Whether a node is a sign of set theory, or the complement of something."""
    if isinstance(node, Power):
        return isinstance(node.exponent, Symbol) and node.exponent.name in _COMPLEMENTS
    return isinstance(node, Symbol) and (node.name in OF_EVENTS or node.name.startswith(_BARS))


def _sides(call: Call) -> tuple[_Event, _Event] | None:
    """What a probability is of, and what is given; None where that is not made of events."""
    name = call.function.name
    before, behind = written_out(name, call.arguments) if is_conditioned(name) else (call.arguments, ())
    found = [[_event(node) for node in side] for side in (before, behind)]
    if any(each is None for side in found for each in side):
        return None
    one, other = (_all([each for each in side if each is not None]) for side in found)
    return (one, other) if len(one.names | other.names) <= MOST_EVENTS else None


def _event(node: Node) -> _Event | None:
    if isinstance(node, Group):
        return _event(node.body)
    if isinstance(node, Power) and _is_algebra(node):
        return _complement(_event(node.base))
    if isinstance(node, Multiply):
        return _of_factors(node.factors)
    if not isinstance(node, Symbol) or node.name in OF_EVENTS:
        return None
    if node.name.startswith(_BARS):
        return _complement(_event(replace(node, name=node.name.partition("{")[2].removesuffix("}"))))
    if node.name.endswith("'"):
        return _complement(_event(replace(node, name=node.name.removesuffix("'"))))
    if not node.name.isupper() or len(node.name) > 1 or node.upper:
        return None
    name = to_latex(node).replace(" ", "")
    return _Event(frozenset([name]), lambda truth: truth[name])


def _of_factors(factors: Sequence[Node]) -> _Event | None:
    r"""What stands side by side: signs of set theory and events; unions bind least."""
    for signs, joined in ((OR_OF_EVENTS, _any), (_WITHOUT, _without), (AND_OF_EVENTS, _all)):
        places = [n for n, f in enumerate(factors) if isinstance(f, Symbol) and f.name in signs]
        if places:
            edges = [-1, *places, len(factors)]
            parts = [_of_factors(factors[a + 1 : b]) for a, b in itertools.pairwise(edges)]
            events = [part for part in parts if part is not None]
            return joined(events) if len(events) == len(parts) else None
    if len(factors) > 1 and isinstance(factors[0], Symbol) and factors[0].name in _NOT:
        return _complement(_of_factors(factors[1:]))
    found = [_event(factor) for factor in factors]
    events = [each for each in found if each is not None]
    return _all(events) if found and len(events) == len(found) else None


def _complement(event: _Event | None) -> _Event | None:
    return None if event is None else _Event(event.names, lambda truth: not event.happens(truth))


def _names(events: Sequence[_Event]) -> frozenset[str]:
    return frozenset().union(*(event.names for event in events))


def _all(events: Sequence[_Event]) -> _Event:
    return _Event(_names(events), lambda truth: all(event.happens(truth) for event in events))


def _any(events: Sequence[_Event]) -> _Event:
    return _Event(_names(events), lambda truth: any(event.happens(truth) for event in events))


def _without(events: Sequence[_Event]) -> _Event:
    first, *others = events
    return _Event(
        _names(events),
        lambda truth: first.happens(truth) and not any(event.happens(truth) for event in others),
    )


def _written_out(call: Call) -> Node:
    sides = _sides(call)
    if sides is None:
        return call
    of, given = sides
    top = _total(_all([of, given]), call)
    return top if not given.names else Group(Divide(Group(top), Group(_total(given, call))))


def _total(event: _Event, call: Call) -> Node:
    """The sum of the probabilities of all values of events for which something happens."""
    names = sorted(event.names)
    letter = replace(call.function, name=base_name(call.function.name))
    terms: list[Node] = []
    for values in itertools.product((False, True), repeat=len(names)):
        if event.happens(dict(zip(names, values, strict=True))):
            compared = [
                Relation("=", Symbol(name), Number(str(int(value))))
                for name, value in zip(names, values, strict=True)
            ]
            function, arguments = conditioned(letter, compared, 0)
            terms.append(replace(call, function=function, arguments=arguments))
    if not terms:
        return Number("0")
    return Group(Add(tuple(terms))) if len(terms) > 1 else terms[0]
