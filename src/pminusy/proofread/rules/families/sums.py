"""Sums over indices: split, joined, contracted, swapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pminusy.proofread.checking.compare import conjuncts
from pminusy.proofread.rules.build import ONE, ZERO, add, div, factors_of, mul, neg, power, terms_of
from pminusy.proofread.rules.letters import free, put_in, rename_bound, spare
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Branch,
    Cases,
    Delta,
    Divide,
    Fold,
    Indicator,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    walk,
)


def bound_by(node: Fold) -> set[str]:
    """The letters that a sum binds."""
    return {b.index.name for b in node.bindings}


def mentions(node: Node, names: set[str]) -> bool:
    """Whether some letters stand anywhere in a formula."""
    return any(isinstance(s, Symbol) and s.name in names for s in walk(node))


def _linear(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum":
        return
    body = node.body
    if isinstance(body, Add):
        terms = [
            neg(replace(node, body=t.body)) if isinstance(t, Negative) else replace(node, body=t)
            for t in terms_of(body)
        ]
        yield Move(add(terms), "A sum over several terms is the sum over each")
    elif isinstance(body, Negative):
        yield Move(
            neg(replace(node, body=body.body)),
            "The minus sign is common to all terms and stands in front of the sum",
        )


def _constants(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum" or not node.bindings:
        return
    names = bound_by(node)
    body = node.body
    if isinstance(body, Divide) and not mentions(body.denominator, names):
        new = div(replace(node, body=body.numerator), body.denominator)
        yield Move(new, _same(body.denominator, node))
        body = body.numerator if isinstance(body.numerator, Multiply) else body
    factors = factors_of(body)
    fixed = [f for f in factors if not mentions(f, names)]
    rest = [f for f in factors if mentions(f, names)]
    if isinstance(body, Divide) and not fixed:
        above = factors_of(body.numerator)
        fixed = [f for f in above if not mentions(f, names) and f != ONE]
        rest = [div(mul([f for f in above if mentions(f, names)]), body.denominator)]
    if fixed and rest:
        new = mul([*fixed, replace(node, body=mul(rest))])
        if body is not node.body and isinstance(node.body, Divide):
            new = div(new, node.body.denominator)
        yield Move(new, _same(mul(fixed), node))


def _same(fixed: Node, node: Fold) -> str:
    letters = ", ".join(f"${name}$" for name in sorted(bound_by(node)))
    return f"{tex(fixed)} is the same for every {letters}, so it stands in front of the sum"


def _over_sum(node: Node, setting: Setting) -> Iterator[Move]:
    """A factor or a denominator taken into the sum."""
    if not isinstance(node, Divide) or not isinstance(node.numerator, Fold) or node.numerator.kind != "sum":
        return
    fold = node.numerator
    if not mentions(node.denominator, bound_by(fold)):
        yield Move(replace(fold, body=div(fold.body, node.denominator)), "Every term of the sum is divided")


def _excluded(node: Fold) -> tuple[str, Node] | None:
    """For Σ_{k ≠ i}, k and i."""
    condition = node.condition
    if isinstance(condition, Relation) and condition.operator == r"\ne" and len(node.bindings) == 1:
        name = node.bindings[0].index.name
        if condition.left == Symbol(name):
            return name, condition.right
        if condition.right == Symbol(name):
            return name, condition.left
    return None


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
        sign, fold = (neg, term.body) if isinstance(term, Negative) else (add_one, term)
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


def add_one(node: Node) -> Node:
    """The node itself."""
    return node


def _join(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Add):
        return
    terms = terms_of(node)
    for n, term in enumerate(terms):
        for fold, scale in _folds_in(term):
            excluded = _excluded(fold)
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
    if isinstance(node, Fold) and node.kind == "sum" and (excluded := _excluded(node)) is not None:
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
        yield term, add_one
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


def _contract(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Fold) or node.kind != "sum":
        return
    factors = factors_of(node.body)
    for n, factor in enumerate(factors):
        if not isinstance(factor, Delta):
            continue
        for binding in node.bindings:
            name = binding.index.name
            other = (
                factor.right
                if factor.left == Symbol(name)
                else factor.left
                if factor.right == Symbol(name)
                else None
            )
            if other is None or mentions(other, {name}):
                continue
            rest = mul([*factors[:n], *factors[n + 1 :]])
            bindings = tuple(b for b in node.bindings if b is not binding)
            body = put_in(rest, {name: other}, setting)
            condition = None if node.condition is None else put_in(node.condition, {name: other}, setting)
            new = replace(node, bindings=bindings, body=body, condition=condition) if bindings else body
            if not bindings and condition is not None:
                continue
            yield Move(new, f"{tex(factor)} leaves only the term with ${name} = {to_latex(other)}$")


def _delta_value(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Delta):
        return
    if node.left == node.right:
        yield Move(ONE, "The indices are equal, so the delta is one")
    for part in conjuncts(setting.condition):
        about = isinstance(part, Relation) and {part.left, part.right} == {node.left, node.right}
        if about and isinstance(part, Relation) and part.operator in ("=", r"\ne"):
            yield Move(ONE if part.operator == "=" else ZERO, f"Here {tex(part)}")
    if isinstance(node.left, Number) and isinstance(node.right, Number) and node.left != node.right:
        yield Move(ZERO, "The indices differ, so the delta is zero")


def _delta_in_sum(node: Node, setting: Setting) -> Iterator[Move]:
    """δ_{ki} in Σ_{k ≠ i} is zero."""
    if not isinstance(node, Fold) or (excluded := _excluded(node)) is None:
        return
    pair = {Symbol(excluded[0]), excluded[1]}
    for inner, _ in places(node.body):
        if isinstance(inner, Delta) and {inner.left, inner.right} == pair:
            body = _zeroed(node.body, pair)
            yield Move(
                replace(node, body=body) if body != ZERO else ZERO,
                f"In this sum ${excluded[0]} \\ne {to_latex(excluded[1])}$, so {tex(inner)} is zero",
            )
            return


def _zeroed(node: Node, pair: set[Node]) -> Node:
    if isinstance(node, Delta) and {node.left, node.right} == pair:
        return ZERO
    match node:
        case Add():
            return add(_zeroed(t, pair) for t in node.terms)
        case Multiply():
            return mul(_zeroed(f, pair) for f in node.factors)
        case Negative():
            return neg(_zeroed(node.body, pair))
        case Divide():
            return div(_zeroed(node.numerator, pair), _zeroed(node.denominator, pair))
        case _:
            return node


def _delta_product(node: Node, setting: Setting) -> Iterator[Move]:
    """δ_{ij} x_j = δ_{ij} x_i."""
    if not isinstance(node, Multiply):
        return
    factors = factors_of(node)
    for n, factor in enumerate(factors):
        if isinstance(factor, Delta) and isinstance(factor.left, Symbol) and isinstance(factor.right, Symbol):
            for old, new in ((factor.left, factor.right), (factor.right, factor.left)):
                rest = [put_in(f, {old.name: new}, setting) for f in factors[:n] + factors[n + 1 :]]
                if rest != factors[:n] + factors[n + 1 :]:
                    yield Move(
                        mul([*rest, factor]),
                        f"Where {tex(factor)} is not zero, ${old.name}$ and ${new.name}$ are the same",
                    )


def _indicator(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Indicator)
        and isinstance(node.condition, Relation)
        and node.condition.operator == "="
    ):
        yield Move(
            Delta(node.condition.left, node.condition.right),
            "The indicator of equal indices is Kronecker's delta",
        )


def _cases(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Delta):
        equal = Relation("=", node.left, node.right)
        yield Move(
            Cases((Branch(ONE, equal), Branch(ZERO, None))),
            "Kronecker's delta is one where its indices agree, else zero",
        )
    if isinstance(node, Cases):
        for part in conjuncts(setting.condition):
            for n, branch in enumerate(node.branches):
                if branch.condition == part and n == 0:
                    yield Move(branch.value, f"Here {tex(part)}")


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


def _prod_linear(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Fold) and node.kind == "prod":
        body = node.body
        if isinstance(body, Multiply):
            yield Move(
                mul(replace(node, body=f) for f in factors_of(body)),
                "The product over several factors is the product over each",
            )
        elif isinstance(body, Divide):
            yield Move(
                div(replace(node, body=body.numerator), replace(node, body=body.denominator)),
                "The product of fractions is the fraction of the products",
            )
        elif isinstance(body, Power) and not mentions(body.exponent, bound_by(node)):
            yield Move(
                power(replace(node, body=body.base), body.exponent),
                "The product of powers is the power of the product",
            )
        elif isinstance(body, Power) and not mentions(body.base, bound_by(node)):
            yield Move(
                power(body.base, replace(node, kind="sum", body=body.exponent)),
                "Powers of one base are multiplied by adding their exponents",
            )


_S = r"q = \sum_k z_k + \sum_i z_i"
CONTRACT = Rule("contract a delta", "insert a delta", _contract, Example(r"\sum_k z_k \delta_{ki}", "z_i"))
VALUE = Rule(
    "value of a delta",
    "number as a delta",
    _delta_value,
    Example(r"z_i \delta_{ij}", "0", text=r"For $i \ne j$:"),
)
LEFT_OUT = Rule(
    "delta in a sum without its index",
    "delta put into a sum",
    _delta_in_sum,
    Example(r"\sum_{k \ne i} z_k (\delta_{ki} - y_k)", r"\sum_{k \ne i} z_k (-y_k)"),
)
RULES = (
    Rule(
        "sum of a sum",
        "sums put together",
        _linear,
        Example(r"\sum_k (y_k + z_k)", r"\sum_k y_k + \sum_k z_k"),
    ),
    Rule(
        "constant factor out of a sum",
        "factor into a sum",
        _constants,
        Example(r"\sum_k a z_k", r"a \sum_k z_k"),
    ),
    Rule(
        "division taken into a sum",
        "division out of a sum",
        _over_sum,
        Example(r"\frac{\sum_k z_k}{a}", r"\sum_k \frac{z_k}{a}"),
    ),
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
    CONTRACT,
    VALUE,
    LEFT_OUT,
    Rule(
        "rename by a delta",
        "rename by a delta",
        _delta_product,
        Example(r"z_j \delta_{ij}", r"z_i \delta_{ij}"),
    ),
    Rule(
        "indicator as a delta",
        "delta as an indicator",
        _indicator,
        Example(r"\mathbb{1}\{i = j\}", r"\delta_{ij}"),
    ),
    Rule(
        "delta by cases",
        "cases as a delta",
        _cases,
        Example(r"\delta_{ij}", r"\begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}"),
    ),
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
    Rule("sum of equal terms", "number of terms as a sum", _counting, Example(r"\sum_{i=1}^n a", "n a")),
    Rule(
        "product over several factors",
        "products put together",
        _prod_linear,
        Example(r"\prod_k y_k z_k", r"\left( \prod_k y_k \right) \prod_k z_k"),
    ),
)
