"""Expectations, variances, determinants and traces taken for what respects sums, factors or functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.repair import slips
from pminusy.proofread.repair.mistakes.mistake import Make, Mistake, Write
from pminusy.proofread.rules.build import TWO, add, factors_of, mul, neg, power, terms_of
from pminusy.proofread.rules.families.chance import EXPECTATIONS, VARIANCES, is_random
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.chances import base_name
from pminusy.proofread.syntax.tree import Add, Call, Divide, Multiply, Negative, Node, Power


def _argument(node: Node, names: frozenset[str]) -> Node | None:
    """What one of some functions is applied to; None where the node is no call of one."""
    if not isinstance(node, Call) or len(node.arguments) != 1 or node.primes:
        return None
    return node.arguments[0] if base_name(node.function.name) in names else None


def expectation(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """E[f(X)] = f(E[X])."""
    body = _argument(node, EXPECTATIONS)
    if not isinstance(node, Call) or body is None:
        return

    def of(inner: Node) -> Node:
        return replace(node, arguments=(inner,)) if is_random(inner, setting) else inner

    if isinstance(body, Power):
        moved: Node = power(of(body.base), of(body.exponent))
    elif isinstance(body, Divide):
        moved = Divide(of(body.numerator), of(body.denominator))
    elif isinstance(body, Call) and len(body.arguments) == 1:
        moved = replace(body, arguments=(of(body.arguments[0]),))
    else:
        return
    yield Mistake(
        moved, slips.MOVED_INSIDE, f"{write(node)} is not {write(moved)}: {slips.MOVED_INSIDE.sentence}"
    )


def variance(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """Var(aX + b) = a Var(X), or with b, or with b and a²; Var(X - Y) = Var(X) - Var(Y)."""
    body = _argument(node, VARIANCES)
    if not isinstance(node, Call) or body is None:
        return
    terms = terms_of(body)
    moving = [term for term in terms if is_random(term, setting)]
    still = [term for term in terms if not is_random(term, setting)]

    def of(term: Node, squared: bool) -> Node:
        if isinstance(term, Negative):
            return neg(of(term.body, squared))
        rest = [f for f in factors_of(term) if is_random(f, setting)]
        before = [f for f in factors_of(term) if not is_random(f, setting)]
        scale = [power(f, TWO) if squared else f for f in before]
        return mul([*scale, replace(node, arguments=(mul(rest),))])

    for squared in (False, True):
        own = [of(term, squared) for term in moving]
        for more in (still, []) if still else ([],):
            wrong = add([*own, *more])
            yield Mistake(
                wrong,
                slips.VARIANCE_LINEAR,
                f"{write(node)} is not {write(wrong)}: {slips.VARIANCE_LINEAR.sentence}",
            )


def determinant(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """det(A + B) = det A + det B."""
    body = _argument(node, frozenset(["det"]))
    if isinstance(node, Call) and isinstance(body, Add):

        def of(term: Node) -> Node:
            return neg(of(term.body)) if isinstance(term, Negative) else replace(node, arguments=(term,))

        wrong = add(map(of, terms_of(body)))
        yield Mistake(
            wrong,
            slips.TERM_BY_TERM,
            f"{write(node)} is not {write(wrong)}: it is the determinant of the sum as a whole.",
        )


def trace(node: Node, setting: Setting, write: Write) -> Iterator[Mistake]:
    """tr(AB) = tr(A) tr(B)."""
    body = _argument(node, frozenset(["tr"]))
    if isinstance(node, Call) and isinstance(body, Multiply):
        wrong = mul(replace(node, arguments=(factor,)) for factor in factors_of(body))
        yield Mistake(
            wrong,
            slips.FACTOR_BY_FACTOR,
            f"{write(node)} is not {write(wrong)}: {slips.FACTOR_BY_FACTOR.sentence}",
        )


KINDS: tuple[Make, ...] = (expectation, variance, determinant, trace)
