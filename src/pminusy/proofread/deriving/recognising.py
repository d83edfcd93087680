"""Definitions recognised: what a formula has in it of the right sides of the page, put under its name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from pminusy.proofread.deriving.monomials import Monomial, Monomials, monomials, neg_sum, ordered
from pminusy.proofread.rules.build import ONE, E, mul, neg, terms_of, without_groups
from pminusy.proofread.rules.families import names
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Known, Setting
from pminusy.proofread.rules.shapes import Shapes
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Norm,
    Power,
    Symbol,
    walk,
)

MOST_LETTERS = 5
PAIR = 2


@dataclass(frozen=True)
class Pattern:
    """A product that is the same as a name, or a name with factors."""

    body: Node
    name: Node
    family: str


def patterns(known: Known) -> Iterator[Pattern]:
    """What a definition lets one write under its name."""
    body = Tidy()(without_groups(known.right))
    assert isinstance(known.left, Symbol)
    yield Pattern(body, known.left, known.left.name)
    for solved in (_solved(body, known.left), *_shares(body, known.left)):
        if solved is not None:
            yield Pattern(*solved, known.left.name)


def _solved(body: Node, name: Node) -> tuple[Node, Node] | None:
    """The one part of a product that is neither a name nor a number, and what it is by the definition."""
    above, below = (body.numerator, body.denominator) if isinstance(body, Divide) else (body, None)
    sign = isinstance(above, Negative)
    above = above.body if isinstance(above, Negative) else above
    factors = list(above.factors) if isinstance(above, Multiply) else [above]
    composite = [f for f in factors if isinstance(f, Fold | Call | Norm | Add)]
    if len(composite) != 1 or (below is not None and any(isinstance(n, Fold | Call) for n in walk(below))):
        return None
    if len(factors) == 1 and below is None and not sign:
        return None
    rest = mul([f for f in factors if f is not composite[0]])
    value = mul([name, below]) if below is not None else name
    value = value if len(factors) == 1 else Divide(value, rest)
    return composite[0], neg(value) if sign else value


def _shares(body: Node, name: Node) -> Iterator[tuple[Node, Node]]:
    """Of a share u/(u + v), what the rest v/(u + v) is; of u/(c + v), what v times the name is."""
    if not isinstance(body, Divide) or not isinstance(body.denominator, Add):
        return
    terms = terms_of(body.denominator)
    if body.numerator in terms:
        rest = ordered(term for term in terms if term != body.numerator)
        yield Divide(rest, body.denominator), ordered([ONE, neg(name)])
    for n, term in enumerate(terms):
        if len(terms) == PAIR and term != body.numerator and _is_composite(term):
            other = terms[1 - n]
            yield mul([term, name]), ordered([body.numerator, neg(mul([other, name]))])


def _is_composite(node: Node) -> bool:
    """Whether it is a function or a power of e, with no factor beside it."""
    return isinstance(node, Call | Fold) or (isinstance(node, Power) and node.base == E)


def _recognise(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Symbol) or not setting.is_scalar(node):
        return
    reader = monomials(setting)
    own: Monomial | None = None
    for body, name, about in _all_instances(_letters(node, setting), setting):
        if isinstance(node, Add) and isinstance(body, Add):
            yield from (Move(new, about) for new in _in_sum(node, body, name, reader.shape))
        else:
            own = own or reader.read(node)
            yield from (Move(new, about) for new in _in_product(own, reader.read(body), name, reader))


def _all_instances(letters: tuple[str, ...], setting: Setting) -> tuple[tuple[Node, Node, str], ...]:
    """All patterns with the letters put in, and what is said of them."""
    key = f"patterns {' '.join(letters)}"
    if key not in setting.memory:
        setting.memory[key] = tuple(
            (body, name, f"By the definition of {tex(Symbol(pattern.family))}")
            for pattern in _patterns(setting)
            for body, name in _instances(pattern, letters, setting)
        )
    found: tuple[tuple[Node, Node, str], ...] = setting.memory[key]
    return found


def _patterns(setting: Setting) -> tuple[Pattern, ...]:
    if "patterns" not in setting.memory:
        setting.memory["patterns"] = tuple(
            pattern
            for known in setting.equations
            if isinstance(known.left, Symbol) and not _is_name(known.right)
            for pattern in patterns(known)
        )
    found: tuple[Pattern, ...] = setting.memory["patterns"]
    return found


def _is_name(node: Node) -> bool:
    return isinstance(without_groups(node), Symbol)


def _letters(node: Node, setting: Setting) -> tuple[str, ...]:
    """The index letters in a formula."""
    found = {
        s.name
        for s in walk(node)
        if isinstance(s, Symbol) and not s.indices and s.name in setting.model.families.letters
    }
    return tuple(sorted(found)[:MOST_LETTERS])


def _instances(pattern: Pattern, letters: tuple[str, ...], setting: Setting) -> Iterator[tuple[Node, Node]]:
    """The pattern and its name with each choice of letters for its indices."""
    named = _indices_of(pattern.name, setting)
    for chosen in itertools.product(letters, repeat=len(named)):
        values: dict[str, Node] = {
            old: Symbol(new) for old, new in zip(named, chosen, strict=True) if old != new
        }
        yield put_in(pattern.body, values, setting), put_in(pattern.name, values, setting)


def _indices_of(name: Node, setting: Setting) -> list[str]:
    """The index letters of all names in what stands for a pattern."""
    return list(
        dict.fromkeys(
            i.name
            for s in walk(name)
            if isinstance(s, Symbol)
            for i in s.indices
            if isinstance(i, Symbol) and i.name in setting.model.families.letters
        )
    )


def _in_sum(node: Add, body: Add, name: Node, shape: Shapes) -> Iterator[Node]:
    """A sum with some of its terms put under a name."""
    terms = terms_of(node)
    keys = [shape(term) for term in terms]
    for pattern, value in ((body, name), (neg_sum(body), neg(name))):
        wanted = [shape(term) for term in terms_of(pattern)]
        places = [keys.index(key) if key in keys else -1 for key in wanted]
        if -1 not in places and len(set(places)) == len(places):
            rest = [term for n, term in enumerate(terms) if n not in places]
            yield ordered([value, *rest])


def _in_product(own: Monomial, body: Monomial, name: Node, reader: Monomials) -> Iterator[Node]:
    """A product with some of its factors put under a name, or a power of it."""
    if not body.bases:
        return
    symbolic = [key for key, base in body.bases.items() if base.exponent is not None and base.node != E]
    if any(own.times.get(key) != body.times[key] for key in symbolic):
        return
    plain = {key: times for key, times in body.times.items() if key not in symbolic}
    ratios = {own.times.get(key, Fraction(0)) / times for key, times in plain.items()}
    if Fraction(0) in ratios:
        return
    signs = {ratio > 0 for ratio in ratios}
    if len(signs) > 1:
        return
    most = min((abs(ratio) for ratio in ratios), default=Fraction(1))
    if symbolic:
        most = min(most, Fraction(1))
    times = int(most) if most >= 1 else 0
    if not times:
        return
    times = -times if signs == {False} else times
    rest = own.over(body, times)
    yield _with(rest, reader.read(name), times)


def _with(rest: Monomial, named: Monomial, times: int) -> Node:
    for key, base in named.bases.items():
        rest.put(key, base, times * named.times[key])
    rest.coefficient *= named.coefficient**times
    return rest.node()


def _total(node: Node, setting: Setting) -> Iterator[Move]:
    """A sum over entries, with what they are put in."""
    if isinstance(node, Fold) and node.kind == "sum" and isinstance(node.body, Symbol):
        for move in names.DEFINITION.apply(node.body, setting):
            yield Move(replace(node, body=move.new), move.sentence)


TOTAL = Rule(
    "definition put in",
    "definition recognised",
    _total,
    Example(r"\sum_k r_k", r"\sum_k (x_k - m)", ("r_k = x_k - m",)),
)
RECOGNISE = Rule(
    "definition recognised",
    "definition put in",
    _recognise,
    Example(r"\frac{e^{z_k}}{\sum_j e^{z_j}}", "p_k", (r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",)),
)
