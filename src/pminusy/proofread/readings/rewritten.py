r"""Parts of a page with formulas written out as a reader understands them.

Squares of vectors are squared lengths, indices that are left out are those of their neighbours, a bare sum runs over
the entries of what stands in it, and an integral without limits over the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from pminusy.proofread.checking.integrals import outside_integrals
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.source.page import Chain, Member, Page
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import OF_EVENTS
from pminusy.proofread.syntax.tree import (
    Binding,
    Call,
    Derivative,
    Fold,
    Group,
    Integral,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    is_literal,
    transform,
    walk,
)

_MACRO = re.compile(r"\\([A-Za-z]{2,})")
_RUNNING, _ENDLESS = Symbol("·i"), Symbol(r"\infty")

Part = tuple[Page, Chain]


def with_squared_lengths(part: Part) -> Part | None:
    """A part of a page with every square taken for a squared length; None where that changes nothing.

    It is the same for numbers, and what `(y - Xw)^2` means for vectors.
    """
    return _changed(part, on_page(part, _squared_lengths))


def with_gradient_variables(part: Part) -> Part | None:
    r"""A part of a page with `\nabla (x^T A x)` read as the gradient by x, where the chain has `\nabla f(x)`.

    That of $p_\theta(\tau)$ is by θ.

    None where that changes nothing.
    """
    trees = [m.tree for m in part[1].members if m.tree is not None]
    gradients = [n for tree in trees for n in walk(tree) if isinstance(n, Derivative) and n.form == "nabla"]
    calls = [n.body for n in gradients if n.variables == (Symbol(""),) and isinstance(n.body, Call)]
    by = {call.arguments[0] for call in calls if len(call.arguments) == 1}
    by = _parameters_below(gradients) or by
    by |= {n.variables[0] for n in gradients if n.variables != (Symbol(""),)}
    if len(by) != 1:
        return None
    variable = by.pop()

    def completed(node: Node) -> Node:
        bare = isinstance(node, Derivative) and node.form == "nabla" and node.variables == (Symbol(""),)
        return replace(node, variables=(variable,)) if bare and isinstance(node, Derivative) else node

    def rewritten(member: Member) -> Member:
        return member if member.tree is None else member.rewrite(transform(member.tree, completed))

    return _changed(part, in_chain(part, rewritten))


def _parameters_below(gradients: Sequence[Derivative]) -> set[Node]:
    r"""The Greek letters below functions that gradients are of, as in `\nabla \log p_\theta(x)`."""
    calls = [n for gradient in gradients for n in walk(gradient.body) if isinstance(n, Call)]
    below = {index for call in calls for index in call.function.lower}
    return {index for index in below if isinstance(index, Symbol) and index.name.startswith("\\")}


def with_understood_indices(part: Part) -> Part | None:
    r"""A part of a page with indices that are left out put in: y as y_i beside x_i, where the page has a y_i as well.

    None where that changes nothing.
    """
    page, _ = part
    symbols = [
        node for each in page.chains for m in each.members if m.tree is not None for node in walk(m.tree)
    ]
    full = {
        s.name: s
        for s in symbols
        if isinstance(s, Symbol) and len(s.indices) == 1 and _is_plain(s.indices[0])
    }
    return _changed(part, in_chain(part, lambda member: _understood(member, full)))


def _understood(member: Member, full: dict[str, Symbol]) -> Member:
    if member.tree is None:
        return member
    here = {
        node.indices[0] for node in walk(member.tree) if isinstance(node, Symbol) and len(node.indices) == 1
    }

    def completed(node: Node) -> Node:
        if not isinstance(node, Symbol) or node.indices or node.name not in full:
            return node
        return replace(full[node.name], span=node.span) if full[node.name].indices[0] in here else node

    return member.rewrite(transform(member.tree, completed))


def _is_plain(node: Node) -> bool:
    return isinstance(node, Symbol) and not node.indices and len(node.name) == 1 and node.name.islower()


def _squared_lengths(member: Member) -> Member:
    def length(node: Node) -> Node:
        if not isinstance(node, Power) or node.exponent != Number("2"):
            return node
        base = node.base
        matrix = isinstance(base, Symbol) and base.name.isupper() and not base.indices
        known = isinstance(base, Norm | Call) or is_literal(base) or matrix
        return node if known else replace(node, base=Norm(base, bar="|", span=base.span))

    return member if member.tree is None else member.rewrite(transform(member.tree, length))


def with_absolute_determinants(part: Part) -> Part | None:
    r"""A part of a page with bars around matrices for the magnitude of the determinant, as in a change of variables.

    None where that changes nothing.
    """
    return _changed(part, in_chain(part, _absolute_determinants))


def _absolute_determinants(member: Member) -> Member:
    def absolute(node: Node) -> Node:
        barred = isinstance(node, Norm) and node.bar == "|" and isinstance(node.body, Matrix)
        return Norm(node, bar="|", span=node.span) if barred else node

    return member if member.tree is None else member.rewrite(transform(member.tree, absolute))


def with_layout_macros(part: Part) -> Part | None:
    r"""A part of a page with macros that nobody defines read as layout: `\pink{x}` as x, `\ds \sum` as the sum.

    None where there are none.
    """
    page, _ = part
    macros = frozenset(_MACRO.findall(page.text)) - names.FUNCTIONS.keys() - names.LOSS_NAMES - OF_EVENTS
    return _changed(part, on_page(part, lambda member: _without_macros(member, macros)))


def _without_macros(member: Member, macros: frozenset[str]) -> Member:
    def undressed(node: Node) -> Node:
        if (
            isinstance(node, Call)
            and node.function == Symbol(node.function.name)
            and len(node.arguments) == 1
        ):
            plain = node.function.name in macros and not node.primes
            return Group(node.arguments[0], span=node.span) if plain else node
        if isinstance(node, Multiply):
            kept = [n for n, f in enumerate(node.factors) if f not in symbols]
            if not kept or len(kept) == len(node.factors):
                return node
            first, *rest = (node.factors[n] for n in kept)
            signs = tuple(node.signs[n - 1] for n in kept[1:])
            return Multiply((first, *rest), signs, span=node.span) if rest else first
        return node

    symbols = frozenset(map(Symbol, macros))
    return member if member.tree is None else member.rewrite(transform(member.tree, undressed))


def with_whole_ranges(part: Part) -> Part | None:
    r"""A part of a page with integrals that say no limits over the whole line, as `\int x p(x) dx` for a mean.

    None where there are none, or the variable stands elsewhere, as beside an antiderivative.
    """
    trees = [member.tree for member in part[1].members if member.tree is not None]
    loose = {node.variable for tree in trees for node in walk(tree) if _is_loose(node)}
    plain = [transform(tree, _without_divergence) for tree in trees]
    if not loose or any(loose & set(outside_integrals(tree)) for tree in plain):
        return None
    return on_page(part, _over_whole_ranges)


def _without_divergence(node: Node) -> Node:
    """A number for the divergence of two densities, which does not depend on what they are taken at."""
    return Number("1") if isinstance(node, Call) and "KL" in node.function.name else node


def _is_loose(node: Node) -> TypeGuard[Integral]:
    return isinstance(node, Integral) and node.low is None and node.high is None


def _over_whole_ranges(member: Member) -> Member:
    def whole(node: Node) -> Node:
        return replace(node, low=Negative(_ENDLESS), high=_ENDLESS) if _is_loose(node) else node

    return member if member.tree is None else member.rewrite(transform(member.tree, whole))


def with_running_sums(part: Part) -> Part | None:
    r"""A part of a page with bare sums, as in `\sum (wx - y)^2`, running over what stands in such sums only: x and y.

    None where that changes nothing.
    """
    page, _ = part
    trees = [m.tree for each in page.chains for m in each.members if m.tree is not None]
    inside = {s for tree in trees for fold in _bare_sums(tree) for s in _plain_names(fold.body)}
    derivatives = [n for tree in trees for n in walk(tree) if isinstance(n, Derivative)]
    kept = {s for tree in trees for s in _outside(tree)}
    kept |= {s for node in derivatives for variable in node.variables for s in main_symbols(variable)}
    running = inside - kept
    return on_page(part, lambda member: _running(member, running)) if running else None


def _bare_sums(tree: Node) -> Iterator[Fold]:
    for node in walk(tree):
        bare = isinstance(node, Fold) and node.kind == "sum" and not node.bindings
        if bare and isinstance(node, Fold) and not any(s.indices for s in main_symbols(node.body)):
            yield node


def _plain_names(node: Node) -> Iterator[Symbol]:
    """Names that stand for numbers in an expression: no functions, numbers or names with indices."""
    functions = {n.function for n in walk(node) if isinstance(n, Call)}
    return (s for s in main_symbols(node) if not (s.indices or is_literal(s) or s in functions))


def _outside(tree: Node) -> set[Symbol]:
    """The names in a tree that stand outside its bare sums."""
    sums = {id(s) for fold in _bare_sums(tree) for s in main_symbols(fold.body)}
    return {s for s in main_symbols(tree) if id(s) not in sums}


def _running(member: Member, running: set[Symbol]) -> Member:
    def indexed(node: Node) -> Node:
        return replace(node, lower=(_RUNNING,)) if isinstance(node, Symbol) and node in running else node

    def summed(node: Node) -> Node:
        if not isinstance(node, Fold) or node.kind != "sum" or node.bindings:
            return node
        body = transform(node.body, indexed)
        return node if body is node.body else replace(node, body=body, bindings=(Binding(_RUNNING),))

    return member if member.tree is None else member.rewrite(transform(member.tree, summed))


def on_page(part: Part, rewrite: Callable[[Member], Member]) -> Part:
    """The part with all members of the page rewritten."""
    page, chain = part
    made = {id(each): _with_members(each, rewrite) for each in page.chains}
    return replace(page, chains=list(made.values())), made[id(chain)]


def in_chain(part: Part, rewrite: Callable[[Member], Member]) -> Part:
    """The part with the members of its chain rewritten."""
    page, chain = part
    new = _with_members(chain, rewrite)
    return replace(page, chains=[new if each is chain else each for each in page.chains]), new


def _with_members(chain: Chain, rewrite: Callable[[Member], Member]) -> Chain:
    return replace(chain, members=[rewrite(member) for member in chain.members])


def _changed(part: Part, new: Part) -> Part | None:
    """The new part; None where the members of its chain are as they were."""
    pairs = zip(part[1].members, new[1].members, strict=True)
    return None if all(one.tree is other.tree for one, other in pairs) else new
