"""Derivatives carried out by the rules, down to the form in which one would write the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import (
    ONE,
    add,
    div,
    factors_of,
    mul,
    neg,
    split_fraction,
    terms_of,
    value_of,
    without_groups,
)
from pminusy.proofread.rules.chains import first_moves, worked_out
from pminusy.proofread.rules.expansion import MOST_TERMS
from pminusy.proofread.rules.families import names, sigmoids, sums
from pminusy.proofread.rules.letters import bound_by, put_in
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Delta,
    Derivative,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Symbol,
    has_derivative,
    map_children,
    walk,
)

MOST, DEEPEST = 60, 6  # rules applied one after the other, primes within primes


def carried_out(tree: Node, setting: Setting) -> Node | None:
    """A formula with its derivatives carried out and the deltas that arise used up; None where a derivative is left.

    Parameters
    ----------
    tree : Node
    setting : Setting
        The page around it, with the definitions through which it is differentiated.

    Returns
    -------
    Node or None
        Without parentheses: they follow from the tree.
    """
    tidy = Tidy()
    tree = tidy(tree)
    for _ in range(DEEPEST):
        tree = _by_primes(tree, setting, tidy)
        chain = worked_out(tree, setting, tidy)
        if not chain:
            break
        tree = chain[-1].tree
    if has_derivative(tree):
        return None
    for _ in range(MOST):
        new = next(_smaller_sums(tree, setting), None)
        if new is None:
            break
        tree = tidy(new)
    return _positive_first(_one_bar(tree))


def spread_out(tree: Node, setting: Setting) -> Node:
    """A formula with its sums taken apart into single terms, constants in front, and equal terms counted."""
    tidy = Tidy()
    for _ in range(MOST):
        new = next(_apart(tree, setting), None)
        if new is None:
            break
        tree = tidy(new)
    return _positive_first(_one_bar(tree))


def _apart(tree: Node, setting: Setting) -> Iterator[Node]:
    for node, put in places(tree):
        if isinstance(node, Fold) and node.kind == "sum":
            for _, move in first_moves((sums.LINEAR, sums.COUNTING, sums.CONSTANTS), node, setting):
                yield put(move.new)


def with_derivatives(tree: Node, setting: Setting, tidy: Tidy) -> Node:
    """The formula with derivatives in place of primes on what the page defines, such as `y'` and `g'(t)`."""
    return _rewritten(tree, lambda node: _as_derivative(node, setting), tidy)


def _by_primes(tree: Node, setting: Setting, tidy: Tidy) -> Node:
    """The formula with derivatives, or what they are, in place of primes."""
    return _rewritten(tree, lambda node: _without_prime(node, setting), tidy)


def _rewritten(tree: Node, rewrite: Callable[[Node], Node | None], tidy: Tidy) -> Node:
    for _ in range(MOST):
        found = ((put, new) for node, put in places(tree) if (new := rewrite(node)) is not None)
        first = next(found, None)
        if first is None:
            break
        tree = tidy(first[0](first[1]))
    return tree


def _as_derivative(node: Node, setting: Setting) -> Node | None:
    if isinstance(node, Symbol) and node.name.endswith("'"):
        return _first(names.PRIME, node, setting)
    if (
        isinstance(node, Call)
        and node.primes
        and isinstance(node.arguments[0], Symbol)
        and len(node.arguments) == 1
    ):
        body = _first(names.DEFINITION, replace(node, primes=0), setting)
        return None if body is None else Derivative(body, node.arguments * node.primes, "operator", "d")
    return None


def _without_prime(node: Node, setting: Setting) -> Node | None:
    if isinstance(node, Call) and node.primes:
        return (
            _first(sigmoids.PRIME, node, setting)
            or _as_derivative(node, setting)
            or _of_definition(node, setting)
        )
    return _as_derivative(node, setting)


def _first(rule: Rule, node: Node, setting: Setting) -> Node | None:
    """What a rule makes of a node; None where it does not apply."""
    return next((move.new for _, move in first_moves((rule,), node, setting)), None)


def _of_definition(node: Call, setting: Setting) -> Node | None:
    """f'(u) from the definition of f: its derivative by the argument there, with u put in."""
    meaning = setting.model.definitions.get(setting.family(node.function))
    if (
        meaning is None
        or len(meaning.arguments) != 1
        or not meaning.is_called_with(setting.indices(node.function))
    ):
        return None
    argument = meaning.arguments[0]
    slope = carried_out(
        Derivative(without_groups(meaning.body), (argument,) * node.primes, "operator", "d"), setting
    )
    return None if slope is None else put_in(slope, {argument.name: node.arguments[0]}, setting)


def _smaller_sums(tree: Node, setting: Setting) -> Iterator[Node]:
    """The formula with one sum less, or with a sum that has less in it."""
    for node, put in places(tree):
        if not isinstance(node, Fold) or node.kind != "sum":
            continue
        letters = {Symbol(name) for name in bound_by(node)}
        if _picks(node.body, letters):
            opened = _multiplied_out(node.body, letters)
            if opened is not None:
                yield put(add(_signed(node, term) for term in opened))
            for _, move in first_moves((sums.LEFT_OUT, sums.CONTRACT), node, setting):
                yield put(move.new)
        for _, move in first_moves((sums.CONSTANTS,), node, setting):
            yield put(move.new)


def _picks(body: Node, letters: set[Symbol]) -> bool:
    """Whether there is a delta with one of some letters."""
    return any(isinstance(each, Delta) and letters & {each.left, each.right} for each in walk(body))


def _signed(node: Fold, term: Node) -> Node:
    return neg(replace(node, body=term.body)) if isinstance(term, Negative) else replace(node, body=term)


def _multiplied_out(body: Node, letters: set[Symbol]) -> list[Node] | None:
    """The terms of a body, multiplied out as far as sums with deltas stand among its factors; None for a single one."""
    terms = terms_of(body)
    if len(terms) > 1:
        return terms
    above, below = split_fraction(body)
    products: list[list[Node]] = [[]]
    for factor in above:
        parts = terms_of(factor) if isinstance(factor, Add) and _picks(factor, letters) else [factor]
        products = [[*product, part] for product in products for part in parts]
    if not 1 < len(products) <= MOST_TERMS:
        return None
    return [div(mul(product), mul(below)) for product in products]


def _one_bar(node: Node) -> Node:
    """Products with one over something as fractions that have the other factors above."""
    node = map_children(node, _one_bar)
    if isinstance(node, Multiply) and any(_is_reciprocal(factor) for factor in factors_of(node)):
        above, below = split_fraction(node)
        return div(mul(above), mul(below))
    return node


def _is_reciprocal(factor: Node) -> bool:
    return isinstance(factor, Divide) and factor.numerator == ONE and value_of(factor) is None


def _positive_first(tree: Node) -> Node:
    """A difference that begins with the term that has no sign."""
    terms = terms_of(tree)
    if isinstance(tree, Negative) and len(terms) > 1:
        return add(sorted(terms, key=lambda term: isinstance(term, Negative)))
    return tree
