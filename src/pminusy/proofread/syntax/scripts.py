r"""Sub- and superscripts: indices, powers, transposes, primes, or part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pminusy.proofread.syntax.barred import mark_of_bar
from pminusy.proofread.syntax.compositions import applied_in_turn, composed
from pminusy.proofread.syntax.index_lists import bar_in, index_list, is_word, label_of, tells_events
from pminusy.proofread.syntax.primes import primed
from pminusy.proofread.syntax.token_ranges import script
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import (
    Between,
    Call,
    Component,
    Delta,
    Divide,
    Group,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
)
from pminusy.proofread.syntax.upper_indices import bracketed_groups, is_index, unwrapped

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

_TRANSPOSES = frozenset(["T", r"\top", r"\intercal", "tr", r"\mathsf{T}", "⊤"])
_NAME_MARKS = frozenset(["*", r"\ast", r"\star", r"\dagger", "+", "-", r"\prime"])


@dataclass
class Scripts:
    """What was written around a name; `raised` is whether the subscript stands behind the power."""

    lower: tuple[Node, ...] = ()
    upper: tuple[Node, ...] = ()
    labels: tuple[Node, ...] = ()
    suffix: str = ""
    power: Node | None = None
    transpose: str = ""
    primes: int = 0
    raised: bool = False
    marks: list[str] = field(default_factory=list)


def read_scripts(parser: Parser, only_lower: bool = False, name: str = "") -> Scripts:
    """All sub- and superscripts and primes that come next, as they belong to `name`."""
    found = Scripts()
    while True:
        if parser.peek().text == "_" and parser.peek().kind == "sign" and not found.lower:
            parser.take()
            _read_lower(parser, found)
            found.raised = found.power is not None
        elif not only_lower and parser.peek().text == "^" and parser.peek().kind == "sign":
            if found.power is not None:
                parser.fail("a double superscript")
            parser.take()
            _read_upper(parser, found, name)
        elif not only_lower and parser.accept("'"):
            matrix = name.isupper() and name not in parser.vocabulary.functions
            if parser.vocabulary.prime_transposes and (matrix or parser.peek().text not in ("(", "'")):
                found.transpose = "'"
            else:
                found.primes += 1
        else:
            return found


def symbol_with(parser: Parser, token: Token, scripts: Scripts, calls: bool = False) -> Node:
    """The symbol that a name and its scripts make; `calls` leaves powers and primes to the call."""
    start = next(n for n in reversed(range(parser.at)) if parser.tokens[n] is token)
    if token.text in parser.vocabulary.always_primed and scripts.primes == 1:
        scripts.primes, scripts.suffix = 0, scripts.suffix + "'"
    name = token.text + scripts.suffix + ("" if calls else "'" * scripts.primes)
    if name == r"\delta" and parser.vocabulary.kronecker and len(scripts.lower + scripts.upper) == 2:
        pair = scripts.lower + scripts.upper
        return _powered(parser, Delta(pair[0], pair[1], span=parser.since(start)), scripts, start)
    if not calls and _is_entry_of_power(parser, token, scripts):
        whole = _powered(parser, Symbol(name, span=parser.since(start)), scripts, start)
        return Component(whole, scripts.lower, span=parser.since(start))
    node = Symbol(name, scripts.lower, scripts.upper, span=parser.since(start))
    return node if calls else _powered(parser, node, scripts, start)


def _is_entry_of_power(parser: Parser, token: Token, scripts: Scripts) -> bool:
    r"""Whether two indices belong to the power of a matrix: those behind a negative one, `A^{-1}_{ij}`, do."""
    capital = token.text.isupper() or (token.text[:1] == "\\" and token.text[1:].istitle())
    if scripts.power is None or len(scripts.lower) != 2 or scripts.upper or not capital:
        return False
    inverted = isinstance(scripts.power, Negative) and scripts.raised
    return inverted or parser.vocabulary.reading.whole_powers


def _powered(parser: Parser, node: Node, scripts: Scripts, start: int) -> Node:
    if scripts.transpose:
        node = Transpose(node, scripts.transpose, span=parser.since(start))
    if scripts.power is not None:
        node = Power(node, scripts.power, span=parser.since(start))
    return _factorial(parser, node, start) if parser.peek().text == "!" else node


def _factorial(parser: Parser, node: Node, start: int) -> Node:
    """The factorial, or the double factorial, of something, where that comes next."""
    parser.take()
    name = "!!" if parser.accept("!") else "!"
    return Call(Symbol(name), (node,), 0, "", "", span=parser.since(start))


def dressed(parser: Parser, node: Node, start: int) -> Node:
    """A bracket, call or number with what is written around it."""
    while parser.peek().kind == "sign":
        if isinstance(node, Group) and (node.opening == "[" or node.closing == "]") and _has_limits(parser):
            node = between(parser, node.body, start)
        elif parser.peek().text == "_":
            scripts = read_scripts(parser, only_lower=True)
            if isinstance(node, Number):
                return Symbol(
                    r"\mathbf{1}" if node.text == "1" else node.text, scripts.lower, span=parser.since(start)
                )
            if (
                isinstance(node, Norm)
                and node.order is None
                and node.bar == r"\|"
                and len(scripts.lower) == 1
            ):
                node = replace(node, order=scripts.lower[0], span=parser.since(start))  # `{\|x\|}_2`
            else:
                node = Component(node, scripts.lower, span=parser.since(start))
        elif parser.peek().text == "^":
            parser.take()
            found = Scripts()
            _read_upper(parser, found, "")
            if found.upper:
                node = Component(node, found.upper, span=parser.since(start))
            if found.primes and isinstance(node, Group):
                node = primed(parser, node, start, found.primes)
            node = _powered(parser, node, found, start)
        elif parser.peek().text == "!":
            node = _factorial(parser, node, start)
        elif parser.peek().text == "%" and isinstance(node, Group | Number):
            parser.take()
            node = Divide(node, Number("100"), slash=True, span=parser.since(start))
        elif parser.peek().text == "'" and isinstance(node, Group | Number):
            node = primed(parser, node, start)
        elif parser.peek().text == "(" and (functions := composed(parser, node)):
            argument = parser.bracketed("(", lambda inside: inside.expression())
            node = Group(applied_in_turn(functions, (argument,)), span=parser.since(start))
        else:
            break
    return node


def _has_limits(parser: Parser) -> bool:
    """Whether both a sub- and a superscript come next."""
    first = parser.peek().text
    if first not in ("_", "^"):
        return False
    after = script(parser.tokens, parser.at + 1)[1]
    return (
        after < len(parser.tokens)
        and parser.tokens[after].text in ("_", "^")
        and parser.tokens[after].text != first
    )


def between(parser: Parser, body: Node, start: int) -> Between:
    r"""The body between the limits that come next, `_a^b`, or at the place that does, `_{x = a}`."""
    limits: dict[str, Node] = {}
    variable: Symbol | None = None
    while parser.peek().text in ("_", "^") and parser.peek().text not in limits:
        mark = parser.take().text
        inner, parser.at = script(parser.tokens, parser.at)
        inside = parser.sub_parser(inner)
        limit = inside.expression()
        if inside.accept("="):
            variable = limit if isinstance(limit, Symbol) else None
            limit = inside.expression()
        inside.expect_end()
        limits[mark] = limit
    if "_" not in limits or ("^" not in limits and variable is None):
        parser.fail("a value at an unspecified point")
    high = limits.get("^", limits["_"])
    low = limits["_"] if "^" in limits else None
    return Between(body, variable, low, high, span=parser.since(start))


def _read_lower(parser: Parser, found: Scripts) -> None:
    inner, after = _script(parser)
    bar = bar_in(inner)
    if bar and not tells_events(inner):
        before, behind = index_list(parser, inner[:bar]), index_list(parser, inner[bar + 1 :])
        found.suffix += mark_of_bar(len(before), len(behind))
        found.lower = (*before, *behind)
    elif label := label_of(inner):
        found.suffix += f"_{{{label}}}"
    elif inner:
        found.lower = index_list(parser, inner)
    parser.at = after


def _script(parser: Parser) -> tuple[Sequence[Token], int]:
    """The tokens of a script, which may be empty braces, and where it ends."""
    inner, after = script(parser.tokens, parser.at)
    if not inner and parser.peek().text != "{":
        parser.fail("an empty script")
    return inner, after


def _read_upper(parser: Parser, found: Scripts, name: str) -> None:
    inner, after = _script(parser)
    if not inner:
        parser.at = after
        return
    if name and len(inner) > 3 and inner[0].text in ("(", "[") and inner[-1].text in _TRANSPOSES:
        found.transpose, inner = inner[-1].text, inner[:-1]  # `W^{[2]T}`
    texts = [t.text for t in inner]
    place = inner[0].span | inner[-1].span
    small = texts == ["t"] and parser.vocabulary.small_transposes
    if small or (len(texts) == 1 and texts[0] in _TRANSPOSES):
        found.transpose = texts[0]
    elif texts[0] == "-" and len(texts) == 2 and texts[1] in _TRANSPOSES:
        found.transpose = texts[1]
        found.power = Negative(Number("1", span=place), span=place)
    elif texts == ["-"] and after == parser.at + 1 and _touches_operand(parser, after):
        parser.at = after
        found.power = Negative(parser.factor(), span=place)
        return
    elif all(text in _NAME_MARKS or text == "'" for text in texts):
        found.primes += texts.count("'")
        found.suffix += "".join(f"^{{{text}}}" for text in texts if text != "'")
    elif name and is_word(inner):
        found.suffix += f"^{{{''.join(texts)}}}"
    elif name == r"\delta" and len(inner) == 2 and all(t.kind == "name" for t in inner):
        found.upper = index_list(parser, inner)
    elif name and name not in ("e", "exp") and (groups := bracketed_groups(inner)):
        found.upper = tuple(index for group in groups for index in index_list(parser, group))
    elif name and is_index(parser, inner, name):
        found.upper = index_list(parser, unwrapped(inner))
    elif (
        len(inner) > 1
        and inner[0].kind == "number"
        and inner[0].span.end == inner[1].span.start
        and inner[0].span.end - inner[0].span.start > 1
        and parser.tokens[parser.at].text != "{"
    ):
        found.power = Number(texts[0], span=place)
    else:
        found.power = _without_bracket(parser.whole(inner))
    parser.at = after


def _without_bracket(power: Node) -> Node:
    """The power, without a bracket where that is about a negative number, as in `S^(-1)`."""
    if not isinstance(power, Group) or not isinstance(power.body, Negative):
        return power
    return power.body if isinstance(power.body.body, Number) else power


def _touches_operand(parser: Parser, at: int) -> bool:
    """Whether a name or number follows without a blank, as in `e^-x` outside of LaTeX."""
    following = parser.tokens[at] if at < len(parser.tokens) else parser.end
    return following.kind in ("name", "number") and not following.spaced
