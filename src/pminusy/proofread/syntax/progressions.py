r"""What dots between terms stand for, by the general term that those shown are examples of.

In `1 + 3 + \dots + (2n - 1)` the last term with 1 in place of n is the first one, and with 2 the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from pminusy.proofread.syntax.term_values import exact, same
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Fold,
    Multiply,
    Negative,
    Node,
    Number,
    Symbol,
    map_children,
    walk,
)

LETTER = Symbol("·n")
_STARTS = range(-2, 13)  # numbers of the term before the dots that are tried


def upwards(kind: str, before: Sequence[Node], last: Node) -> Fold | None:
    r"""What follows `before` up to `last`, which is included; None where no general term fits all that is shown."""
    found: dict[int, list[tuple[Symbol, int]]] = {}
    for letter in _letters(last):
        for number in _STARTS:
            fitting = _fitting(last, letter, number, before)
            if fitting == len(before) or fitting > 1:
                found.setdefault(fitting, []).append((letter, number))
    if not found:
        return _in_numbers(kind, before, last)
    best = found[max(found)]
    if len(best) > 1:
        return None
    letter, number = best[0]
    body = replaced(last, letter, LETTER)
    return Fold(kind, (Binding(LETTER, Number(str(number + 1)), letter),), body, span=last.span)


def downwards(kind: str, before: Sequence[Node], after: Sequence[Node]) -> Fold | None:
    r"""All of `before`, dots and `after` where these count down, as in `n (n - 1) \cdots 2 \cdot 1`."""
    first = before[0]
    for letter in _letters(first):
        others = [replaced(first, letter, Add((letter, _less(n)))) for n in range(1, len(before))]
        if not all(same(a, b) for a, b in zip(before[1:], others, strict=True)):
            continue
        for number in _STARTS:
            if _fitting(first, letter, number, after[::-1]) == len(after):
                binding = Binding(LETTER, Number(str(number + 1 - len(after))), letter)
                return Fold(kind, (binding,), replaced(first, letter, LETTER), span=first.span)
    return None


def contradicts(earlier: Node, before: Node, last: Node, number: int) -> bool:
    """Whether terms shown one after the other are not those numbered `number - 1` and `number` of one sequence."""
    for letter in _letters(last):
        numbers = [n for n in _STARTS if same(replaced(last, letter, Number(str(n))), earlier)]
        if numbers and same(replaced(last, letter, Number(str(number))), before):
            return number - 1 not in numbers
    steps = [exact(each) for each in (earlier, before, last)]
    return None not in steps and steps[1] != (steps[0] or 0) + 1


def replaced(node: Node, old: Node, new: Node) -> Node:
    """The tree with every part equal to `old` replaced."""
    return new if node == old else map_children(node, lambda child: replaced(child, old, new))


def _less(number: int) -> Node:
    return Negative(Number(str(number)))


def _letters(term: Node) -> Iterator[Symbol]:
    """The letters in a term that may number it."""
    letters = {n for n in walk(term) if isinstance(n, Symbol) and not n.indices and len(n.name) == 1}
    yield from sorted((letter for letter in letters if letter.name.isalpha()), key=lambda letter: letter.name)


def _fitting(last: Node, letter: Symbol, number: int, before: Sequence[Node]) -> int:
    """How many terms, the nearest first, are the general term with falling numbers."""
    count = 0
    for earlier in reversed(before):
        if not same(replaced(last, letter, Number(str(number - count))), earlier):
            break
        count += 1
    return count


def _in_numbers(kind: str, before: Sequence[Node], last: Node) -> Fold | None:
    r"""`1 + 3 + 5 + \dots + 99`: numbers with equal steps."""
    numbers = [exact(term) for term in (*before, last)]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or len(known) < 3:
        return None
    step = known[1] - known[0]
    steps = {b - a for a, b in pairwise(known[:-1])}
    count = (known[-1] - known[-2]) / step if step else Fraction(0)
    if steps != {step} or count.denominator != 1 or count < 1 or step.denominator != 1 or step < 0:
        return None
    body = Add((before[-1], Multiply((Number(str(step)), LETTER), ("",))))
    return Fold(kind, (Binding(LETTER, Number("1"), Number(str(count))),), body, span=last.span)
