r"""Dots between terms or factors: `x_1 + x_2 + \cdots + x_n` is a sum, `x_1 x_2 \cdots x_n` a product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pminusy.proofread.syntax.progressions import contradicts, downwards, upwards
from pminusy.proofread.syntax.series import going_on, order_behind
from pminusy.proofread.syntax.term_values import same
from pminusy.proofread.syntax.tree import (
    Binding,
    Delta,
    Fold,
    Matrix,
    Multiply,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
    children,
    map_children,
    walk,
)

ELLIPSES = frozenset([r"\dots", r"\cdots", r"\ldots", r"\vdots", r"\ddots"])
ELLIPSIS = "…"
_IDENTITIES = (Symbol("I"), Symbol(r"\mathbb{1}"))  # series that begin with these are of matrices
_LETTER, _COLUMN = Symbol("·n"), Symbol("·m")


def without_ellipsis(parts: Sequence[Node], kind: str, fail: Callable[[str], Node]) -> list[Node]:
    """The parts of a sum or product, what dots stand for written as a fold over its place in the sequence."""
    if kind == "sum":
        parts = [Symbol(ELLIPSIS, span=p.span) if p == Negative(Symbol(ELLIPSIS)) else p for p in parts]
    at = next((n for n, part in enumerate(parts) if part == Symbol(ELLIPSIS)), -1)
    if at < 0 or len(parts) == 1:
        return list(parts)
    if at > 1 and at + 1 == len(parts) and kind == "sum" and parts[0] not in _IDENTITIES:
        rest = going_on(parts[:at]) or order_behind(parts[:at])
        if rest is not None:
            return [*parts[:at], rest]
    if at < 1 or at + 1 >= len(parts):
        fail("an ambiguous ellipsis")
    if any(part == Symbol(ELLIPSIS) for part in parts[at + 2 : at + 3]):
        if _is_between(*parts[at - 1 : at + 4]):
            return without_ellipsis([*parts[:at], *parts[at + 2 :]], kind, fail)
        if kind == "sum" and (around := _around(parts[:at], parts[at + 1], parts[at + 3 :])) is not None:
            return without_ellipsis(around, kind, fail)
    if parts[at - 1] == parts[at + 1] == Number("0"):
        return without_ellipsis([*parts[:at], *parts[at + 2 :]], kind, fail)
    if (dots := _dots(kind, parts[:at], parts[at + 1])) is not None:
        return without_ellipsis([*parts[:at], dots, *parts[at + 2 :]], kind, fail)
    if (whole := downwards(kind, parts[:at], parts[at + 1 :])) is not None:
        return [whole]
    fail("an ambiguous ellipsis")
    return list(parts)


def _dots(kind: str, before: Sequence[Node], last: Node) -> Fold | None:
    """What dots stand for, with the term behind them."""
    place = _place(before[-1], last)
    if place is not None and not (len(before) > 1 and contradicts(before[-2], before[-1], last, place[0])):
        number, end = place
        if isinstance(end, Symbol | Number) or len(before) == 1 or not upwards(kind, before, last):
            binding = Binding(_LETTER, Number(str(number + 1)), end)
            return Fold(kind, (binding,), _with(last, end, _LETTER), span=before[-1].span | last.span)
    return upwards(kind, before, last)


def _around(before: Sequence[Node], middle: Node, after: Sequence[Node]) -> list[Node] | None:
    r"""The parts of `a_1 + \dots + b_i + \dots + a_n`, where one term in the middle is not like the others."""
    if not after or before[-1] == after[0] == Number("0"):
        return [middle, *after[1:]] if after else None
    place = _place(before[-1], after[0])
    letters = {
        index
        for node in walk(middle)
        if isinstance(node, Symbol)
        for index in node.indices
        if isinstance(index, Symbol)
    }
    if place is None or len(letters) != 1:
        return None
    number, end = place
    general = _with(after[0], end, _LETTER)
    start = len(before)
    while start and same(
        _with(general, _LETTER, Number(str(number - len(before) + start))), before[start - 1]
    ):
        start -= 1
    low = Number(str(number - len(before) + start + 1))
    others = Relation(r"\ne", _LETTER, letters.pop())
    rest = Fold("sum", (Binding(_LETTER, low, end),), general, others, span=before[-1].span | after[0].span)
    return [*before[:start], rest, middle, *after[1:]]


def _is_between(first: Node, _: Node, middle: Node, __: Node, last: Node = _LETTER) -> bool:
    r"""Whether a term between two dots is one of those that they stand for: `x_1 + \dots + x_j + \dots + x_n`."""
    places = [_place(first, each) for each in (middle, last)]
    return all(place is not None for place in places) and isinstance(places[0] and places[0][1], Symbol)


def listed(matrix: Matrix) -> Node:
    r"""A matrix with dots as a column or row, or both, of its general entry; as it is where there are none."""
    if (diagonal := _diagonal(matrix)) is not None:
        return diagonal
    rows = [[entry for entry in row if entry != Symbol(ELLIPSIS)] for row in matrix.rows]
    dotted = (
        len(rows) != len([row for row in rows if row]),
        any(len(row) < len(old) for row, old in zip(rows, matrix.rows, strict=True) if row),
    )
    rows = [row for row in rows if row]
    if not any(dotted) or len({len(row) for row in rows}) != 1:
        return matrix
    body, bindings = rows[0][0], list[tuple[str, Binding]]()
    if dotted[1]:
        entries = [_general(row, _COLUMN) for row in (rows if dotted[0] else rows[:1])]
        if (not dotted[0] and len(rows) > 1) or any(each is None for each in entries):
            return matrix
        firsts = [each[0] for each in entries if each is not None]
        bindings.append(("row", entries[0][1]))  # type: ignore[index]
    else:
        firsts = [row[0] for row in rows]
        if len(rows[0]) > 1:
            return matrix
    if dotted[0]:
        general = _general(firsts, _LETTER)
        if general is None:
            return matrix
        firsts = [general[0]]
        bindings.append(("column", general[1]))
    body = firsts[0]
    for kind, binding in bindings:
        body = Fold(kind, (binding,), body, span=matrix.span)
    return body


def _diagonal(matrix: Matrix) -> Node | None:
    """A matrix with dots that has zeros beside its diagonal, by the general entry of that; None for any other."""
    dots, zero = Symbol(ELLIPSIS), Number("0")
    size = len(matrix.rows)
    if any(len(row) != size for row in matrix.rows) or all(dots not in row for row in matrix.rows):
        return None
    beside = [entry for n, row in enumerate(matrix.rows) for m, entry in enumerate(row) if n != m]
    entries = [row[n] for n, row in enumerate(matrix.rows) if row[n] != dots]
    if any(entry not in (dots, zero) for entry in beside) or len(entries) < 2 or zero in entries:
        return None
    found = _general(entries, _LETTER)
    if found is None:
        return None
    body, binding = found
    entry = Multiply((Delta(_LETTER, _COLUMN), body), ("",), span=matrix.span)
    row = Fold("row", (Binding(_COLUMN, binding.low, binding.high),), entry, span=matrix.span)
    return Fold("column", (binding,), row, span=matrix.span)


def without_lists(arguments: Sequence[Node]) -> list[Node]:
    r"""Arguments of a function with `x_1, \dots, x_n` as the one argument x, or `x_1^2, \dots, x_n^2` as a vector."""
    at = next((n for n, each in enumerate(arguments) if each == Symbol(ELLIPSIS)), -1)
    if at < 1 or at + 1 >= len(arguments):
        return list(arguments)
    for count in (2, 3):  # `s_1, a_1, \\dots, s_T, a_T`
        first, rest = arguments[:at][-count:], arguments[at + 1 :]
        if len(first) == len(rest) == count and all(map(_is_entry_of, first, rest)) and first[0] != first[-1]:
            kept = [a for a in arguments[:at] if not any(_is_entry_of(a, each) for each in rest)]
            return [*kept, *(Symbol(each.name, span=each.span) for each in rest if isinstance(each, Symbol))]
    last, start = arguments[at + 1], at
    while start and _is_entry_of(arguments[start - 1], last):
        start -= 1
    if start == at or not isinstance(last, Symbol):
        found = _general([*arguments[:at], last], _LETTER) if at + 2 == len(arguments) else None
        if found is None:
            return list(arguments)
        return [Fold("column", (found[1],), found[0], span=arguments[0].span | last.span)]
    whole = Symbol(last.name, span=arguments[start].span | last.span)
    return without_lists([*arguments[:start], whole, *arguments[at + 2 :]])


def _is_entry_of(node: Node, last: Node) -> bool:
    if not isinstance(node, Symbol) or not isinstance(last, Symbol):
        return False
    return node.name == last.name and len(node.indices) == len(last.indices) == 1


def _general(entries: Sequence[Node], letter: Symbol) -> tuple[Node, Binding] | None:
    """What the entries of a list are examples of, with the letter and its range; None if that is not plain."""
    found: set[tuple[str, Node]] = set()
    body = _generalised(entries[0], entries[-1], letter, found)
    if body is None or len(found) != 1:
        return None
    (start, end) = found.pop()
    numbers = range(int(start), int(start) + len(entries) - 1)
    plain = all(_with(body, letter, Number(str(n))) == e for n, e in zip(numbers, entries[:-1], strict=True))
    return (body, Binding(letter, Number(start), end)) if plain else None


def _generalised(a: Node, b: Node, letter: Symbol, found: set[tuple[str, Node]]) -> Node | None:
    """`a` with the letter in place of each number in which it differs from `b`; these pairs go to `found`."""
    if a == b:
        return a
    if isinstance(a, Number) and a.text.isdigit():
        found.add((a.text, b))
        return letter
    below = list(children(a)), list(children(b))
    if type(a) is not type(b) or len(below[0]) != len(below[1]) or not below[0] or _head(a) != _head(b):
        return None
    parts = [_generalised(x, y, letter, found) for x, y in zip(*below, strict=True)]
    if any(part is None for part in parts):
        return None
    following = iter(parts)
    return map_children(a, lambda _: next(following) or a)


def spelled_out(node: Fold) -> Matrix:
    """A column or row with dots in it as it was written."""
    inner = node.body
    if isinstance(inner, Fold) and inner.kind == "row" and node.kind == "column":
        ends = [spelled_out(_at_end(node, inner, first)).rows[0] for first in (True, False)]
        return Matrix((ends[0], (Symbol(ELLIPSIS),) * 3, ends[1]), "bmatrix")
    entries = (_at_end(node, inner, True), Symbol(ELLIPSIS), _at_end(node, inner, False))
    return Matrix((entries,) if node.kind == "row" else tuple((each,) for each in entries), "bmatrix")


def _at_end(node: Fold, body: Node, first: bool) -> Any:
    binding = node.bindings[0]
    return _with(body, binding.index, (binding.low if first else binding.high) or Number("1"))


def _place(before: Node, last: Node) -> tuple[int, Node] | None:
    """The number in the term before the dots and what stands at its place in the last one; None where they differ."""
    found = list(dict.fromkeys(_differences(before, last)))
    if len(found) != 1 or not isinstance(found[0][0], Number) or not found[0][0].text.isdigit():
        return None
    return int(found[0][0].text), found[0][1]


def _differences(a: Node, b: Node) -> list[tuple[Node, Node]]:
    if a == b:
        return []
    below = list(children(a)), list(children(b))
    same_kind = type(a) is type(b) and len(below[0]) == len(below[1]) and below[0]
    if not same_kind or _head(a) != _head(b):
        return [(a, b)]
    return [pair for x, y in zip(*below, strict=True) for pair in _differences(x, y)]


def _head(node: Node) -> str:
    return node.name if isinstance(node, Symbol) else ""


def _with(node: Node, old: Node, new: Node) -> Node:
    """The tree with every part equal to `old` replaced."""
    return new if node == old else map_children(node, lambda child: _with(child, old, new))


def has_ellipsis(tree: Node) -> bool:
    """Whether dots are left somewhere in a tree."""
    return any(node == Symbol(ELLIPSIS) for node in walk(tree))
