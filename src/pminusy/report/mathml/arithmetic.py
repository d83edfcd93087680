"""Names, numbers, sums, products, fractions, powers and functions."""

from dataclasses import replace

from pminusy.proofread.syntax.barred import sides_of_bar
from pminusy.proofread.syntax.chances import base_name, is_conditioned, written_out
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Component,
    Derivative,
    Divide,
    Fold,
    Group,
    Inner,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    Transpose,
)
from pminusy.report.mathml.elements import element, fenced, operator, row, scripts, separated
from pminusy.report.mathml.names import name_element
from pminusy.report.mathml.show import Handlers, Show

_SIGNS = {r"\cdot": "⋅", "*": "⋅", r"\times": "×", r"\odot": "⊙", r"\circ": "∘", r"\otimes": "⊗"}
_FENCES = {
    r"\{": "{",
    r"\}": "}",
    r"\langle": "⟨",
    r"\rangle": "⟩",
    ".": "",
    r"\lbrace": "{",
    r"\rbrace": "}",
}
_APPLY = operator("\N{FUNCTION APPLICATION}")
THIN = element("mspace", width="0.17em")
_TIMES = operator("\N{INVISIBLE TIMES}")
_TRANSPOSES = {r"\top": "⊤", r"\intercal": "⊺", r"\prime": "′", "'": "′", "t": "t"}


def _number(node: Number, _show: Show) -> str:
    return element("mn", node.text)


def _symbol(node: Symbol, show: Show) -> str:
    if node.applied:
        arguments = separated([show(index) for index in node.lower])
        return element("mrow", name_element(node.name), _APPLY, fenced("(", arguments, ")"))
    if barred := sides_of_bar(node):
        name, before, behind = barred
        below = row(_indices(before, show), operator("|"), _indices(behind, show))
        return scripts(name_element(name), below, _upper(node, show))
    return scripts(name_element(node.name), _lower(node, show), _upper(node, show))


def _lower(symbol: Symbol, show: Show) -> str:
    return _indices(symbol.lower, show) if symbol.lower else ""


def _upper(symbol: Symbol, show: Show) -> str:
    """The upper indices in parentheses, which tells them from a power."""
    return fenced("(", _indices(symbol.upper, show), ")") if symbol.upper else ""


def _indices(indices: tuple[Node, ...], show: Show) -> str:
    """Indices in a row, with commas only where one is longer than a name or number."""
    short = all(isinstance(index, (Symbol, Number)) for index in indices)
    shown = [show(index) for index in indices]
    return row(*shown) if short else separated(shown)


def _group(node: Group, show: Show) -> str:
    return fenced(_fence(node.opening), show(node.body), _fence(node.closing))


def _fence(text: str) -> str:
    return _FENCES.get(text, text)


def _inner(node: Inner, show: Show) -> str:
    return fenced("⟨", separated([show(node.left), show(node.right)]), "⟩")


def _negative(node: Negative, show: Show) -> str:
    return element("mrow", operator("−", form="prefix"), operand(node.body, show, Add))


def _add(node: Add, show: Show) -> str:
    first, *others = node.terms
    parts = [show(first)]
    for term in others:
        if isinstance(term, Negative):
            minus = operator("−", form="infix")
            parts.append(show.marking(term, minus + operand(term.body, show, Add)))
        else:
            parts += [operator("+"), operand(term, show, Add)]
    return element("mrow", *parts)


def _multiply(node: Multiply, show: Show) -> str:
    first, *others = node.factors
    parts = [operand(first, show, Add)]
    for sign, factor in zip(node.signs, others, strict=True):
        gap = THIN if isinstance(factor, (Call, Derivative, Divide)) else _TIMES
        parts += [operator(_SIGNS.get(sign, sign)) if sign else gap, operand(factor, show, Add, Negative)]
    return element("mrow", *parts)


def _divide(node: Divide, show: Show) -> str:
    if node.slash:
        numerator, denominator = operand(node.numerator, show, Add), operand(node.denominator, show, *_LOOSE)
        return element("mrow", numerator, operator("/"), denominator)
    return element("mfrac", show(node.numerator), show(node.denominator))


def _power(node: Power, show: Show) -> str:
    base, exponent = node.base, show(node.exponent)
    if isinstance(base, Call) and not base.opening and not _is_root(base):
        return _applied(base, scripts(show(base.function), "", exponent), show)
    return powered(base, exponent, show)


def powered(base: Node, exponent: str, show: Show) -> str:
    """A base with an exponent, or with an empty one; that of a name stands above its lower indices."""
    if isinstance(base, Symbol) and not (base.upper or base.applied):
        return scripts(name_element(base.name), _lower(base, show), exponent)
    return scripts(operand(base, show, *_LOOSE), "", exponent)


def _transpose(node: Transpose, show: Show) -> str:
    return element("msup", operand(node.body, show, *_LOOSE), operator(_TRANSPOSES.get(node.mark, node.mark)))


def _call(node: Call, show: Show) -> str:
    if _is_root(node):
        return element("msqrt", show(node.arguments[0]))
    if node.function.name in ("!", "!!"):
        sign = operator(node.function.name)
        return element("mrow", operand(node.arguments[0], show, *_LOOSE), sign)
    function = show(replace(node.function, name=base_name(node.function.name)))
    return _applied(
        node, scripts(function, "", operator("′" * node.primes)) if node.primes else function, show
    )


def _is_root(call: Call) -> bool:
    return call.function.name == "sqrt" and len(call.arguments) == 1


def _applied(call: Call, function: str, show: Show) -> str:
    if call.opening:
        sides = (
            written_out(call.function.name, call.arguments)
            if is_conditioned(call.function.name)
            else [call.arguments]
        )
        shown = [separated([show(each) for each in side]) for side in sides if side]
        arguments = operator("|").join(shown)
        return element(
            "mrow", function, _APPLY, fenced(_fence(call.opening), arguments, _fence(call.closing))
        )
    return element(
        "mrow", function, _APPLY, THIN, *(operand(argument, show, Add) for argument in call.arguments)
    )


def _component(node: Component, show: Show) -> str:
    return scripts(operand(node.body, show, *_LOOSE), _indices(node.indices, show))


def operand(node: Node, show: Show, *loose: type[Node]) -> str:
    """A node as part of another, in parentheses where it is of a kind that binds too loosely to stand bare.

    Parentheses that were written are `Group` nodes; these are for trees that were put together.
    """
    return fenced("(", show(node), ")") if isinstance(node, loose) else show(node)


_LOOSE = (Add, Negative, Multiply, Divide, Fold)

ARITHMETIC: Handlers = {
    Number: _number,
    Symbol: _symbol,
    Group: _group,
    Inner: _inner,
    Negative: _negative,
    Add: _add,
    Multiply: _multiply,
    Divide: _divide,
    Power: _power,
    Transpose: _transpose,
    Call: _call,
    Component: _component,
}
