"""One term written apart from a sum, or joined to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import conjuncts
from pminusy.proofread.rules.build import add, mul, neg, terms_of
from pminusy.proofread.rules.letters import free, left_out, put_in
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Fold,
    Multiply,
    Negative,
    Node,
    Relation,
    Symbol,
)


def _split(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind not in ("sum", "prod") or len(node.bindings) != 1:
        return
    name = node.bindings[0].index.name
    if node.condition is not None:
        return
    letters = {*free(node, setting), *_compared_letters(setting)} - {name}
    for letter in sorted(letters & setting.model.families.letters):
        value = Symbol(letter)
        alone = put_in(node.body, {name: value}, setting)
        others = replace(node, condition=Relation(r"\ne", Symbol(name), value))
        new = add([alone, others]) if node.kind == "sum" else mul([alone, others])
        yield Move(new, f"The term with ${name} = {letter}$ is written apart from the others")


def _compared_letters(setting: Setting) -> set[str]:
    return {
        side.name
        for part in conjuncts(setting.condition)
        if isinstance(part, Relation)
        for side in (part.left, part.right)
        if isinstance(side, Symbol)
    }


def _split_elsewhere(node: Node, setting: Setting) -> Iterator[Move]:
    """In a sum of terms, Σ_k split at a letter that another term has."""
    if not isinstance(node, Add):
        return
    letters = set[str]().union(*(free(term, setting) for term in node.terms))
    for n, term in enumerate(node.terms):
        sign, fold = (neg, term.body) if isinstance(term, Negative) else (_itself, term)
        if (
            not isinstance(fold, Fold)
            or fold.kind != "sum"
            or len(fold.bindings) != 1
            or fold.condition is not None
        ):
            continue
        name = fold.bindings[0].index.name
        for letter in sorted(letters - free(term, setting) - {name}):
            value = Symbol(letter)
            others = replace(fold, condition=Relation(r"\ne", Symbol(name), value))
            pair = [sign(put_in(fold.body, {name: value}, setting)), sign(others)]
            new = add([*node.terms[:n], *pair, *node.terms[n + 1 :]])
            yield Move(new, f"The term with ${name} = {letter}$ is written apart from the others")


def _itself(node: Node) -> Node:
    """The node itself."""
    return node


def _join(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Add):
        return
    terms = terms_of(node)
    for n, term in enumerate(terms):
        for fold, scale in _folds_in(term):
            excluded = left_out(fold)
            if excluded is None or fold.kind != "sum":
                continue
            name, value = excluded
            missing = scale(put_in(fold.body, {name: value}, setting))
            for m, other in enumerate(terms):
                if m != n and _same_term(other, missing):
                    whole = scale(replace(fold, condition=None))
                    rest = [t for k, t in enumerate(terms) if k not in (m, n)]
                    about = (
                        f"{tex(other)} is the term with ${name} = {to_latex(value)}$ that the sum leaves out"
                    )
                    yield Move(add([whole, *rest]), about)


def _complement(node: Node, setting: Setting) -> Iterator[Move]:
    """Σ_{k ≠ i} as the whole sum less the term that it leaves out."""
    if isinstance(node, Fold) and node.kind == "sum" and (excluded := left_out(node)) is not None:
        name, value = excluded
        whole = replace(node, condition=None)
        yield Move(
            add([whole, neg(put_in(node.body, {name: value}, setting))]),
            f"The sum without ${name} = {to_latex(value)}$ is the whole sum less that term",
        )


def _folds_in(term: Node) -> Iterator[tuple[Fold, Callable[[Node], Node]]]:
    """The sums that a term is a multiple of, each with the function that puts another in its place."""
    if isinstance(term, Negative):
        for fold, scale in _folds_in(term.body):
            yield fold, _negated(scale)
        return
    if isinstance(term, Fold):
        yield term, _itself
    if isinstance(term, Multiply):
        for n, factor in enumerate(term.factors):
            if isinstance(factor, Fold):
                yield factor, _scaled(term, n)


def _negated(scale: Callable[[Node], Node]) -> Callable[[Node], Node]:
    return lambda new: neg(scale(new))


def _scaled(term: Multiply, n: int) -> Callable[[Node], Node]:
    return lambda new: mul([*term.factors[:n], new, *term.factors[n + 1 :]])


def _same_term(one: Node, other: Node) -> bool:
    def key(node: Node) -> tuple[int, list[str]]:
        sign = 1
        factors = []
        stack = [node]
        while stack:
            each = stack.pop()
            if isinstance(each, Negative):
                sign = -sign
                stack.append(each.body)
            elif isinstance(each, Multiply):
                stack.extend(each.factors)
            else:
                factors.append(repr(each))
        return sign, sorted(factors)

    return key(one) == key(other)


RULES = (
    Rule(
        "split a sum",
        "join a term to a sum",
        _split,
        Example(r"\sum_k z_k y_i", r"z_i y_i + \sum_{k \ne i} z_k y_i"),
    ),
    Rule(
        "split a sum at an index of another term",
        "join a term to a sum",
        _split_elsewhere,
        Example(r"y_i + \sum_k z_k", r"y_i + z_i + \sum_{k \ne i} z_k"),
    ),
    Rule("join a term to a sum", "split a sum", _join, Example(r"z_i + \sum_{k \ne i} z_k", r"\sum_k z_k")),
    Rule(
        "sum without one term",
        "whole sum less one term",
        _complement,
        Example(r"\sum_{k \ne i} z_k", r"\sum_k z_k - z_i"),
    ),
)
