r"""Probabilities under conditions, `p(x \mid y)` and `P(X = x, Y \le t)`: calls told apart by what they are of.

`p(x | y)` is another function than `p(y | x)`, whatever the values are called that it is applied to. So what stands on
either side of the bar becomes part of the function's name, and what has a value becomes an argument:
`P(Y = 1 | x)` is the function `P|Y[0]=1|x` of x, `p(z_i = k | x_i)` the function `p|z[1]=|x` of i, k and x_i.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pminusy.proofread.syntax.tree import Conjunction, Node, Number, Relation, Symbol

EXPECTATIONS = frozenset(
    [r"\mathbb{E}", "Var", "Cov"]
)  # what is taken of random quantities, if need be under a condition
PROBABILITIES = frozenset(["p", "q", "P", "Q", "Pr", r"\mathbb{P}", r"\mathcal{P}", r"\mathrm{P}"])
AND_OF_EVENTS = frozenset(["cap", "wedge", "land"])
OR_OF_EVENTS = frozenset(["cup", "vee", "lor"])
OF_EVENTS = AND_OF_EVENTS | OR_OF_EVENTS | {"neg", "lnot", "setminus"}  # what events are made of others by
ENTROPY = "H"  # of random quantities, where the page has their distribution
ESTIMATES = (r"\hat{", r"\bar{", r"\overline{", r"\tilde{", r"\widehat{")  # names that are made of a sample
_UNNAMED = "·"
_T = TypeVar("_T")


@dataclass(frozen=True)
class Event:
    """What stands on one side of a bar: a name, what it is compared with, and the number, if it is one.

    `count` is the number of its indices, which are arguments; `operator` is "" for a name alone.
    """

    name: str
    count: int = 0
    operator: str = ""
    number: str = ""

    def __str__(self) -> str:
        return self.name + (f"[{self.count}]{self.operator}{self.number}" if self.operator else "")

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        if not self.operator:
            return 1
        return self.count + (self.name == _UNNAMED) + (not self.number)


def is_expectation(name: str) -> bool:
    """Whether a function is an expectation, a variance or a covariance, if need be under a condition."""
    return base_name(name) in EXPECTATIONS


def is_conditioned(name: str) -> bool:
    """Whether the name of a function says what it is the probability of."""
    return "|" in name


def conditioned(function: Symbol, arguments: Sequence[Node], given: int) -> tuple[Symbol, tuple[Node, ...]]:
    """The function that a probability is, and its arguments; the last `given` stand behind the bar."""
    sides, values = list[str](), list[Node]()
    split = len(arguments) - given
    for side in (arguments[:split], arguments[split:]):
        pairs = [_event(each) for node in side for each in _parts(node)]
        sides.append(",".join(str(event) for event, _ in pairs))
        values += [value for _, own in pairs for value in own]
    name = "|".join([function.name, *sides])
    return Symbol(name, function.lower, function.upper, span=function.span), tuple(values)


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Conjunction):
        yield from node.parts
    else:
        yield node


def _event(node: Node) -> tuple[Event, tuple[Node, ...]]:
    if not isinstance(node, Relation):
        return Event(node.name if isinstance(node, Symbol) else _UNNAMED), (node,)
    left, right = node.left, node.right
    number = right.text if isinstance(right, Number) else ""
    value = () if number else (right,)
    if isinstance(left, Symbol):
        event = Event(left.name, len(left.indices), node.operator, number)
        return event, (*left.indices, *value)
    return Event(_UNNAMED, 0, node.operator, number), (left, *value)


def base_name(name: str) -> str:
    """The letter that stands before the bracket."""
    return name.split("|")[0]


def events_of(name: str) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """What stands before the bar and behind it, from a function's name."""
    _, *sides = name.split("|")
    left, right = (tuple(_read(each) for each in side.split(",") if each) for side in (*sides, "")[:2])
    return left, right


def compares_values(name: str) -> bool:
    """Whether a name that says what it is of compares by equality alone: a probability, and no cumulative one."""
    return all(event.operator in ("", "=") for side in events_of(name) for event in side)


def _read(text: str) -> Event:
    name, bracket, rest = text.partition("[")
    if not bracket:
        return Event(name)
    count, _, relation = rest.partition("]")
    place = next((n for n, letter in enumerate(relation) if letter.isdigit()), len(relation))
    return Event(name, int(count), relation[:place], relation[place:])


def with_arguments(events: Iterable[Event], arguments: Sequence[_T]) -> Iterator[tuple[Event, Sequence[_T]]]:
    """Each event with its own of the arguments, or of their values."""
    at = 0
    for event in events:
        yield event, arguments[at : at + event.arity]
        at += event.arity


def written_out(name: str, arguments: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """What stood before the bar and behind it, as it was written."""
    before, behind = events_of(name)
    written = [_as_written(event, own) for event, own in with_arguments((*before, *behind), arguments)]
    return written[: len(before)], written[len(before) :]


def _as_written(event: Event, own: Sequence[Node]) -> Node:
    if not event.operator:
        return own[0]
    left = own[0] if event.name == _UNNAMED else Symbol(event.name, tuple(own[: event.count]))
    right = Number(event.number) if event.number else own[-1]
    return Relation(event.operator, left, right)
