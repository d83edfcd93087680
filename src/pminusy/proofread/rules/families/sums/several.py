"""Several sums: swapped, put together, multiplied, and sums of equal terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import ONE, add, factors_of, mul, neg, power
from pminusy.proofread.rules.letters import bound_by, free, mentions, rename_bound, spare
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Fold,
    Multiply,
    Negative,
    Node,
    Symbol,
    walk,
)


def _swap(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum":
        return
    inner = node.body
    if isinstance(inner, Fold) and inner.kind == "sum":
        limits = [x for b in inner.bindings for x in (b.low, b.high) if x is not None]
        inside = [*limits, *([inner.condition] if inner.condition is not None else [])]
        if not any(mentions(x, bound_by(node)) for x in inside):
            yield Move(
                replace(inner, body=replace(node, body=inner.body)), "The order of two sums may be swapped"
            )
            if node.condition is None and inner.condition is None:
                yield Move(
                    replace(node, bindings=(*node.bindings, *inner.bindings), body=inner.body),
                    "Two sums one inside the other are one double sum",
                )
    if len(node.bindings) > 1 and node.condition is None:
        first, *rest = node.bindings
        yield Move(
            replace(node, bindings=(first,), body=replace(node, bindings=tuple(rest))),
            "A double sum is one sum inside the other",
        )


def _product_of_sums(node: Node, setting: Setting) -> Iterator[Move]:
    """A factor taken into a sum."""
    if not isinstance(node, Multiply):
        return
    factors = factors_of(node)
    for n, factor in enumerate(factors):
        if isinstance(factor, Fold) and factor.kind == "sum":
            rest = factors[:n] + factors[n + 1 :]
            taken = set[str]().union(
                *(free(f, setting) | {s.name for s in walk(f) if isinstance(s, Symbol)} for f in rest)
            )
            clash = bound_by(factor) & taken
            if clash:
                used = taken | {s.name for s in walk(factor) if isinstance(s, Symbol)}
                factor = rename_bound(factor, {name: spare(used) for name in sorted(clash)[:1]}, setting)
            body = mul([*factors[:n], factor.body, *factors[n + 1 :]])
            yield Move(replace(factor, body=body), "A factor in front of a sum multiplies every term")


def _together(node: Node, setting: Setting) -> Iterator[Move]:
    """Several sums over the same range as one."""
    if not isinstance(node, Add):
        return
    folds: list[tuple[int, Node, Fold]] = []
    for n, term in enumerate(node.terms):
        body = term.body if isinstance(term, Negative) else term
        if isinstance(body, Fold) and body.kind == "sum":
            folds.append((n, term, body))
    for n, (at, term, fold) in enumerate(folds):
        for other_at, other_term, other in folds[n + 1 :]:
            if len(fold.bindings) != len(other.bindings):
                continue
            names = {o.index.name: f.index.name for o, f in zip(other.bindings, fold.bindings, strict=True)}
            renamed = rename_bound(other, {k: v for k, v in names.items() if k != v}, setting)
            if renamed.bindings == fold.bindings and renamed.condition == fold.condition:
                signed = [
                    neg(f.body) if isinstance(t, Negative) else f.body
                    for t, f in ((term, fold), (other_term, renamed))
                ]
                rest = [t for k, t in enumerate(node.terms) if k not in (at, other_at)]
                yield Move(
                    add([replace(fold, body=add(signed)), *rest]), "Sums over the same range are one sum"
                )


def _counting(node: Node, setting: Setting) -> Iterator[Move]:
    """Σ_{i=1}^n c = n c."""
    if (
        isinstance(node, Fold)
        and node.kind in ("sum", "prod")
        and len(node.bindings) == 1
        and node.condition is None
    ):
        binding = node.bindings[0]
        if binding.low == ONE and binding.high is not None and not mentions(node.body, bound_by(node)):
            new = mul([binding.high, node.body]) if node.kind == "sum" else power(node.body, binding.high)
            yield Move(new, f"All {tex(binding.high)} terms are equal")


COUNTING = Rule(
    "sum of equal terms", "number of terms as a sum", _counting, Example(r"\sum_{i=1}^n a", "n a")
)
RULES = (
    Rule("swap sums", "swap sums", _swap, Example(r"\sum_i \sum_k y_i z_k", r"\sum_k \sum_i y_i z_k")),
    Rule(
        "factor into a sum",
        "constant factor out of a sum",
        _product_of_sums,
        Example(r"a \sum_k z_k", r"\sum_k a z_k"),
    ),
    Rule(
        "sums put together",
        "sum of a sum",
        _together,
        Example(r"\sum_k y_k + \sum_j z_j", r"\sum_k (y_k + z_k)"),
    ),
    COUNTING,
)
