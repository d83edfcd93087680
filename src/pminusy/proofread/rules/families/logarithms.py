"""Logarithms, exponentials and roots."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pminusy.proofread.meaning.names.definitions import SIGMOIDS
from pminusy.proofread.rules.build import (
    ONE,
    TWO,
    ZERO,
    E,
    add,
    div,
    factors_of,
    mul,
    neg,
    number,
    power,
    split_fraction,
    terms_of,
    value_of,
)
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.words import tex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Divide,
    Fold,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
)

LOGARITHMS = ("log", "ln")
HALF = Divide(ONE, TWO)


def logarithm(argument: Node, like: Call) -> Node:
    """The logarithm, written as another one is."""
    plain = isinstance(argument, Symbol | Number | Fold | Divide)
    return Call(like.function, (argument,), opening="" if plain else "(")


def _argument(node: Node) -> Node | None:
    """What a logarithm is taken of."""
    if (
        isinstance(node, Call)
        and node.function.name in LOGARITHMS
        and not node.primes
        and len(node.arguments) == 1
    ):
        return node.arguments[0]
    return None


def exponent_of(node: Node) -> Node | None:
    """The exponent of e^u or exp(u)."""
    if isinstance(node, Power) and node.base == E:
        return node.exponent
    if isinstance(node, Call) and node.function.name == "exp" and not node.primes:
        return node.arguments[0]
    return None


def exponential(exponent: Node, like: Node) -> Node:
    """An exponential, written as another one is."""
    if exponent == ZERO:
        return ONE
    return Call(like.function, (exponent,)) if isinstance(like, Call) else power(E, exponent)


def _log_product(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if isinstance(inside, Multiply) and isinstance(node, Call):
        yield Move(
            add(logarithm(f, node) for f in factors_of(inside)),
            "The logarithm of a product is the sum of the logarithms",
        )
    elif isinstance(inside, Fold) and inside.kind == "prod" and isinstance(node, Call):
        new = Fold("sum", inside.bindings, logarithm(inside.body, node), inside.condition)
        yield Move(new, "The logarithm of a product is the sum of the logarithms")


def _log_quotient(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if isinstance(inside, Divide) and isinstance(node, Call):
        first = [] if inside.numerator == ONE else [logarithm(inside.numerator, node)]
        new = add([*first, neg(logarithm(inside.denominator, node))])
        yield Move(new, "The logarithm of a quotient is the difference of the logarithms")


def _log_power(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if isinstance(inside, Power) and inside.base != E and isinstance(node, Call):
        yield Move(
            mul([inside.exponent, logarithm(inside.base, node)]),
            "The logarithm of a power: the exponent comes in front",
        )
    elif isinstance(inside, Call) and inside.function.name == "sqrt" and isinstance(node, Call):
        yield Move(
            mul([HALF, logarithm(inside.arguments[0], node)]), "The logarithm of a root is half the logarithm"
        )


def _log_exp(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if inside is not None and (exponent := exponent_of(inside)) is not None:
        yield Move(exponent, "Logarithm and exponential undo each other")
    exponent = exponent_of(node)
    if exponent is not None and (within := _argument(exponent)) is not None:
        yield Move(within, "Exponential and logarithm undo each other")


def _log_one(node: Node, setting: Setting) -> Iterator[Move]:
    inside = _argument(node)
    if inside == ONE:
        yield Move(ZERO, "The logarithm of one is zero")
    elif inside == E:
        yield Move(ONE, "The logarithm of e is one")


def _exp_sum(node: Node, setting: Setting) -> Iterator[Move]:
    exponent = exponent_of(node)
    if isinstance(exponent, Add):
        terms = terms_of(exponent)
        up = [exponential(t, node) for t in terms if not isinstance(t, Negative)]
        down = [exponential(t.body, node) for t in terms if isinstance(t, Negative)]
        yield Move(div(mul(up), mul(down)), "The exponential of a sum is the product of the exponentials")
    elif isinstance(exponent, Fold) and exponent.kind == "sum":
        new = Fold("prod", exponent.bindings, exponential(exponent.body, node), exponent.condition)
        yield Move(new, "The exponential of a sum is the product of the exponentials")


def _exp_negative(node: Node, setting: Setting) -> Iterator[Move]:
    exponent = exponent_of(node)
    if isinstance(exponent, Negative):
        yield Move(div(ONE, exponential(exponent.body, node)), "$e^{-u}$ is one over $e^u$")


def _exp_product(node: Node, setting: Setting) -> Iterator[Move]:
    """Exponentials multiplied and divided."""
    if not isinstance(node, Multiply | Divide):
        return
    above, below = split_fraction(node)
    found = [f for f in (*above, *below) if exponent_of(f) is not None]
    if len(found) < 2:
        return
    up = [e for f in above if (e := exponent_of(f)) is not None]
    down = [e for f in below if (e := exponent_of(f)) is not None]
    rest = [[f for f in side if exponent_of(f) is None] for side in (above, below)]
    together = exponential(add([*up, *map(neg, down)]), found[0])
    yield Move(
        div(mul([together, *rest[0]]), mul(rest[1])), "Exponentials are multiplied by adding their exponents"
    )


def _exp_power(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Power) and (inner := exponent_of(node.base)) is not None:
        yield Move(
            exponential(mul([inner, node.exponent]), node.base),
            "A power of a power: the exponents are multiplied",
        )


def _shared_exponential(node: Node, setting: Setting) -> Iterator[Move]:
    r"""Numerator and denominator multiplied by e^u, so that e^{-u} goes."""
    if not isinstance(node, Divide):
        return
    found = {}
    for term in (*terms_of(node.numerator), *terms_of(node.denominator)):
        for factor in factors_of(term.body if isinstance(term, Negative) else term):
            exponent = exponent_of(factor)
            if isinstance(exponent, Negative):
                found[exponent.body] = factor
            elif isinstance(exponent, Add):
                found.update({t.body: factor for t in terms_of(exponent) if isinstance(t, Negative)})
            elif exponent is not None:
                found[neg(exponent)] = factor
    for exponent, like in list(found.items())[:4]:
        scale = exponential(exponent, like)
        sides = [
            add(_lifted(t, exponent) for t in terms_of(side)) for side in (node.numerator, node.denominator)
        ]
        yield Move(div(*sides), f"Numerator and denominator are multiplied by {tex(scale)}")


def _lifted(term: Node, exponent: Node) -> Node:
    """A term times e^u."""
    if isinstance(term, Negative):
        return neg(_lifted(term.body, exponent))
    factors = factors_of(term)
    for n, factor in enumerate(factors):
        own = exponent_of(factor)
        if own is not None:
            return mul([*factors[:n], exponential(_less(own, exponent), factor), *factors[n + 1 :]])
    return mul([*factors, power(E, exponent)])


def _less(one: Node, other: Node) -> Node:
    terms = terms_of(one)
    for n, term in enumerate(terms):
        if term == neg(other):
            return add(terms[:n] + terms[n + 1 :])
    value_one, rest = _number_of(one)
    value_other, rest_other = _number_of(other)
    if rest == rest_other:
        return mul([number(value_one + value_other), *rest])
    return add([one, other])


def _number_of(node: Node) -> tuple[Fraction, list[Node]]:
    sign = 1
    if isinstance(node, Negative):
        sign, node = -1, node.body
    factors = factors_of(node)
    value = Fraction(sign)
    rest = []
    for factor in factors:
        own = value_of(factor)
        if own is None:
            rest.append(factor)
        else:
            value *= own
    return value, rest


def _root(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Power)
        and isinstance(node.base, Call)
        and node.base.function.name == "sqrt"
        and not node.base.function.lower
    ):
        inside = node.base.arguments[0]
        if node.exponent == TWO:
            yield Move(inside, "The square of a root is what stands under it")
        else:
            yield Move(
                power(inside, mul([HALF, node.exponent])), "A root is the power with exponent one half"
            )
    if isinstance(node, Call) and node.function.name == "sqrt" and not node.function.lower:
        inside = node.arguments[0]
        yield Move(power(inside, HALF), "A root is the power with exponent one half")
        if isinstance(inside, Multiply):
            yield Move(
                mul(_sqrt(f) for f in factors_of(inside)), "The root of a product is the product of the roots"
            )
        elif isinstance(inside, Divide):
            yield Move(
                div(_sqrt(inside.numerator), _sqrt(inside.denominator)),
                "The root of a fraction is the fraction of the roots",
            )
        elif isinstance(inside, Power) and inside.exponent == TWO:
            yield Move(inside.base, "The root of a square, for what is not negative")
            yield Move(Call(Symbol("abs"), (inside.base,)), "The root of a square is the magnitude")
        elif (value := value_of(inside)) is not None and value > 0 and value.denominator == 1:
            for n in range(int(value**0.5), 1, -1):
                if value % (n * n) == 0:
                    yield Move(
                        mul([Number(str(n)), _sqrt(Number(str(int(value) // (n * n))))]),
                        "A square factor comes out of the root",
                    )
                    break
    if isinstance(node, Multiply | Divide):
        above, below = split_fraction(node)
        ups = [f for f in above if isinstance(f, Call) and f.function.name == "sqrt"]
        downs = [f for f in below if isinstance(f, Call) and f.function.name == "sqrt"]
        for n, root in enumerate(ups):
            for other in ups[n + 1 :]:
                if root == other:
                    rest = [f for f in above if f is not root and f is not other]
                    yield Move(
                        div(mul([root.arguments[0], *rest]), mul(below)),
                        "A root times itself is what stands under it",
                    )
        for root in downs:
            whole = [f for f in below if f is not root]
            if root.arguments[0] in above:
                rest = list(above)
                rest.remove(root.arguments[0])
                yield Move(div(mul([root, *rest]), mul(whole)), "Something over its root is the root")
            yield Move(
                div(mul([root, *above]), mul([root.arguments[0], *whole])),
                "Numerator and denominator are multiplied by the root",
            )


def _sqrt(node: Node) -> Node:
    if node == ONE:
        return ONE
    if isinstance(node, Power) and node.exponent == TWO:
        return node.base
    return Call(Symbol("sqrt"), (node,))


def _sigmoid(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Call) or node.function.name not in SIGMOIDS or node.primes:
        return
    if setting.family(node.function) in setting.model.definitions:
        return
    argument = node.arguments[0]
    below = add([ONE, power(E, neg(argument))])
    yield Move(div(ONE, below), r"By the definition of the sigmoid, $\sigma(z) = 1/(1 + e^{-z})$")
    grown = power(E, argument)
    yield Move(
        div(grown, add([grown, ONE])), r"By the definition of the sigmoid, $\sigma(z) = e^z/(e^z + 1)$"
    )


def _sigmoid_symmetry(node: Node, setting: Setting) -> Iterator[Move]:
    if (
        isinstance(node, Call)
        and node.function.name in SIGMOIDS
        and isinstance(node.arguments[0], Negative)
        and not node.primes
    ):
        other = Call(node.function, (node.arguments[0].body,))
        yield Move(add([ONE, neg(other)]), r"The sigmoid is symmetric: $\sigma(-z) = 1 - \sigma(z)$")


def _sigmoid_prime(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Call) and node.function.name in SIGMOIDS and node.primes == 1:
        value = Call(node.function, node.arguments)
        yield Move(
            mul([value, add([ONE, neg(value)])]), r"The derivative of the sigmoid is $\sigma (1 - \sigma)$"
        )


def _hyperbolic(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Call) or len(node.arguments) != 1 or node.primes:
        return
    u = node.arguments[0]
    up, down = power(E, u), power(E, neg(u))
    forms = {
        "sinh": div(add([up, neg(down)]), TWO),
        "cosh": div(add([up, down]), TWO),
        "tanh": div(add([up, neg(down)]), add([up, down])),
    }
    if node.function.name in forms:
        yield Move(forms[node.function.name], "By the definition of the hyperbolic function")
    if node.function.name == "tanh":
        sinh, cosh = Call(Symbol("sinh"), (u,)), Call(Symbol("cosh"), (u,))
        yield Move(div(sinh, cosh), r"$\tanh = \sinh/\cosh$")
        twice = Call(Symbol(r"\sigma"), (mul([TWO, u]),))
        yield Move(add([mul([TWO, twice]), neg(ONE)]), r"$\tanh z = 2 \sigma(2z) - 1$")


RULES = (
    Rule(
        "logarithm of a product",
        "sum of logarithms",
        _log_product,
        Example(r"\log (a b)", r"\log a + \log b"),
    ),
    Rule(
        "logarithm of a quotient",
        "difference of logarithms",
        _log_quotient,
        Example(r"\log \frac{a}{b}", r"\log a - \log b"),
    ),
    Rule(
        "logarithm of a power", "factor into the logarithm", _log_power, Example(r"\log (a^b)", r"b \log a")
    ),
    Rule("logarithm of an exponential", "exponential of a logarithm", _log_exp, Example(r"\log e^a", "a")),
    Rule("logarithm of one", "zero as a logarithm", _log_one, Example(r"\log 1", "0")),
    Rule("exponential of a sum", "product of exponentials", _exp_sum, Example("e^{a + b}", "e^a e^b")),
    Rule(
        "exponential of a negative",
        "reciprocal as an exponential",
        _exp_negative,
        Example("e^{-a}", r"\frac{1}{e^a}"),
    ),
    Rule(
        "product of exponentials",
        "exponential of a sum",
        _exp_product,
        Example(r"\frac{e^a}{e^b}", "e^{a - b}"),
    ),
    Rule("power of an exponential", "exponential as a power", _exp_power, Example("(e^a)^b", "e^{a b}")),
    Rule(
        "multiply numerator and denominator by an exponential",
        "divide numerator and denominator by an exponential",
        _shared_exponential,
        Example(r"\frac{e^{-x}}{1 + e^{-x}}", r"\frac{1}{e^x + 1}"),
    ),
    Rule("roots", "roots", _root, Example(r"\sqrt{a b}", r"\sqrt{a} \sqrt{b}")),
    Rule(
        "definition of the sigmoid",
        "recognise the sigmoid",
        _sigmoid,
        Example(r"\sigma(z)", r"\frac{1}{1 + e^{-z}}"),
        "activations",
    ),
    Rule(
        "symmetry of the sigmoid",
        "symmetry of the sigmoid",
        _sigmoid_symmetry,
        Example(r"\sigma(-z)", r"1 - \sigma(z)"),
        "activations",
    ),
    Rule(
        "derivative of the sigmoid",
        "derivative of the sigmoid recognised",
        _sigmoid_prime,
        Example(r"\sigma'(z)", r"\sigma(z) (1 - \sigma(z))"),
        "activations",
    ),
    Rule(
        "hyperbolic functions by exponentials",
        "exponentials as hyperbolic functions",
        _hyperbolic,
        Example(r"\sinh x", r"\frac{e^x - e^{-x}}{2}"),
    ),
)
