"""Antiderivatives by the chain rule read backwards: the derivative of the inside is a factor of the integrand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pminusy.proofread.rules.build import ONE, TWO, add, div, mul, number, power, value_of
from pminusy.proofread.rules.chains import worked_out
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.residues import PRIME
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.values import Values
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import Between, Call, Derivative, Integral, Node, Power, Symbol, walk

LARGEST = 1000  # numerator and denominator of the factor that is found
MOST_FORMS = 40


def reversed_chain(body: Node, x: Symbol, setting: Setting) -> Node | None:
    """A multiple of a simple function of a part of the integrand with that derivative; None where there is none."""
    tidy, values = Tidy(), Values(setting)
    wanted = values(tidy(body))
    if wanted is None or not isinstance(wanted[0], int):
        return None
    for form in _forms(tidy(body), x):
        slope = tidy(Derivative(form, (x,), "operator", "d"))
        chain = worked_out(slope, setting, tidy)
        slope = chain[-1].tree if chain else slope
        found = values(slope)
        if found is None or not isinstance(found[0], int) or not found[0]:
            continue
        factor = _small(wanted[0] * pow(found[0], -1, PRIME) % PRIME)
        if factor:
            return mul([number(factor), form])
    return None


def _forms(body: Node, x: Symbol) -> Iterator[Node]:
    """Functions that may be antiderivatives up to a factor: of the parts of the integrand."""
    seen: set[Node] = set()
    parts = [node for node, _ in places(body) if any(each == x for each in walk(node)) and node != body]
    parts.sort(key=lambda node: -sum(1 for _ in walk(node)))
    for form in (form for part in parts for form in _of(part, x)):
        if form not in seen and form != x:
            seen.add(form)
            yield form
            if len(seen) >= MOST_FORMS:
                return


def _of(part: Node, x: Symbol) -> Iterator[Node]:
    yield part
    if isinstance(part, Power) and (value := value_of(part.exponent)) is not None and value != -1:
        yield power(part.base, number(value + 1))
    elif isinstance(part, Power) and not any(each == x for each in walk(part.exponent)):
        yield power(part.base, add([part.exponent, ONE]))
    if part != x:
        yield Call(Symbol("log"), (part,))
        yield power(part, TWO)
    if isinstance(part, Call) and len(part.arguments) == 1:
        inner = part.arguments[0]
        for name in {"sin": ("cos",), "cos": ("sin",), "tan": ("cos",), "cot": ("sin",)}.get(
            part.function.name, ()
        ):
            other = Call(Symbol(name), (inner,))
            yield other
            yield Call(Symbol("log"), (other,))
            yield power(other, TWO)
            yield power(other, number(3))
        if part.function.name == "sqrt":
            yield power(inner, div(number(3), TWO))


def _small(residue: int) -> Fraction | None:
    """The fraction of small numbers that a residue is; None where it is none."""
    before, now = PRIME, residue
    above, below = 0, 1
    while now > LARGEST:
        quotient = before // now
        before, now = now, before - quotient * now
        above, below = below, above - quotient * below
    if not below or abs(below) > LARGEST or (now - residue * below) % PRIME:
        return None
    return Fraction(now, below)


def _reverse(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Integral) or not setting.is_scalar(node.body):
        return
    found = reversed_chain(node.body, node.variable, setting)
    if found is None:
        return
    about = f"By the chain rule, {tex(found)} has the derivative {tex(node.body)}"
    if node.low is None or node.high is None:
        yield Move(found, about)
    else:
        yield Move(Between(found, node.variable, node.low, node.high), about)


REVERSED = Rule(
    "chain rule read backwards",
    "integral recognised",
    _reverse,
    Example(r"\int_0^1 2 x e^{x^2} dx", r"\left[ e^{x^2} \right]_0^1"),
)
RULES = (REVERSED,)
