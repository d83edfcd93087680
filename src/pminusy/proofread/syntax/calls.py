r"""Functions and what they are applied to: `f(x, y)`, `p(x \mid y)`, `\log 2\pi`, `\mathbb{E}_{x \sim p}[x]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import EXPECTATIONS, PROBABILITIES, conditioned, is_expectation
from pminusy.proofread.syntax.ellipses import without_lists
from pminusy.proofread.syntax.relations import set_or_expression
from pminusy.proofread.syntax.scripts import Scripts, dressed, read_scripts
from pminusy.proofread.syntax.token_ranges import matching, script
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Conjunction,
    Divide,
    Group,
    Matrix,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
)

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser


def is_call(parser: Parser, name: str) -> bool:
    """Whether the bracket that follows a name holds arguments and not a factor."""
    if parser.peek().text not in ("(", "["):
        return False
    if name in names.ALWAYS_CALLED or _holds_several(parser):
        return True
    if name in PROBABILITIES and _holds_relation(parser):
        return True
    if name not in parser.vocabulary.functions:
        return False
    inside = parser.tokens[parser.at + 1 : matching(parser.tokens, parser.at)]
    for n, token in enumerate(inside):
        if token.kind == "name" and token.text == name:
            following = [t.text for t in inside[n + 1 :]]
            while following[:1] in (["_"], ["^"]):
                following = (
                    following[2:] if following[1:2] != ["{"] else following[following.index("}") + 1 :]
                )
            if following[:1] not in (["("], ["["]):
                return False
    return True


def _holds_relation(parser: Parser) -> bool:
    r"""Whether a bracket that comes next holds an event such as `X \le x`; one in a subscript is a range of indices."""
    inside = parser.tokens[parser.at + 1 : matching(parser.tokens, parser.at)]
    depth = 0
    for token in inside:
        if token.kind == "sign":
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0 and token.text in names.RELATIONS:
                return True
    return False


def _holds_several(parser: Parser) -> bool:
    """Whether a bracket that comes next holds several things, with commas, or semicolons or a bar between them."""
    start = parser.at
    opening = parser.peek().text
    inside = parser.tokens[start + 1 : matching(parser.tokens, start)]
    depth, bars = 0, list[int]()
    for n, token in enumerate(inside):
        if token.kind == "sign":
            depth += (token.text in names.CLOSERS) - (token.text in names.CLOSERS.values())
            if depth == 0 and (token.text == "," or (opening == "(" and token.text in (";", "="))):
                return True
            bars += [n] if depth == 0 and token.text in ("|", r"\|") else []
    side_by_side = len(bars) == 2 and bars[1] == bars[0] + 1 and inside[bars[0]].text == "|"
    return opening == "(" and (len(bars) == 1 or side_by_side)


def applied(parser: Parser, function: Symbol, scripts: Scripts, start: int) -> Node:
    """A function's call, from the bracket on that comes next."""
    opening = parser.peek().text
    arguments, given = read_arguments(parser, function.name in PROBABILITIES)
    if given or any(isinstance(each, Relation | Conjunction) for each in arguments):
        function, arguments = conditioned(function, arguments, given)
    function = _with_component(parser, function)
    call = Call(
        function, arguments, scripts.primes, opening, names.CLOSERS[opening], span=parser.since(start)
    )
    node: Node = Power(call, scripts.power, span=call.span) if scripts.power is not None else call
    return dressed(parser, node, start)


def _with_component(parser: Parser, function: Symbol) -> Symbol:
    r"""`softmax(z)_i` is entry i, as in `softmax_i(z)`."""
    if parser.peek().text != "_" or function.lower:
        return function
    scripts = read_scripts(parser, only_lower=True)
    return Symbol(function.name, scripts.lower, function.upper, span=function.span)


def _at_top(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that do not stand in brackets."""
    depth = 0
    for token in tokens:
        depth -= token.kind == "sign" and token.text in names.CLOSERS.values()
        if not depth:
            yield token
        depth += token.kind == "sign" and token.text in names.CLOSERS


def read_arguments(parser: Parser, of_chance: bool = False) -> tuple[tuple[Node, ...], int]:
    """What stands in a bracket, and how many of these stand behind a bar; a probability's parameters count as such."""
    opening = parser.peek().text
    given = 0

    between = [t.text for t in _at_top(parser.tokens[parser.at + 1 : matching(parser.tokens, parser.at)])]

    def read(inside: Parser) -> Node:
        nonlocal given
        # p(x|y) and KL(q || p), not f(|x|)
        pairs = any(a == b == "|" for a, b in pairwise(between))
        inside.bars = [bar for bar in ("|", r"\|") if between.count(bar) % 2 == 1 or (bar == "|" and pairs)]
        before, behind = [_argument_or_relation(inside)], list[Node]()
        while mark := inside.accept(",", ";", "|", r"\|"):
            single = not inside.accept("|") and (mark.text == "|" or (of_chance and mark.text == ";"))
            (behind if behind or single else before).append(_argument_or_relation(inside))
        before, behind = without_lists(before), without_lists(behind)
        given = len(behind)
        return Matrix(((*before, *behind),), "arguments")

    node = parser.bracketed(opening, read)
    assert isinstance(node, Matrix)
    return node.rows[0], given


def _argument_or_relation(parser: Parser) -> Node:
    r"""An argument, or an event such as `X = x` or `X \le t`."""
    start = parser.at
    if parser.peek().text == r"\{":
        parser.take()
        node = _argument_or_relation(parser)
        while parser.accept(","):
            node = Conjunction((node, _argument_or_relation(parser)), span=parser.since(start))
        parser.expect(r"\}")
        return node
    node = parser.expression()
    if parser.peek().kind == "sign" and parser.peek().text in names.RELATIONS:
        sign = parser.take().text
        relation = Relation(sign, node, set_or_expression(parser, sign), span=parser.since(start))
        if parser.peek().kind == "sign" and parser.peek().text in names.RELATIONS:  # `a < X \le b`
            sign, between = parser.take().text, relation.right
            after = Relation(sign, between, set_or_expression(parser, sign), span=parser.since(start))
            return Conjunction((relation, after), span=parser.since(start))
        return relation
    return node


def named_function(parser: Parser) -> Node:
    r"""A named function: `\log p_k`, `\log(1 - p)`, `\tanh^2 u`, `\log 2\pi`."""
    start, token = parser.at, parser.take()
    name = names.FUNCTIONS[token.text]
    if name in EXPECTATIONS and parser.peek().text == "_":
        return _expectation(parser, name, start)
    scripts = read_scripts(parser, name=token.text)
    if scripts.power == Negative(Number("1")) and f"arc{name}" in names.FUNCTIONS:
        name, scripts.power = f"arc{name}", None
    function = Symbol(name, scripts.lower, scripts.labels, span=token.span)
    opening = parser.peek().text
    if opening in ("(", "[", r"\{") or (opening == "{" and _holds_several(parser)):
        arguments, given = read_arguments(parser, name in EXPECTATIONS)
        if given and is_expectation(name):
            function, arguments = conditioned(function, arguments, given)
        function = _with_component(parser, function)
        opening = "(" if opening == "{" else opening
        closing = names.CLOSERS[opening]
        arguments = _with_inner_power(parser, arguments, opening, start)
        arguments = _with_factors_behind(parser, arguments, opening, start)
    else:
        arguments, opening, closing = (_open_argument(parser, name in _PERIODIC),), "", ""
    node: Node = Call(function, arguments, scripts.primes, opening, closing, span=parser.since(start))
    if scripts.power is not None:
        node = Power(node, scripts.power, span=node.span)
    elif scripts.transpose:
        node = Transpose(node, scripts.transpose, span=node.span)
    return dressed(parser, node, start) if opening else node


def _with_inner_power(
    parser: Parser, arguments: tuple[Node, ...], opening: str, start: int
) -> tuple[Node, ...]:
    """The argument of a function to the power behind its bracket, where that is the reading; a name stays as it is."""
    if not parser.vocabulary.reading.inner_powers or len(arguments) != 1 or isinstance(arguments[0], Symbol):
        return arguments
    power = read_scripts(parser).power if parser.peek().text == "^" else None
    inner = Group(arguments[0], opening, names.CLOSERS[opening])
    return arguments if power is None else (Power(inner, power, span=parser.since(start)),)


def _with_factors_behind(
    parser: Parser, arguments: tuple[Node, ...], opening: str, start: int
) -> tuple[Node, ...]:
    r"""The sum in the bracket times the letters behind it, where `\cos(p + q)x` is read so."""
    if not parser.vocabulary.reading.outer_arguments or len(arguments) != 1:
        return arguments
    factors: list[Node] = [Group(arguments[0], opening, names.CLOSERS[opening])]
    while isinstance(arguments[0], Add) and parser.peek().kind == "name" and not _is_function(parser):
        factors.append(parser.factor())
    if len(factors) == 1:
        return arguments
    return (Multiply(tuple(factors), ("",) * (len(factors) - 1), span=parser.since(start)),)


def _is_function(parser: Parser) -> bool:
    return parser.peek().text in names.FUNCTIONS or parser.peek().text in parser.vocabulary.functions


def _expectation(parser: Parser, name: str, start: int) -> Node:
    r"""`\mathbb{E}_{x \sim p}[…]`: what stands below tells one distribution from another."""
    token = parser.take()
    inner, parser.at = script(parser.tokens, parser.at)
    below = Symbol("".join(t.text for t in inner), span=inner[0].span if inner else token.span)
    under = _distribution(parser, inner)
    lower = (below,) if under is None else (below, under)
    function = Symbol(name, lower, span=parser.since(start))
    if parser.peek().text in ("(", "[", r"\{"):
        opening = parser.peek().text
        arguments, given = read_arguments(parser, of_chance=True)
        if given:
            function, arguments = conditioned(function, arguments, given)
        arguments = _with_inner_power(parser, arguments, opening, start)
        node = Call(function, arguments, 0, opening, names.CLOSERS[opening], span=parser.since(start))
        return dressed(parser, node, start)
    return Call(function, (_open_argument(parser),), 0, "", "", span=parser.since(start))


def _distribution(parser: Parser, inner: Sequence[Token]) -> Call | None:
    r"""What an expectation is under: of `z \sim q(z)` that call, of `z \mid x` the call `p(z \mid x)`."""
    texts = [token.text for token in inner]
    at = texts.index(r"\sim") if r"\sim" in texts else -1
    try:
        node = parser.whole(_with_variable(inner[at + 1 :], inner[: max(at, 0)]))
        if isinstance(node, Symbol) and at < 0 and node.name in PROBABILITIES:
            return Call(node, (), opening="(", closing=")")  # of whatever the page says
        if isinstance(node, Symbol):
            letter = node if at > 0 else Symbol("p")
            variable = parser.whole(inner[:at]) if at > 0 else node
            if isinstance(variable, Matrix):
                return None
            node = Call(letter, (variable,), opening="(", closing=")")
    except Unreadable:
        bar = texts.index("|") if texts.count("|") == 1 else 0
        if at >= 0 or not bar:
            return None
        sides = [
            Symbol(part[0].text)
            for part in (inner[:bar], inner[bar + 1 :])
            if part and part[0].kind == "name"
        ]
        if len(sides) < 2:
            return None
        function, arguments = conditioned(Symbol("p"), sides, 1)
        node = Call(function, arguments, opening="(", closing=")")
    return node if isinstance(node, Call) else None


def _with_variable(law: Sequence[Token], variable: Sequence[Token]) -> Sequence[Token]:
    r"""A distribution with the variable for the dot in `a \sim \pi(\cdot \mid s)`."""
    dots = [n for n, t in enumerate(law) if t.text == r"\cdot" and n and law[n - 1].text == "("]
    return [*law[: dots[0]], *variable, *law[dots[0] + 1 :]] if len(dots) == 1 and variable else law


_PERIODIC = frozenset(["sin", "cos", "tan", "cot"])


def _open_argument(parser: Parser, periodic: bool = False) -> Node:
    r"""A function's argument without parentheses: one factor, and what evidently belongs to it.

    For `periodic` functions that is also what stands behind a command, as t in `\cos \omega t`.
    """
    start = parser.at
    if parser.accept("-"):
        return Negative(_open_argument(parser, periodic), span=parser.since(start))
    factors = [parser.factor()]
    while not parser.at_stop() and (_goes_on(parser, factors) or (periodic and _is_behind_command(parser))):
        factors.append(parser.factor())
    if (
        parser.peek().text == "/"
        and not parser.peek().spaced
        and isinstance(factors[-1], Symbol | Number)
        and not parser.bars
    ):
        parser.take()
        factors[-1] = Divide(factors[-1], parser.divisor(), slash=True, span=parser.since(start))
    if len(factors) == 1:
        return factors[0]
    return Multiply(tuple(factors), ("",) * (len(factors) - 1), span=parser.since(start))


def _is_behind_command(parser: Parser) -> bool:
    """Whether a letter comes next that only the blank which ends a command sets apart."""
    token, before = parser.peek(), parser.tokens[parser.at - 1]
    following = parser.peek(1)
    called = following.kind == "sign" and following.text in ("(", "[") and not following.spaced
    ends = before.kind == "name" and before.text.startswith("\\") and before.text not in names.FUNCTIONS
    letter = token.kind == "name" and len(token.text) == 1 and token.text.islower() and token.text != "d"
    return letter and ends and not called and not parser.vocabulary.reading.short_arguments


def _goes_on(parser: Parser, factors: list[Node]) -> bool:
    r"""`\log 2\pi` and `\tanh wx` go on; `\log p_k y_k` does not."""
    token = parser.peek()
    if parser.vocabulary.reading.long_arguments and (
        token.text in ("(", "[", r"\frac") or token.kind == "name"
    ):
        return token.text not in names.FUNCTIONS
    if token.kind not in ("name", "number") or token.text in names.FUNCTIONS:
        return False
    if isinstance(factors[0], Number | Transpose) or parser.vocabulary.reading.long_arguments:
        return True
    plain = isinstance(factors[-1], Symbol) and not factors[-1].indices
    following = parser.peek(1)
    return plain and not token.spaced and not (following.kind == "sign" and following.text in ("(", "["))
