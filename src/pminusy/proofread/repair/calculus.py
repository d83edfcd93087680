"""Derivatives carried out on trees, by the rules of first-year calculus, through the definitions of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair.scope import SIGMOIDS, rename
from pminusy.proofread.syntax.parentheses import bare, grouped, product
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Delta,
    Derivative,
    Divide,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    map_children,
    transform,
    walk,
)

ZERO, ONE, TWO = Number("0"), Number("1"), Number("2")
DEEPEST = 12  # definitions within definitions


class NoRuleError(Exception):
    """A derivative that none of the rules is for; it does not leave this room."""


@dataclass(frozen=True)
class Calculus:
    """The rules, on a page with definitions."""

    model: Model

    def carried_out(self, node: Node) -> Node:
        """The expression with all derivatives in it carried out.

        Raises
        ------
        NoRuleError
            Where one is of something, or by something, that no rule is for.
        """
        written, node = node, map_children(node, self.carried_out)
        if isinstance(node, Fold) and node is not written and node.kind == "sum" and len(node.bindings) == 1:
            return self._summed(node, node.body)
        if isinstance(node, Derivative):
            body = node.body
            for variable in node.variables:
                if not isinstance(variable, Symbol) or variable.name == "":
                    raise NoRuleError
                body = self.derivative(body, variable)
            return grouped(body)
        if isinstance(node, Call) and node.primes:
            return self._primes(node)
        if isinstance(node, Negative) and node is not written:
            return _minus(bare(node.body))
        return node

    def _primes(self, call: Call) -> Node:
        meaning = self.meaning_of(replace(call, primes=0))
        argument = call.arguments[0]
        if meaning is None or len(call.arguments) != 1 or not isinstance(argument, Symbol):
            raise NoRuleError
        for _ in range(call.primes):
            meaning = self.derivative(meaning, argument)
        return grouped(meaning)

    def put_in(self, node: Node) -> Node:
        """The expression with what is differentiated in it replaced by its definition."""
        if isinstance(node, Derivative):
            meaning = self.meaning_of(bare(node.body))
            if meaning is not None:
                return replace(node, body=grouped(meaning), form="operator")
        return map_children(node, self.put_in)

    def meaning_of(self, node: Node) -> Node | None:
        """What a name or a call is defined as, with its own indices and arguments put in."""
        symbol = node.function if isinstance(node, Call) else node
        if not isinstance(symbol, Symbol) or (isinstance(node, Call) and node.primes):
            return None
        family, indices = self.model.families.resolve(symbol)
        meaning = self.model.definitions.get(family)
        if meaning is None or len(meaning.parameters) != len(indices):
            return None
        body = meaning.body
        letters = dict(zip(meaning.parameters, indices, strict=True))
        if any(old != getattr(new, "name", None) for old, new in letters.items()):
            if not all(isinstance(new, Symbol) for new in indices):
                return None
            names = {old: new.name for old, new in letters.items() if isinstance(new, Symbol)}
            body = rename(_apart(body, set(names.values())), names)
        if isinstance(node, Call) and meaning.arguments:
            if len(node.arguments) != len(meaning.arguments):
                return None
            values = dict(zip(meaning.arguments, map(grouped, node.arguments), strict=True))
            body = transform(body, lambda each: values.get(each, each) if isinstance(each, Symbol) else each)
        return body

    def derivative(self, node: Node, by: Symbol, depth: int = 0) -> Node:
        """The derivative of an expression by a name, with zeros and ones left out."""
        if depth > DEEPEST:
            raise NoRuleError
        match node:
            case Number():
                return ZERO
            case Group():
                return self.derivative(node.body, by, depth)
            case Symbol():
                return self._of_name(node, by, depth)
            case Negative():
                return _minus(self.derivative(node.body, by, depth))
            case Add():
                return _plus(*(self.derivative(term, by, depth) for term in node.terms))
            case Multiply() if all(sign in ("", "*", r"\cdot", r"\times") for sign in node.signs):
                factors = node.factors
                return _plus(
                    *(
                        _times(*factors[:n], self.derivative(factor, by, depth), *factors[n + 1 :])
                        for n, factor in enumerate(factors)
                    )
                )
            case Divide():
                return self._of_fraction(node, by, depth)
            case Power():
                return self._of_power(node, by, depth)
            case Fold(kind="sum", bindings=(_,)):
                return self._of_sum(node, by, depth)
            case Call():
                return self._of_call(node, by, depth)
        raise NoRuleError

    def _of_name(self, node: Symbol, by: Symbol, depth: int) -> Node:
        if node == by:
            return ONE
        families = self.model.families
        (family, indices), (other, others) = families.resolve(node), families.resolve(by)
        if family == other:
            return _times(*(Delta(a, b) for a, b in zip(indices, others, strict=True) if a != b))
        meaning = self.meaning_of(node)
        if meaning is None:
            return ZERO
        share = self._of_share(node, meaning, by, depth)
        return self.derivative(meaning, by, depth + 1) if share is None else share

    def _of_share(self, node: Symbol, meaning: Node, by: Symbol, depth: int) -> Node | None:
        r"""The derivative of a share of a sum, such as a softmax: :math:`p_i (\log' a_i - \sum_k p_k \log' a_k)`."""
        below = bare(meaning.denominator) if isinstance(meaning, Divide) else None
        indices = self.model.families.resolve(node)[1]
        if not isinstance(below, Fold) or len(below.bindings) != 1 or len(indices) != 1:
            return None
        own, letter = indices[0], below.bindings[0].index
        assert isinstance(meaning, Divide)
        if not isinstance(own, Symbol) or below.condition or below.kind != "sum":
            return None
        if rename(below.body, {letter.name: own.name}) != meaning.numerator:
            return None
        slope = _relative(meaning.numerator, self.derivative(meaning.numerator, by, depth + 1))
        bound = below if letter not in walk(by) else _apart(below, {letter.name})
        assert isinstance(bound, Fold)
        other = bound.bindings[0].index
        mean = _times(rename(node, {own.name: other.name}), rename(slope, {own.name: other.name}))
        return _times(node, _plus(slope, _minus(self._summed(bound, mean))))

    def _of_fraction(self, node: Divide, by: Symbol, depth: int) -> Node:
        above, below = node.numerator, node.denominator
        up, down = self.derivative(above, by, depth), self.derivative(below, by, depth)
        if down == ZERO:
            return ZERO if up == ZERO else replace(node, numerator=bare(up))
        square = Power(grouped(below), TWO)
        if up == ZERO:
            return _minus(Divide(_times(above, down), square))
        return Divide(_plus(_times(up, below), _minus(_times(above, down))), square)

    def _of_power(self, node: Power, by: Symbol, depth: int) -> Node:
        base, exponent = node.base, node.exponent
        inner, outer = self.derivative(base, by, depth), self.derivative(exponent, by, depth)
        of_base: Node = ZERO
        if inner != ZERO:
            less: Node = Power(base, Add((exponent, Negative(ONE))))
            if isinstance(exponent, Number) and exponent.text.isdigit():
                left = int(exponent.text) - 1
                less = base if left == 1 else Power(base, Number(str(left)))
            of_base = _times(exponent, less, inner)
        if outer == ZERO:
            return of_base
        logarithm = () if base == Symbol("e") else (Call(Symbol("log"), (bare(base),)),)
        return _plus(of_base, _times(node, *logarithm, outer))

    def _of_sum(self, node: Fold, by: Symbol, depth: int) -> Node:
        letter = node.bindings[0].index.name
        if letter in free_letters(by, self.model.families):
            node = _apart(node, {letter})  # type: ignore[assignment]
        inner = self.derivative(node.body, by, depth)
        terms = inner.terms if isinstance(inner, Add) else (inner,)
        return _plus(*(self._summed(node, term) for term in terms))

    def _summed(self, node: Fold, term: Node) -> Node:
        """A term under a sum, or without it where a δ picks one index; what does not run stands before the sum."""
        if term == ZERO:
            return ZERO
        expanded = _expanded(term)
        if len(expanded) > 1:
            return _plus(*(self._summed(node, each) for each in expanded))
        minus = isinstance(term, Negative)
        body = bare(term.body) if isinstance(term, Negative) else term
        index = node.bindings[0].index
        picked = _picked(body, index) if node.condition is None else None
        if picked is not None:
            whole = rename(picked[1], {index.name: picked[0].name})
        else:
            factors = body.factors if isinstance(body, Multiply) else (body,)
            runs = [index.name in free_letters(factor, self.model.families) for factor in factors]
            inside = [factor for factor, inner in zip(factors, runs, strict=True) if inner] or list(
                factors[-1:]
            )
            before = [factor for factor in factors if factor not in inside]
            whole = _times(*before, replace(node, body=_times(*inside)))
        return Negative(whole) if minus else whole

    def _of_call(self, node: Call, by: Symbol, depth: int) -> Node:
        meaning = self.meaning_of(node)
        if meaning is not None and node.function.name not in SIGMOIDS:
            return self.derivative(meaning, by, depth + 1)
        if len(node.arguments) != 1 or node.primes or node.function.indices:
            raise NoRuleError
        argument = node.arguments[0]
        inner = self.derivative(argument, by, depth)
        if inner == ZERO:
            return ZERO
        name = node.function.name.lstrip("\\")
        if name in ("log", "ln"):
            return _relative(bare(argument), bare(inner))
        if name == "sqrt":
            return Divide(bare(inner), _times(TWO, node))
        return _times(_slope(node, name), inner)


def _relative(node: Node, derivative: Node) -> Node:
    """A derivative divided by what it is of, which is one of its factors where that is exponential."""
    minus = isinstance(derivative, Negative)
    body = bare(derivative.body) if isinstance(derivative, Negative) else derivative
    factors = body.factors if isinstance(body, Multiply) else (body,)
    n = next((n for n, factor in enumerate(factors) if bare(factor) == bare(node)), None)
    whole = Divide(bare(body), node) if n is None else _times(*factors[:n], *factors[n + 1 :])
    if body == ZERO:
        return ZERO
    return Negative(whole) if minus else whole


def _slope(node: Call, name: str) -> Node:
    """The derivative of a function, at its argument."""

    def of(other: str) -> Node:
        return replace(node, function=Symbol(other))

    if name == "exp":
        return node
    if name in SIGMOIDS or node.function.name in SIGMOIDS:
        return _times(node, Add((ONE, Negative(node))))
    if name == "tanh":
        return Add((ONE, Negative(Power(node, TWO))))
    slopes = {"sin": of("cos"), "cos": Negative(of("sin")), "sinh": of("cosh"), "cosh": of("sinh")}
    if name not in slopes:
        raise NoRuleError
    return slopes[name]


def _expanded(term: Node) -> list[Node]:
    """The terms of a sum, or of a product with a sum in which there is a δ, multiplied out."""
    if isinstance(bare(term), Add):
        return list(bare(term).terms)  # type: ignore[attr-defined]
    minus = isinstance(term, Negative)
    body = bare(term.body) if isinstance(term, Negative) else term
    factors = body.factors if isinstance(body, Multiply) else ()
    for n, factor in enumerate(factors):
        inner = bare(factor)
        if isinstance(inner, Add) and any(isinstance(each, Delta) for each in walk(inner)):
            parts = [_times(*factors[:n], part, *factors[n + 1 :]) for part in inner.terms]
            return [_minus(part) if minus else part for part in parts]
    return [term]


def _picked(node: Node, index: Symbol) -> tuple[Symbol, Node] | None:
    """The letter that a δ with an index picks, and the rest of the product that it stands in."""
    match node:
        case Delta() if index in (node.left, node.right):
            other = node.right if node.left == index else node.left
            return (other, ONE) if isinstance(other, Symbol) else None
        case Group():
            return _picked(node.body, index)
        case Divide():
            above = _picked(node.numerator, index)
            return None if above is None else (above[0], replace(node, numerator=above[1]))
        case Multiply():
            for n, factor in enumerate(node.factors):
                inner = _picked(factor, index)
                if inner is not None:
                    return inner[0], _times(*node.factors[:n], inner[1], *node.factors[n + 1 :])
    return None


def _apart(node: Node, taken: set[str]) -> Node:
    """The expression with the letters of its sums renamed where they are others already."""
    bound = {b.index.name for each in walk(node) if isinstance(each, Fold) for b in each.bindings} & taken
    used = {each.name for each in walk(node) if isinstance(each, Symbol)} | taken
    fresh = iter(letter for letter in "klmjirst" if letter not in used)
    names = {letter: next(fresh, "") for letter in sorted(bound)}
    if "" in names.values():
        raise NoRuleError
    return rename(node, names) if names else node


def _minus(node: Node) -> Node:
    """Minus the expression; of a sum, each term with the other sign, those with none first."""
    if node == ZERO:
        return ZERO
    if isinstance(node, Negative):
        return bare(node.body)
    if isinstance(node, Add):
        terms = [_minus(term) for term in node.terms]
        return Add(tuple(sorted(terms, key=lambda term: isinstance(term, Negative))))
    return Negative(node)


def _plus(*terms: Node) -> Node:
    flat = [part for term in terms for part in (term.terms if isinstance(term, Add) else (term,))]
    kept = tuple(term for term in flat if term != ZERO)
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Add(kept)


def _times(*factors: Node) -> Node:
    """The product; the minus of a factor stands before all of it."""
    if ZERO in factors:
        return ZERO
    minus, parts = False, []
    for factor in factors:
        while isinstance(factor, Negative):
            minus, factor = not minus, bare(factor.body)
        parts.append(factor)
    parts.sort(key=lambda part: not isinstance(part, Number))
    whole = _over(parts)
    return Negative(whole) if minus else whole


def _over(parts: list[Node]) -> Node:
    """The product, with what it is divided by below all of it."""
    for n, part in enumerate(parts):
        fraction = bare(part)
        if isinstance(fraction, Divide) and fraction.numerator == ONE and len(parts) > 1:
            others = _over([*parts[:n], *parts[n + 1 :]])
            if not isinstance(others, Divide):
                return replace(fraction, numerator=others)
    return product(*parts)
