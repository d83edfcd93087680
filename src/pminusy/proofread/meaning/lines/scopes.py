"""How far a sum reaches, and indices that are both bound and free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Fold,
    Multiply,
    Negative,
    Node,
    Relation,
    Symbol,
    children,
    map_children,
    substitute,
    transform,
    walk,
)


def scoped(tree: Node, left: Node) -> Node:
    r"""A tree with its sums reaching as far as their indices are used.

    `\sum_k a_k + b_k` is `\sum_k (a_k + b_k)`, and `\sum_{i<j}` is over both, where k, i and j mean nothing outside.
    `left` is the start of the chain: an index that occurs there is free.
    """
    free = frozenset(_free_index_names(left))
    return _with_pairs(_extended(tree, free), free)


def _with_pairs(node: Node, known: frozenset[str]) -> Node:
    """Sums over pairs: the other index of a condition is bound too, if nothing else gives it a meaning."""
    if not isinstance(node, Fold):
        return map_children(node, lambda child: _with_pairs(child, known))
    bound = known | {binding.index.name for binding in node.bindings}
    if isinstance(node.condition, Relation) and node.condition.operator in ("<", ">", r"\le", r"\ge", r"\ne"):
        other = node.condition.right
        unknown = isinstance(other, Symbol) and not other.indices and other.name not in bound
        if unknown and any(isinstance(n, Symbol) and other in n.indices for n in walk(node.body)):
            assert isinstance(other, Symbol)
            node = replace(node, bindings=(*node.bindings, Binding(other, span=other.span)))
            bound |= {other.name}
    body = _with_pairs(node.body, bound)
    return node if body is node.body else replace(node, body=body)


def _extended(tree: Node, free: frozenset[str]) -> Node:
    def extend(node: Node) -> Node:
        if not isinstance(node, Add):
            return node
        terms = list(node.terms)
        for n, term in enumerate(terms):
            fold = _last_sum(term)
            if fold is not None and fold.bindings:
                bound = {binding.index.name for binding in fold.bindings} - free
                last = max((m for m in range(n + 1, len(terms)) if _uses(terms[m], bound)), default=n)
                if last > n:
                    body = Add((fold.body, *terms[n + 1 : last + 1]), span=fold.body.span | terms[last].span)
                    whole = substitute(
                        term, fold, replace(fold, body=body, span=fold.span | terms[last].span)
                    )
                    rest = (*terms[:n], whole, *terms[last + 1 :])
                    return whole if len(rest) == 1 else Add(rest, span=node.span)
        return node

    return transform(tree, extend)


def _last_sum(term: Node) -> Fold | None:
    r"""The sum that a term is or ends in, as in `-\frac{1}{m} \sum_i a_i`."""
    while isinstance(term, Negative | Multiply):
        term = term.body if isinstance(term, Negative) else term.factors[-1]
    return term if isinstance(term, Fold) and term.kind == "sum" else None


def _uses(node: Node, names: set[str]) -> bool:
    """Whether an index of that name is free below a node."""
    if isinstance(node, Fold) and names & _bound_by(node):
        return False
    if isinstance(node, Symbol):
        return any(isinstance(index, Symbol) and index.name in names for index in node.indices)
    return any(_uses(child, names) for child in children(node))


def _bound_by(fold: Fold) -> set[str]:
    """The indices that a fold runs over; one without any runs over the only letter that stands in it as an index."""
    bound = {binding.index.name for binding in fold.bindings}
    within = bound or {name for name in _index_names(fold.body) if len(name) == 1}
    return within if bound or len(within) == 1 else set()


def _index_names(node: Node) -> Iterator[str]:
    for each in walk(node):
        if isinstance(each, Symbol):
            for index in each.indices:
                for inner in walk(index):
                    if isinstance(inner, Symbol):
                        yield inner.name


def _free_index_names(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    if isinstance(node, Fold):
        bound |= _bound_by(node)
    if isinstance(node, Symbol):
        yield from (name for name in _index_names(node) if name not in bound)
    else:
        for child in children(node):
            yield from _free_index_names(child, bound)


def notes_on(tree: Node, start: Node | None) -> tuple[str, ...]:
    """Warnings about indices that are bound by a sum though they mean something else on the same line."""
    if start is None:
        return ()
    free = set(_free_index_names(start))
    clashes = {
        binding.index.name
        for node in walk(tree)
        if isinstance(node, Fold)
        for binding in node.bindings
        if binding.index.name in free
    }
    return tuple(
        f"index {name} is summed over here but is free on the left side: rename the summation index"
        for name in sorted(clashes)
    )
