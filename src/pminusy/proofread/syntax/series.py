r"""Series that go on with dots, `1 + x + \frac{x^2}{2!} + \frac{x^3}{3!} + \cdots`, by what changes between terms."""

from __future__ import annotations

from collections.abc import Sequence

from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Divide,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    children,
    map_children,
)

COUNTER = Symbol("·s")  # counts the terms that dots at the end of a sum stand for
_ENDLESS = Symbol(r"\infty")


def going_on(terms: Sequence[Node]) -> Fold | None:
    """The terms that follow, if from the last but one to the last all numbers that change do so by the same step.

    With three such terms, so they do before. None where it is not plain how the series goes on.
    """
    last = terms[-1]
    if isinstance(last, Fold) and last.kind == "sum" and len(last.bindings) == 1 and last.bindings[0].high:
        binding = last.bindings[0]
        first = Add((binding.high or _ENDLESS, Number("1")))
        return Fold("sum", (Binding(binding.index, first, _ENDLESS),), last.body, span=last.span)
    signs = [isinstance(term, Negative) for term in terms[-2:]]
    *earlier, before, last = [term.body if isinstance(term, Negative) else term for term in terms[-3:]]
    bodies = before, last
    steps = _steps(*bodies)
    if not steps or len(set(steps)) != 1 or steps[0] == 0:
        return None
    if earlier and 0 not in (as_before := _steps(earlier[0], before)) and as_before not in ([], steps):
        return None
    general = _continued(*bodies, steps[0])
    if signs[0] != signs[1]:
        sign = Power(Group(Negative(Number("1"))), COUNTER)
        general = Multiply((sign, general), ("",), span=last.span)
    if signs[1]:
        general = Negative(general, span=last.span)
    return Fold("sum", (Binding(COUNTER, Number("1"), _ENDLESS),), general, span=last.span)


def _steps(a: Node, b: Node) -> list[int]:
    """By how much each number that differs grows from one tree to another; none where they differ otherwise."""
    if isinstance(a, Number) and isinstance(b, Number):
        whole = a.text.isdigit() and b.text.isdigit()
        return [int(b.text) - int(a.text)] if whole and a != b else [] if a == b else [0]
    below = list(children(a)), list(children(b))
    if type(a) is not type(b) or len(below[0]) != len(below[1]):
        return [0]
    if not below[0]:
        return [] if a == b else [0]
    if isinstance(a, Symbol) and isinstance(b, Symbol) and a.name != b.name:
        return [0]
    return [step for x, y in zip(*below, strict=True) for step in _steps(x, y)]


def _continued(a: Node, b: Node, step: int) -> Node:
    """The second tree with what changes growing on with the counter."""
    if a == b:
        return b
    if isinstance(b, Number):
        further: Node = COUNTER if step == 1 else Multiply((Number(str(step)), COUNTER), ("",))
        return Group(Add((b, further)), span=b.span)
    pairs = iter(zip(children(a), children(b), strict=True))
    return map_children(b, lambda _: _continued(*next(pairs), step))


def order_behind(terms: Sequence[Node]) -> Node | None:
    r"""What follows powers of a name where it is not plain how they go on: `O(x^3)` behind `1 + x + \frac{x^2}{2}`."""
    last, before = _powers(terms[-1]), _powers(terms[-2])
    rising = sorted(name for name, power in last.items() if power > before.get(name, 0))
    if not rising or any(power < before.get(name, 0) for name, power in last.items()):
        return None
    name = rising[0]
    size = Power(Symbol(name), Number(str(last[name] + 1)))
    return Call(Symbol("O"), (size,), span=terms[-1].span)


def _powers(term: Node) -> dict[str, int]:
    """The plain names that a term has as factors, and to which powers."""
    if isinstance(term, Negative | Group):
        return _powers(term.body)
    if isinstance(term, Symbol):
        return {} if term.indices else {term.name: 1}
    if isinstance(term, Divide):
        below = _powers(term.denominator)
        return {name: power for name, power in _powers(term.numerator).items() if name not in below}
    if isinstance(term, Power) and isinstance(term.exponent, Number) and term.exponent.text.isdigit():
        return {name: power * int(term.exponent.text) for name, power in _powers(term.base).items()}
    found: dict[str, int] = {}
    for factor in term.factors if isinstance(term, Multiply) else ():
        for name, power in _powers(factor).items():
            found[name] = found.get(name, 0) + power
    return found
