"""Square roots."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import (
    HALF,
    ONE,
    TWO,
    div,
    factors_of,
    mul,
    power,
    split_fraction,
    value_of,
)
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import (
    Call,
    Divide,
    Multiply,
    Node,
    Number,
    Power,
    Symbol,
)


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


RULES = (Rule("roots", "roots", _root, Example(r"\sqrt{a b}", r"\sqrt{a} \sqrt{b}")),)
