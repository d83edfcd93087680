r"""What no repair may contain: a program's list of what a teacher would not write.

Only what a repair brings in counts: the same thing in the author's own line is the author's way of writing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from pminusy.proofread.proof import Step, Suggestion
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    has_derivative,
    is_literal,
    walk,
)

_NUMBERS = Number | Divide
_ATOMS = Symbol | Number | Group


def faults(step: Step, suggestion: Suggestion) -> list[str]:
    """What is on the list, in the words of the list; empty for a repair that may be shown."""
    assert step.lhs_tree is not None
    assert step.rhs_tree is not None
    left, before, after = step.lhs_tree, step.rhs_tree, suggestion.repaired_tree
    if any(node is suggestion.found_tree for node in walk(left)):
        left, before = before, left
    found = [name for name, count in _COUNTED.items() if count(after) > count(before)]
    if _asks_again(left, before, after) and _replaces_all(suggestion, before):
        found.append("the left side again")
    if has_derivative(left) and not has_derivative(before) and has_derivative(after):
        found.append("a derivative that is not carried out")
    if re.search(r"[-+]\s*(\\left)?\(?\s*-", suggestion.repair) and not re.search(
        r"[-+]\s*(\\left)?\(?\s*-", suggestion.found
    ):
        found.append("two signs in a row")
    if _by_accident(suggestion):
        found.append("the right number by accident")
    return found


def _asks_again(left: Node, before: Node, after: Node) -> bool:
    """Whether the repair holds the left side as a whole, where that is more than a name or a number."""
    if isinstance(bare(left), Symbol | Number) or is_literal(left):
        return False
    left = bare(left)
    return any(node == left for node in walk(after)) and not any(node == left for node in walk(before))


def _replaces_all(suggestion: Suggestion, before: Node) -> bool:
    """Whether a repair replaces most of the right side; a small change may well end at what the left side says."""
    return 2 * len(list(walk(suggestion.found_tree))) > len(list(walk(before)))


def _by_accident(suggestion: Suggestion) -> bool:
    """Whether a number gives way to several, or to a fraction so long that it is near any value."""
    numbers = re.findall(r"\\frac\{(\d{4,})\}\{(\d{4,})\}", suggestion.repair)
    if any(f"{above}}}{{{below}" not in suggestion.found for above, below in numbers):
        return True
    if not is_literal(suggestion.found_tree) or not suggestion.repair.strip():
        return False
    digits = len(re.findall(r"\d+", suggestion.found))
    return bool(re.search(r"[-+]\s*(e|\\pi)", suggestion.repair)) and digits <= 1


def _over_itself(tree: Node) -> int:
    """Fractions with the same factor above and below, and differences of the same term."""
    fractions = [node for node in walk(tree) if isinstance(node, Divide)]
    count = sum(bool(_factors(node.numerator) & _factors(node.denominator)) for node in fractions)
    count += sum(_common_divisor(node) > 1 for node in fractions)
    for node in walk(tree):
        if isinstance(node, Add):
            added = {bare(term) for term in node.terms if not isinstance(term, Negative)}
            taken = {bare(term.body) for term in node.terms if isinstance(term, Negative)}
            count += sum(not is_literal(term) for term in added & taken)
            count += sum(isinstance(t, Add) and set(t.terms) <= added for t in taken)
    return count


def _common_divisor(node: Divide) -> int:
    above, below = (
        [int(each.text) for each in _parts(side) if isinstance(each, Number) and each.text.isdigit()]
        for side in (node.numerator, node.denominator)
    )
    return max((math.gcd(a, b) for a in above for b in below), default=1)


def _parts(node: Node) -> list[Node]:
    node = bare(node)
    node = bare(node.body) if isinstance(node, Negative) else node
    return [bare(factor) for factor in node.factors] if isinstance(node, Multiply) else [node]


def _factors(node: Node) -> set[Node]:
    """The factors of a product that are no mere numbers; a power counts as its base."""
    bases = {bare(part.base) if isinstance(part, Power) else part for part in _parts(node)}
    return {part for part in bases if not is_literal(part)}


def _inverses(tree: Node) -> int:
    """Products of something and of what it is divided by."""
    count = 0
    for node in walk(tree):
        if isinstance(node, Multiply):
            below = [_factors(bare(f).denominator) for f in node.factors if isinstance(bare(f), Divide)]
            beside = [bare(f) for f in node.factors]
            count += any(other in parts for parts in below for other in beside)
    return count


def _numbers_apart(tree: Node) -> int:
    """Sums and products with two numbers that could be one, and numbers times 1."""
    count = 0
    for node in walk(tree):
        if isinstance(node, Add):
            terms = [bare(t.body) if isinstance(t, Negative) else bare(t) for t in node.terms]
            count += sum(isinstance(term, Number) for term in terms) > 1
        if isinstance(node, Multiply):
            count += sum(map(_is_coefficient, node.factors)) > 1
            count += any(bare(factor) in (Number("1"), Number("0")) for factor in node.factors)
    return count


def _is_coefficient(factor: Node) -> bool:
    """A number, or a fraction that has one above or below."""
    factor = bare(factor)
    if isinstance(factor, Divide):
        return isinstance(factor.denominator, Number)
    return isinstance(factor.body if isinstance(factor, Negative) else factor, Number)


def _parentheses(tree: Node) -> int:
    """Parentheses around what is one sign, or around parentheses."""
    held = {id(node.arguments[0]) for node in walk(tree) if isinstance(node, Call)}
    return sum(
        isinstance(node, Group)
        and node.opening != "{"
        and isinstance(node.body, _ATOMS)
        and id(node) not in held
        for node in walk(tree)
    ) + isinstance(tree, Group)


def _signs(tree: Node) -> int:
    """A minus before a minus, before a fraction that has one above, and a negative number among factors."""
    count = 0
    for node in walk(tree):
        if isinstance(node, Negative):
            body = bare(node.body)
            above = [bare(part.numerator) if isinstance(part, Divide) else part for part in _parts(body)]
            count += isinstance(body, Negative) or any(map(_is_negative, above[:1]))
        if isinstance(node, Multiply):
            count += any(_is_negative(bare(factor)) for factor in node.factors[1:])
    return count


def _is_negative(node: Node) -> bool:
    return isinstance(node, Negative) or (isinstance(node, Number) and node.text.startswith("-"))


def _trivial_powers(tree: Node) -> int:
    powers = [node for node in walk(tree) if isinstance(node, Power)]
    return sum(bare(node.exponent) in (Number("0"), Number("1")) for node in powers)


_COUNTED: dict[str, Callable[[Node], int]] = {
    "something over itself": _over_itself,
    "something times its inverse": _inverses,
    "two numbers that could be one": _numbers_apart,
    "parentheses without need": _parentheses,
    "two signs in a row": _signs,
    "a power of 0 or 1": _trivial_powers,
}
