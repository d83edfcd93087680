r"""Derivatives as people write them: fractions, operators, slashes, `\nabla`, `\partial_x`, differentials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import is_conditioned
from pminusy.proofread.syntax.function_names import LOSSES
from pminusy.proofread.syntax.scripts import dressed, read_scripts
from pminusy.proofread.syntax.token_ranges import script, split, without_braces
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import (
    TUPLE,
    Call,
    Derivative,
    Differential,
    Group,
    Matrix,
    Multiply,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Symbol,
    Transpose,
    walk,
)

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_OWN_MARK = re.compile(r"p[a-z]{1,6}|d[a-z]{1,3}")
_MARKS = (r"\partial", "d", r"\delta")


def derivative_fraction(parser: Parser, start: int) -> Node | None:
    r"""`\frac{\partial …}{\partial …}`, of which `\frac` was taken; None (and nothing taken) for a plain one."""
    above, middle = script(parser.tokens, parser.at)
    below, after = script(parser.tokens, middle)
    above, below = without_braces(above), without_braces(below)
    above, below = _with_own_mark(above, below)
    if (
        not above
        or not below
        or above[0].text not in _MARKS
        or below[0].text != above[0].text
        or len(below) < 2
    ):
        return None
    mark = above[0].text
    if mark == r"\delta" and (below[1].kind != "name" or (len(above) > 1 and above[1].kind != "name")):
        return None
    if mark == "d" and (
        below[1].text in ("_", "+", "-") or (len(above) > 1 and above[1].text in ("_", "+", "-"))
    ):
        return None
    order, rest = _order(parser, above[1:])
    variables = _variables(parser, below, mark, order)
    parser.at = after
    if rest:
        body = parser.whole(rest)
        if (jacobian := _jacobian(body, variables, mark)) is not None:
            return dressed(parser, replace(jacobian, span=parser.since(start)), start)
        if (applied := _applied(parser, body, variables, mark, start)) is not None:
            return applied
        return _powers(parser, Derivative(body, variables, "fraction", mark, span=parser.since(start)), start)
    body = _negated(parser, variables) or operand(parser)
    return Derivative(body, variables, "operator", mark, span=parser.since(start))


def _negated(parser: Parser, variables: Sequence[Node]) -> Node | None:
    r"""What an operator acts on in `\frac{d}{dx} -f(x)`: a term with a minus that its variable occurs in."""
    at = parser.at
    if not parser.accept("-") or parser.at_stop():
        parser.at = at
        return None
    body = operand(parser)
    if not any(node in variables for node in walk(body)):
        parser.at = at
        return None
    return Negative(body, span=parser.since(at))


def _with_own_mark(above: Sequence[Token], below: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    r"""Both parts of a fraction with `\partial` for a macro such as `\pl` that nobody defines and both begin with."""
    if (
        len(above) < 2
        or len(below) < 2
        or above[0].text != below[0].text
        or not _OWN_MARK.fullmatch(above[0].text)
    ):
        return above, below
    mark = replace(above[0], kind="command", text=r"\partial")
    return [mark, *above[1:]], [replace(mark, span=below[0].span), *below[1:]]


def _jacobian(body: Node, variables: tuple[Node, ...], mark: str) -> Matrix | None:
    r"""`\frac{\partial(x, y)}{\partial(r, t)}`, the matrix of all derivatives; None for anything else."""
    by = variables[0]
    if not isinstance(body, Matrix) or not isinstance(by, Matrix) or body.fence != TUPLE or by.fence != TUPLE:
        return None
    rows = tuple(tuple(Derivative(a[0], (x[0],), "fraction", mark) for x in by.rows) for a in body.rows)
    return Matrix(rows, "bmatrix")


def _lists(tokens: Sequence[Token]) -> bool:
    """Whether a bracket holds several things."""
    return len([piece for piece in split(tokens[1:-1], ",") if piece]) > 1


def _applied(parser: Parser, body: Node, variables: tuple[Node, ...], mark: str, start: int) -> Node | None:
    r"""The derivative of a function at a place: `\frac{df}{dx}(a)`, which is `f'(a)`, or at several arguments."""
    if isinstance(body, Symbol) and parser.peek().text == "(":
        arguments, after = script(parser.tokens, parser.at)
        entries = [parser.whole(entry) for entry in split(arguments[1:-1], ",")] if _lists(arguments) else []
        names = tuple(v for v in variables if isinstance(v, Symbol))
        if entries and len(names) == len(variables):
            parser.at = after
            return Partial(body, tuple(entries), names, mark, span=parser.since(start))
    if not isinstance(body, Symbol) or body.name not in parser.vocabulary.functions:
        return None
    if parser.peek().text != "(" or len(set(variables)) > 1:
        return None
    inside, after = script(parser.tokens, parser.at)
    try:
        argument = parser.whole(inside[1:-1])
    except Unreadable:
        return None
    if not isinstance(argument, Symbol | Number | Call):
        return None
    parser.at = after
    return Call(body, (argument,), len(variables), span=parser.since(start))


def _powers(parser: Parser, node: Node, start: int) -> Node:
    r"""A derivative squared, transposed or taken at an index: `\frac{…}{…}^T`."""
    scripts = read_scripts(parser)
    if scripts.transpose:
        node = Transpose(node, scripts.transpose, span=parser.since(start))
    if scripts.power is not None:
        node = Power(node, scripts.power, span=parser.since(start))
    return node


def operand(parser: Parser) -> Node:
    """What an operator acts on: the product that follows, or only its first factor in the narrow reading."""
    if parser.at_stop():
        parser.fail("a derivative without an operand")
    return parser.product() if parser.vocabulary.reading.wide_operators else parser.factor()


def partial(parser: Parser) -> Node:
    r"""`\partial_x f` or `\partial y_i / \partial x_k`."""
    start = parser.at
    parser.take()
    if parser.peek().text == "_":
        variables = read_scripts(parser, only_lower=True).lower
        if parser.vocabulary.coordinates:
            name = parser.vocabulary.coordinates
            variables = tuple(Symbol(name, (index,), span=index.span) for index in variables)
        return Derivative(operand(parser), variables, "subscript", span=parser.since(start))
    return _slashed(parser, start, r"\partial")


def derivative_operator(parser: Parser, variable: str) -> Node:
    r"""`D_j f` and `D f`, on a page that says D_j to be the derivative by the entry j of a variable."""
    start = parser.at
    parser.take()
    indices = read_scripts(parser, only_lower=True).lower
    variables = tuple(Symbol(variable, (index,), span=index.span) for index in indices) or (Symbol(variable),)
    return Derivative(operand(parser), variables, "subscript", span=parser.since(start))


def _slashed(parser: Parser, start: int, mark: str) -> Node:
    order = 1
    if parser.accept("^"):
        inner, after = script(parser.tokens, parser.at)
        order = int(inner[0].text) if inner and inner[0].text.isdigit() else 1
        parser.at = after
    body = None if parser.peek().text == "/" else parser.factor()
    if parser.accept("/") is None or parser.peek().text != mark:
        parser.fail(f"a {mark} without its denominator")
    variables: list[Node] = []
    while parser.peek().text == mark and len(variables) < order:
        parser.take()
        variables += _flattened(parser, parser.factor(), order)
    if body is None:
        return Derivative(operand(parser), tuple(variables), "operator", mark, span=parser.since(start))
    return Derivative(body, tuple(variables), "slash", mark, span=parser.since(start))


def bare_d(parser: Parser) -> Node | None:
    """`dL/dx`, `d/dx f`, or a differential `dL` on pages that use them; None (and nothing taken) otherwise."""
    start = parser.at
    if parser.peek().text != "d" or parser.peek().kind != "name":
        return None
    following = parser.peek(1)
    if following.text == "(" and any(t.text == "," for t in script(parser.tokens, parser.at + 1)[0]):
        return None  # a distance d(x, y)
    if following.kind in ("name", "command") or following.text in ("(", "/", "^"):
        parser.take()
        try:
            return _slashed(parser, start, "d")
        except Unreadable:
            parser.at = start
    if parser.vocabulary.differentials and (
        following.kind == "name"
        or following.text in ("(", "[", r"\|")
        or following.text[1:] in names.FUNCTIONS
    ):
        parser.take()
        return Differential(parser.factor(), span=parser.since(start))
    return None


def gradient(parser: Parser) -> Node:
    r"""`\nabla_w L`, `\nabla^2_w L`, `\nabla L`; of a loss alone where a product goes on: `\nabla_w L \cdot v`."""
    start = parser.at
    parser.take()
    scripts = read_scripts(parser)
    order = (
        int(scripts.power.text)
        if isinstance(scripts.power, Number) and scripts.power.text in ("1", "2")
        else 1
    )
    if not scripts.lower and order == 1 and (transposed := _transposed_gradient(parser, start)) is not None:
        return transposed
    negated = _negated(parser, scripts.lower) if scripts.lower else None
    body = negated or (parser.factor() if parser.peek().text in LOSSES else operand(parser))
    if not scripts.lower and order == 1 and (there := _gradient_at(body)) is not None:
        return replace(there, span=parser.since(start))
    variables = scripts.lower * order if scripts.lower else (Symbol(""),) * order
    return Derivative(body, variables, "nabla", r"\nabla", span=parser.since(start))


def _transposed_gradient(parser: Parser, start: int) -> Node | None:
    r"""The gradient in `\nabla f(x)^T h`, transposed; None where what comes next is no such name."""
    at = parser.at
    try:
        factor = parser.factor()
    except Unreadable:
        factor = None
    if isinstance(factor, Transpose) and isinstance(factor.body, Call | Symbol):
        span = parser.since(start)
        gradient = Derivative(factor.body, (Symbol(""),), "nabla", r"\nabla", span=span)
        return Transpose(gradient, factor.mark, span=span)
    parser.at = at
    return None


def _gradient_at(body: Node) -> Node | None:
    r"""The gradient of a function at several arguments, `\nabla f(a, b)`, and what it is multiplied by."""
    first = body.factors[0] if isinstance(body, Multiply) else body
    if not isinstance(first, Call) or len(first.arguments) < 2 or first.function.name in names.FUNCTIONS:
        return None
    if is_conditioned(first.function.name):
        return None
    there = Partial(first.function, first.arguments, span=first.span)
    return replace(body, factors=(there, *body.factors[1:])) if isinstance(body, Multiply) else there


def _order(parser: Parser, tokens: Sequence[Token]) -> tuple[int, Sequence[Token]]:
    if not tokens or tokens[0].text != "^":
        return 1, tokens
    inner, after = script(tokens, 1)
    if len(inner) != 1 or not inner[0].text.isdigit() or not 1 <= int(inner[0].text) <= 4:
        parser.fail("an order of differentiation that is not a small number", tokens[0])
    return int(inner[0].text), tokens[after:]


def _variables(parser: Parser, tokens: Sequence[Token], mark: str, order: int) -> tuple[Node, ...]:
    variables: list[Node] = []
    for piece in split(tokens, mark):
        if piece and piece[0].text == "^":  # `\\partial^2 x` for `\\partial x^2`
            times, after = script(piece, 1)
            count = int(times[0].text) if len(times) == 1 and times[0].text.isdigit() else 1
            variables += [parser.whole(piece[after:])] * min(count, order)
        elif piece:
            node = parser.whole(piece)
            variables += _flattened(parser, node, order)
    if len(variables) != order and not (parser.vocabulary.reading.forgiving and order == 1):
        parser.fail(f"a derivative of order {order} with respect to {len(variables)} variables", tokens[0])
    return tuple(variables)


def _flattened(parser: Parser, node: Node, order: int) -> list[Node]:
    r"""`x_k x_j` under one `\partial`, or `x^2` for a second derivative, as a list of variables."""
    if isinstance(node, Group):
        return _flattened(parser, node.body, order)
    if order > 1 and isinstance(node, Power) and isinstance(node.exponent, Number):
        return [node.base] * int(node.exponent.text)
    if order > 1 and isinstance(node, Multiply):
        return [variable for factor in node.factors for variable in _flattened(parser, factor, order)]
    return [node]
