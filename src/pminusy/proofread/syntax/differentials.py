r"""What an integral is over: `dx` at its end, within a fraction as in `\frac{dx}{x}`, or `d(\sin x)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.token_ranges import FRACTIONS, matching, script
from pminusy.proofread.syntax.tokens import Token

_SIGNS = frozenset([r"\cdot", r"\times", "*", "."])
_HEADS = FRACTIONS | {r"\sqrt", "(", "[", "{"}  # what an expression behind a `d` may begin with


@dataclass(frozen=True)
class Differential:
    """Where the `d` of an integral stands, and where what is behind it ends (-1 where only parsing tells)."""

    first: int
    after: int = -1


def closing(
    tokens: list[Token], at: int, functions: frozenset[str]
) -> tuple[list[Token], Differential | None]:
    r"""The differential that closes the integral whose integrand begins at a token, and the tokens that it is in.

    `functions` are the names of functions. One that stands in a fraction, in braces or in brackets is brought out of
    these, as if `\frac{dx}{x}` were `\frac{1}{x} dx`.
    """
    for _ in tokens[at:]:
        found = _plain(tokens, at, functions)
        if found is None:
            opened = _opened(tokens, at, functions)
            if opened is not None:
                tokens = opened
                continue
            found = _of_an_expression(tokens, at)
        return tokens, found
    return tokens, None


def without_signs(tokens: Sequence[Token]) -> list[Token]:
    """An integrand without the sign of multiplication before its differential; points in it multiply."""
    kept = list(tokens)
    while kept and kept[-1].kind == "sign" and kept[-1].text in _SIGNS:
        kept.pop()
    return [replace(t, text=r"\cdot") if t.kind == "sign" and t.text == "." else t for t in kept]


def integrated(tokens: Sequence[Token]) -> Iterator[str]:
    """The names that stand behind a `d` in a formula with an integral."""
    if any(token.text == r"\int" for token in tokens):
        for token, following in pairwise(tokens):
            if token.text == "d" and _is_variable(following):
                yield following.text


def _is_variable(token: Token) -> bool:
    return token.kind == "name" and token.text not in names.FUNCTIONS


def _outside(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """The places outside of brackets and scripts up to where the surroundings end."""
    n = at
    while n < len(tokens):
        token = tokens[n]
        if token.kind == "sign" and token.text in names.CLOSERS.values():
            return
        if token.kind == "sign" and token.text in ("_", "^"):
            n = script(tokens, n + 1)[1]
            continue
        yield n
        if token.kind == "sign" and token.text in names.CLOSERS:
            n = matching(tokens, n)
        n += 1


def _plain(tokens: Sequence[Token], at: int, functions: frozenset[str]) -> Differential | None:
    """The `dx` outside of brackets; further integrals before it are closed first."""
    inner = 0
    for n in _outside(tokens, at):
        inner += tokens[n].text == r"\int"
        if tokens[n].kind == "name" and (after := _after_variable(tokens, at, n, functions)):
            if not inner:
                return Differential(n, after)
            inner -= 1
    return None


def _after_variable(tokens: Sequence[Token], at: int, n: int, functions: frozenset[str]) -> int:
    """Where a differential of one variable that begins at a token ends; 0 where none begins."""
    token = tokens[n]
    if token.text == "d" and n + 1 < len(tokens) and _is_variable(tokens[n + 1]):
        after = n + 2
        if after < len(tokens) and tokens[after].text == "_":
            after = script(tokens, after + 1)[1]
        following = tokens[after].text if after < len(tokens) else ""
        called = following == "(" and tokens[n + 1].text in functions
        return 0 if following == "^" or called else after
    joined = token.text[1:] if token.text[0] == "d" else ""
    return n + 1 if joined and any(other.text == joined for other in tokens[at:n]) else 0


def _of_an_expression(tokens: Sequence[Token], at: int) -> Differential | None:
    r"""The `d` before an expression, as in `d(\sin x)`, `d\cos kx` or `d e^{t}`."""
    for n in _outside(tokens, at):
        if tokens[n].text == r"\int":
            return None
        if tokens[n].text == "d" and n + 1 < len(tokens):
            following = tokens[n + 1]
            listed = following.text == "(" and any(t.text == "," for t in script(tokens, n + 1)[0])
            if (following.kind == "name" or following.text in _HEADS) and not listed:
                return Differential(n)
    return None


def _opened(tokens: list[Token], at: int, functions: frozenset[str]) -> list[Token] | None:
    """The tokens with the first differential in a fraction, in braces or brackets brought out; None without one."""
    for n in _outside(tokens, at):
        token = tokens[n]
        if token.text == r"\int":
            return None
        if token.kind == "command" and token.text in FRACTIONS:
            above, middle = script(tokens, n + 1)
            below, after = script(tokens, middle)
            divides = bool(below) and below[0].text != "d"
            if divides and _begins_with_d(above) and _plain(above, 0, functions) is None:
                reciprocal = [token, *_braced([], token), *_braced(below, token)]
                return [*tokens[:n], *reciprocal, above[0], *_braced(above[1:], token), *tokens[after:]]
            place = _plain(above, 0, functions)
            if divides and place is not None:
                kept = [*above[: place.first], *above[place.after :]]
                divided = [token, *_braced(kept, token), *_braced(below, token)]
                return [*tokens[:n], *divided, *above[place.first : place.after], *tokens[after:]]
        elif token.kind == "sign" and token.text in ("{", "(") and (n == at or not _is_argument(tokens, n)):
            close = matching(tokens, n)
            inside = tokens[n + 1 : close]
            if token.text == "{" and _has_d(inside):
                return [*tokens[:n], *inside, *tokens[close + 1 :]]
            place = _plain(inside, 0, functions)
            if place is not None and place.after == len(inside):
                kept = tokens[n : n + 1 + place.first] + tokens[close : close + 1] if place.first else []
                return [*tokens[:n], *kept, *inside[place.first :], *tokens[close + 1 :]]
    return None


def _begins_with_d(tokens: Sequence[Token]) -> bool:
    return len(tokens) > 1 and tokens[0].text == "d" and tokens[0].kind == "name"


def _has_d(tokens: Sequence[Token]) -> bool:
    return any(token.text == "d" and _is_variable(following) for token, following in pairwise(tokens))


def _is_argument(tokens: Sequence[Token], at: int) -> bool:
    """Whether braces at a place belong to the macro or function before them."""
    before = tokens[at - 1]
    macro = before.kind == "command" or before.text == "}" or before.text in names.FUNCTIONS
    return tokens[at].text == "{" and macro


def _braced(tokens: Sequence[Token], place: Token) -> list[Token]:
    """Tokens in braces; a 1 where nothing multiplies what follows."""
    one = [] if tokens and tokens[0].text != "/" else [Token("number", "1", place.span)]
    return [Token("sign", "{", place.span), *one, *tokens, Token("sign", "}", place.span)]
