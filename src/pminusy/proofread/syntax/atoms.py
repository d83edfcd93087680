r"""What an expression is made of: numbers, symbols, brackets, fractions, roots, functions, cases, matrices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.brackets import angle, barred, group
from pminusy.proofread.syntax.calls import applied, is_call, named_function, read_arguments
from pminusy.proofread.syntax.derivatives import (
    bare_d,
    derivative_fraction,
    derivative_operator,
    gradient,
    partial,
)
from pminusy.proofread.syntax.ellipses import ELLIPSES, ELLIPSIS
from pminusy.proofread.syntax.environments import cases_or_matrix
from pminusy.proofread.syntax.folds import fold
from pminusy.proofread.syntax.indicators import INDICATORS, holds_condition, indicator
from pminusy.proofread.syntax.integrals import integral
from pminusy.proofread.syntax.limits import limit
from pminusy.proofread.syntax.scripts import Scripts, dressed, read_scripts, symbol_with
from pminusy.proofread.syntax.token_ranges import FRACTIONS, script
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import (
    Call,
    Divide,
    Node,
    Norm,
    Number,
    Power,
    Span,
    Symbol,
)

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_CASE_ENVIRONMENTS = frozenset(
    rf"\begin{{{name}}}" for name in ("array", "aligned", "align", "split", "gathered", "matrix")
)


def atom(parser: Parser) -> Node:
    """One atom, with its powers and indices."""
    token = parser.peek()
    if token.kind == "number":
        return _number(parser)
    if token.kind == "name":
        return _name(parser)
    if token.kind == "command":
        return _command(parser)
    if token.kind == "sign":
        if token.text == "[" and holds_condition(parser):
            return indicator(parser, "[")
        if token.text == r"\{" and parser.peek(1).text in _CASE_ENVIRONMENTS:
            parser.take()
            node = _command(parser)
            parser.accept(r"\}")
            return node
        if token.text in names.CLOSERS:
            start = parser.at
            node = angle(parser) if token.text == r"\langle" else group(parser)
            return dressed(parser, node, start)
        if token.text in ("|", r"\|"):
            return _norm(parser)
        if token.text == r"\#":
            return _count(parser)
        if token.text == "-":
            parser.fail("two signs in a row")
    return parser.fail(f"unexpected {token.text or 'end'}")


def _number(parser: Parser) -> Node:
    start = parser.at
    if parser.peek().text == "1" and parser.peek(1).text in (r"\{", "_", "[") and holds_condition(parser, 1):
        return indicator(parser, r"\mathbb{1}")
    token = parser.take()
    return dressed(parser, Number(token.text, span=token.span), start)


def _name(parser: Parser) -> Node:
    start, token = parser.at, parser.peek()
    if token.text in INDICATORS and holds_condition(parser, 1):
        return indicator(parser, r"\mathbb{1}")
    if token.text in names.FUNCTIONS and token.text not in parser.vocabulary.symbols:
        return named_function(parser)
    if token.text in parser.vocabulary.expectations:
        parser.tokens[parser.at] = replace(token, text=r"\mathbb{E}")
        return named_function(parser)
    if token.text in parser.vocabulary.variances:
        parser.tokens[parser.at] = replace(token, text="Var")
        return named_function(parser)
    if (node := bare_d(parser)) is not None:
        return node
    variable = dict(parser.vocabulary.operators).get(token.text)
    if variable and (parser.peek(1).text == "_" or parser.peek(1).kind == "name"):
        return derivative_operator(parser, variable)
    if token.text == r"\Sigma" and (parser.vocabulary.sigma_sums or _has_range(parser)):
        return fold(parser, "sum")
    if token.text == r"\Pi" and _has_range(parser):
        return fold(parser, "prod")
    parser.take()
    scripts = read_scripts(parser, name=token.text)
    if token.text in parser.vocabulary.tabulated and parser.peek().text == "(":
        return _tabulated(parser, token, scripts, start)
    if is_call(parser, token.text):
        function = symbol_with(parser, token, scripts, calls=True)
        assert isinstance(function, Symbol)
        return applied(parser, function, scripts, start)
    return symbol_with(parser, token, scripts)


def _has_range(parser: Parser) -> bool:
    r"""Whether the name that comes next has limits as a sum has: `\Sigma_{j = 1}^n`."""
    if parser.peek(1).text != "_":
        return False
    below, after = script(parser.tokens, parser.at + 2)
    above = parser.tokens[after : after + 1]
    return len(below) > 2 and below[1].text == "=" and bool(above) and above[0].text == "^"


def _tabulated(parser: Parser, token: Token, scripts: Scripts, start: int) -> Node:
    """`p(x)` with an index x: an entry of a family."""
    arguments, _ = read_arguments(parser)
    function = symbol_with(parser, token, scripts, calls=True)
    name = function.name + "'" * scripts.primes if isinstance(function, Symbol) else token.text
    node: Node = Symbol(name, (*scripts.lower, *arguments), scripts.upper, True, span=parser.since(start))
    if scripts.power is not None:
        node = Power(node, scripts.power, span=node.span)
    return dressed(parser, node, start)


def _norm(parser: Parser) -> Node:
    start = parser.at
    node = barred(parser)
    scripts = read_scripts(parser)
    if scripts.lower:
        node = replace(node, order=scripts.lower[0], span=parser.since(start))
    return Power(node, scripts.power, span=parser.since(start)) if scripts.power is not None else node


def _count(parser: Parser) -> Node:
    r"""`\#D` and `\#(D)`, how many elements a set has."""
    start = parser.at
    parser.take()
    if parser.peek().text == "(":
        body, power = parser.bracketed("(", type(parser).expression), None
    else:
        counted = parser.factor()
        body, power = (counted.base, counted.exponent) if isinstance(counted, Power) else (counted, None)
    node: Node = Norm(body, None, "|", span=parser.since(start))
    if power is not None:
        node = Power(node, power, span=node.span)
    return dressed(parser, node, start)


def _command(parser: Parser) -> Node:
    start, token = parser.at, parser.peek()
    if token.text in FRACTIONS:
        return _fraction(parser)
    if token.text == r"\sqrt":
        return _root(parser)
    if token.text[1:] in names.FOLDS:
        if token.text in (r"\max", r"\min") and parser.peek(1).text in ("(", r"\{", "["):
            parser.take()
            opening = parser.peek().text
            function = Symbol(token.text[1:], span=token.span)
            arguments, _ = read_arguments(parser)
            call = Call(function, arguments, 0, opening, names.CLOSERS[opening], span=parser.since(start))
            return dressed(parser, call, start)
        return fold(parser, names.FOLDS[token.text[1:]])
    if token.text == r"\partial":
        return partial(parser)
    if token.text == r"\nabla":
        return gradient(parser)
    if token.text in (r"\binom", r"\dbinom", r"\tbinom"):
        parser.take()
        pair = (_argument(parser), _argument(parser))
        return Call(Symbol("binom", span=token.span), pair, span=parser.since(start))
    if token.text.startswith(r"\begin"):
        return cases_or_matrix(parser)
    if token.text in ELLIPSES:
        parser.take()
        return Symbol(ELLIPSIS, span=token.span)
    if token.text in (r"\int", r"\iint", r"\iiint"):
        return integral(parser)
    if token.text == r"\lim":
        return limit(parser)
    if token.text == r"\oint":
        parser.fail("an integral over a closed path is not evaluated")
    if token.text in (r"\top", r"\dagger"):
        parser.fail("a transpose without an operand")
    return parser.fail(f"unknown construct {token.text}")


def _argument(parser: Parser) -> Node:
    r"""A macro's argument: a braced expression, or one sign as in `\frac12`."""
    token = parser.peek()
    if token.text == "{":
        inner, after = script(parser.tokens, parser.at)
        if not inner:
            parser.fail("an empty argument")
        node = parser.whole(inner)
        parser.at = after
        return node
    if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
        return _first_digit(parser)
    if token.kind in ("name", "number"):
        parser.take()
        if token.kind == "number":
            return Number(token.text, span=token.span)
        return Symbol(token.text, span=token.span)
    return parser.factor()


def _first_digit(parser: Parser) -> Node:
    r"""`\frac12` and `\sqrt21`: TeX takes one digit."""
    token = parser.peek()
    middle = token.span.start + 1
    parser.tokens[parser.at] = replace(
        token, text=token.text[1:], span=Span(middle, token.span.end), spaced=False
    )
    return Number(token.text[0], span=Span(token.span.start, middle))


def _fraction(parser: Parser) -> Node:
    start = parser.at
    parser.take()
    if (node := derivative_fraction(parser, start)) is not None:
        return node
    numerator = _argument(parser)
    denominator = _argument(parser)
    return dressed(parser, Divide(numerator, denominator, span=parser.since(start)), start)


def _root(parser: Parser) -> Node:
    start, token = parser.at, parser.take()
    degree: Node | None = None
    if parser.peek().text == "[":
        degree = parser.bracketed("[", type(parser).expression)
    body = group(parser) if parser.peek().text == "(" else _argument(parser)
    function = Symbol("sqrt", () if degree is None else (degree,), span=token.span)
    return dressed(parser, Call(function, (body,), opening="", closing="", span=parser.since(start)), start)
