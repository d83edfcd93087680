"""Where brackets, scripts and statements begin and end among tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tokens import Token

ENDS = frozenset(
    ["=", ",", ".", ")", "]", "}", r"\}", "+", "-", r"\cdot", "*", r"\times", "/", "&", ";", "|"]
)
"""What ends a factor."""

MOST_SCRIPTS = 12
FRACTIONS = frozenset([r"\frac", r"\tfrac", r"\dfrac", r"\cfrac"])
_OF_TWO = FRACTIONS | {r"\binom", r"\dbinom", r"\tbinom"}
_OPENING, _CLOSING = frozenset(names.CLOSERS), frozenset(names.CLOSERS.values())
_OF_ONE = frozenset([r"\sqrt", r"\substack"])


def matching(tokens: Sequence[Token], at: int) -> int:
    """Where the bracket at `at` is closed (the end, if it never is)."""
    depth = 0
    for n in range(at, len(tokens)):
        if tokens[n].kind == "sign":
            depth += (tokens[n].text in names.CLOSERS) - (tokens[n].text in names.CLOSERS.values())
            if depth == 0:
                return n
    return len(tokens)


def list_end(tokens: Sequence[Token], at: int) -> int:
    r"""Where a bracket that opens at a place is closed, `[0, 1)` too, as the place behind; 0 where none opens."""
    if at >= len(tokens) or tokens[at].text not in ("(", "[", r"\{"):
        return 0
    close = matching(tokens, at)
    return close + 1 if close < len(tokens) else 0


def script(tokens: Sequence[Token], at: int) -> tuple[Sequence[Token], int]:
    """The tokens of a sub- or superscript that begins at `at`, and where it ends."""
    if at < len(tokens) and tokens[at].text == "{":
        close = matching(tokens, at)
        return tokens[at + 1 : close], min(close + 1, len(tokens))
    if at < len(tokens) and tokens[at].text == "(" and not tokens[at].spaced:
        close = matching(tokens, at)
        return tokens[at : close + 1], min(close + 1, len(tokens))
    return tokens[at : at + 1], at + 1


def without_braces(tokens: Sequence[Token]) -> Sequence[Token]:
    """Tokens without the braces around all of them."""
    while tokens and tokens[0].text == "{" and matching(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def split(tokens: Sequence[Token], kind: str) -> Iterator[list[Token]]:
    """The parts of a list of tokens between those of a kind, inner environments kept whole.

    Brackets are kept whole, too, but may open in one cell or row and close in another.
    """
    depth, part = 0, list[Token]()
    opening, closing = ({"{"}, {"}"}) if kind in ("row", "cell") else (_OPENING, _CLOSING)
    for token in tokens:
        if token.kind == "command":
            depth += token.text.startswith(r"\begin") - token.text.startswith(r"\end")
        elif token.kind == "sign":
            depth += (token.text in opening) - (token.text in closing)
        if depth == 0 and (token.kind == kind or token.text == kind):
            yield part
            part = []
        else:
            part.append(token)
    yield part


def scripts(tokens: Sequence[Token], mark: str) -> Iterator[tuple[Token | None, Sequence[Token], int]]:
    """The sub- or superscripts: what each belongs to, what stands in it, and where it ends."""
    for n, token in enumerate(tokens):
        if token.text == mark and token.kind == "sign":
            inner, after = script(tokens, n + 1)
            yield _base(tokens, n), inner, after


def _base(tokens: Sequence[Token], at: int) -> Token | None:
    """What the sub- or superscript at a place belongs to, another script in between skipped."""
    n = at - 1
    if n >= 2 and tokens[n - 1].text in ("_", "^") and tokens[n - 1].kind == "sign":
        n -= 2
    elif n >= 0 and tokens[n].text == "}":
        depth = 0
        for k in range(n, -1, -1):
            depth += (tokens[k].text == "}") - (tokens[k].text == "{")
            if depth == 0:
                if k >= 2 and tokens[k - 1].text in ("_", "^"):
                    n = k - 2
                break
    return tokens[n] if n >= 0 else None


def in_scripts(tokens: Sequence[Token]) -> list[bool]:
    """For each token whether it stands in a sub- or superscript."""
    inside = [False] * len(tokens)
    for n, token in enumerate(tokens):
        if token.kind == "sign" and token.text in ("_", "^"):
            after = min(script(tokens, n + 1)[1], len(tokens))
            inside[n:after] = [True] * (after - n)
    return inside


def argument_braces(tokens: Sequence[Token]) -> set[int]:
    """Where the braces open that hold an argument of a macro, a sub- or a superscript."""
    found: set[int] = set()
    for n, token in enumerate(tokens):
        at = n + 1
        for _ in range(_argument_count(token)):
            if at < len(tokens) and tokens[at].text == "[":
                at = matching(tokens, at) + 1
            if at < len(tokens) and tokens[at].text == "{":
                found.add(at)
            at = script(tokens, at)[1]
    return found


def _argument_count(token: Token) -> int:
    if token.kind == "sign":
        return 1 if token.text in ("_", "^") else 0
    if token.kind != "command":
        return 0
    return (
        2 if token.text in _OF_TWO else 1 if token.text in _OF_ONE or token.text.startswith(r"\begin") else 0
    )


def after_scripts(tokens: Sequence[Token], at: int) -> int:
    """Where the scripts and primes that begin at a place end."""
    for _ in range(MOST_SCRIPTS):
        if at >= len(tokens) or tokens[at].kind != "sign" or tokens[at].text not in ("_", "^", "'"):
            break
        at = at + 1 if tokens[at].text == "'" else script(tokens, at + 1)[1]
    return at


def starts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a statement may begin at a token."""
    if at and tokens[at - 1].kind == "command" and tokens[at - 1].text.startswith(r"\begin"):
        return True
    return (
        at == 0
        or tokens[at - 1].kind in ("row", "gap", "cell", "words")
        or tokens[at - 1].text in ("=", ",", ";", r"\end", "}")
    )
