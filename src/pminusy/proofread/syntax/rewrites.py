r"""Token lists brought into one form: `{a \over b}` as `\frac{a}{b}`, `\delta h` and `dW` as single names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.token_ranges import (
    ENDS,
    in_scripts,
    matching,
    script,
    split,
    starts,
)
from pminusy.proofread.syntax.tokens import Token

_AND = frozenset(["and", "und", "et", "y", "e", "och", "og", "en", "и", "i"])
_INFIX = {"over": r"\frac", "choose": r"\binom"}
_PREFIXES = frozenset([r"\delta", r"\Delta", "d"])


def with_fractions(tokens: Sequence[Token]) -> list[Token]:
    r"""`{a \over b}` written as `\frac{a}{b}`, `{n \choose k}` as `\binom{n}{k}`."""
    result = _with_relations(tokens)
    while True:
        at = next(
            (n for n, token in enumerate(result) if token.text in _INFIX and token.kind == "name"), None
        )
        if at is None:
            return result
        start, end = _enclosing(result, at)
        if start < 0:
            return result
        place = result[at].span
        opening, closing = Token("sign", "{", place), Token("sign", "}", place)
        if result[start].text != "{" and end < len(result):
            result[start + 1 : end] = [opening, *result[start + 1 : end], closing]
            continue
        inside = [*result[start + 1 : at], closing, opening, *result[at + 1 : end]]
        fraction = replace(result[start], kind="command", text=_INFIX[result[at].text])
        result[start : end + 1] = [fraction, replace(result[start], spaced=False), *inside, result[end]]


def _with_relations(tokens: Sequence[Token]) -> list[Token]:
    r"""`a \over{!}{=} b`, by a macro of the writer's own, as a relation."""
    result = list(tokens)
    for n in range(len(tokens) - 1, -1, -1):
        if tokens[n].text != "over" or tokens[n].kind != "name":
            continue
        relation, after = script(tokens, script(tokens, n + 1)[1])
        if len(relation) == 1 and relation[0].text == "=":
            result[n:after] = relation
    return result


def with_slashed_fractions(tokens: Sequence[Token]) -> list[Token]:
    r"""`{\partial y}/{\partial z}` written as `\frac{\partial y}{\partial z}`."""
    result = list(tokens)
    for n in range(len(tokens) - 1, -1, -1):
        if (
            result[n].text != "{"
            or result[n + 1 : n + 2] == []
            or result[n + 1].text not in (r"\partial", "d")
        ):
            continue
        slash = matching(result, n) + 1
        below = [token.text for token in result[slash : slash + 3]]
        if below == ["/", "{", result[n + 1].text]:
            fraction = replace(result[n], kind="command", text=r"\frac")
            result[n : slash + 1] = [fraction, *result[n:slash]]
    return result


def with_angles(tokens: Sequence[Token]) -> list[Token]:
    r"""`<w, x>` written as `\langle w, x \rangle`, where nothing follows that something could be greater than."""
    result = list(tokens)
    for n, token in enumerate(tokens):
        if token.text != "<" or token.kind != "sign":
            continue
        close = next((m for m in range(n + 1, len(tokens)) if tokens[m].text in (">", "=", "<")), len(tokens))
        inside = tokens[n + 1 : close]
        behind = tokens[close + 1] if close + 1 < len(tokens) else None
        ends = behind is None or behind.kind in ("row", "cell", "gap") or behind.text in ENDS
        if close < len(tokens) and tokens[close].text == ">" and ends and len(list(split(inside, ","))) == 2:
            result[n] = replace(token, text=r"\langle")
            result[close] = replace(tokens[close], text=r"\rangle")
    return result


def with_calls(tokens: Sequence[Token]) -> list[Token]:
    r"""`f{\left(x\right)}`, as computer algebra prints it, written as `f(x)`."""
    drop: set[int] = set()
    tokens = _with_separators(tokens)
    for n, token in enumerate(tokens[:-2]):
        if n and [t.text for t in tokens[n : n + 3]] == ["(", r"\cdot", ")"] and _ends_name(tokens, n - 1):
            drop |= {n, n + 1, n + 2}  # `f(\cdot)` is the function f
        if token.text != "{" or tokens[n + 1].text != "(" or not n:
            continue
        close = matching(tokens, n)
        if _ends_name(tokens, n - 1) and matching(tokens, n + 1) == close - 1:
            drop |= {n, close}
    return [token for n, token in enumerate(tokens) if n not in drop]


def _with_separators(tokens: Sequence[Token]) -> list[Token]:
    r"""Arguments with the usual signs between them: `f(x : a)` as `f(x; a)`, `d(a \to b, k = 1)` as `d(a, b, 1)`."""
    result = list(tokens)
    for n in range(len(tokens) - 1, 0, -1):
        if result[n].text != "(" or not _ends_name(result, n - 1):
            continue
        close = matching(result, n)
        inside = [replace(t, kind="sign", text=",") if _joins(t) else t for t in result[n + 1 : close]]
        result[n + 1 : close] = inside
        parts = list(split(inside, ":"))
        if any(token.text == r"\to" for token in inside):
            result[n + 1 : close] = _with_commas(inside)
        elif len(parts) == 2 and all(_is_plain_list(part) for part in parts):
            result[n + 1 + len(parts[0])] = replace(inside[len(parts[0])], text=";")
    return result


def _joins(token: Token) -> bool:
    r"""Whether a word stands for a comma between events: `P(A \text{ and } B)`."""
    return token.kind == "words" and token.text.strip().lower() in _AND


def _with_commas(tokens: Sequence[Token]) -> list[Token]:
    """Arguments with commas for arrows between them, and without the names before their values."""
    kept: list[Token] = []
    for token in tokens:
        if token.text == "=" and kept:
            kept.pop()
        else:
            kept.append(replace(token, text=",") if token.text == r"\to" else token)
    return kept


def _is_plain_list(tokens: Sequence[Token]) -> bool:
    plain = all(t.kind == "name" or t.text in ",_{}" or t.kind == "number" for t in tokens)
    return plain and bool(tokens) and tokens[0].kind in ("name", "number")


def _ends_name(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind == "name" or _ends_script(tokens, at)


def with_marks(tokens: Sequence[Token]) -> list[Token]:
    r"""`(*)` as the name of an expression where it stands alone; left out where it marks the line that follows."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        stars = at + 1
        while stars < len(tokens) and tokens[stars].text == "*":
            stars += 1
        if (
            tokens[at].text == "("
            and stars > at + 1
            and tokens[stars : stars + 1]
            and tokens[stars].text == ")"
        ):
            ends = stars + 1 == len(tokens) or tokens[stars + 1].kind in ("row", "cell")
            ends = (
                ends
                or tokens[stars + 1].text in ("=", ",", ".")
                or tokens[stars + 1].text.startswith(r"\end")
            )
            if ends and not (result and result[-1].kind in ("cell", "gap")) and starts(tokens, at):
                place = tokens[at].span | tokens[stars].span
                result.append(Token("name", f"({'*' * (stars - at - 1)})", place))
                at = stars + 1
                continue
            if starts(tokens, at) and not ends:
                at = stars + 1
                continue
        result.append(tokens[at])
        at += 1
    return result


def _ends_script(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token ends the sub- or superscript of a name."""
    if tokens[at].text != "}":
        return at >= 2 and tokens[at - 1].text in ("^", "_") and tokens[at - 2].kind == "name"
    depth = 0
    for n in range(at, 1, -1):
        depth += (tokens[n].text == "}") - (tokens[n].text == "{")
        if depth == 0:
            return tokens[n - 1].text in ("^", "_") and tokens[n - 2].kind == "name"
    return False


def _enclosing(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    r"""The braces around a place, or the brackets behind `\left` and `\right`, which group as well; −1 without any."""
    opened = {"{": "}", **{mark: names.CLOSERS[mark] for mark in ("(", "[", r"\{")}}
    depth = dict.fromkeys(opened.values(), 0)
    for n in range(at - 1, -1, -1):
        token = tokens[n]
        if token.kind != "sign" or (token.text != "{" and token.text != "}" and not _is_sized(token)):
            continue
        if token.text in depth:
            depth[token.text] += 1
        elif token.text in opened:
            depth[opened[token.text]] -= 1
            if depth[opened[token.text]] < 0:
                return n, matching(tokens, n)
    return -1, -1


def _is_sized(token: Token) -> bool:
    r"""Whether a bracket stands behind `\left` or the like: it takes more characters than it has itself."""
    return token.span.end - token.span.start > len(token.text) + 1


def find_prefixes(formulas: Iterable[Sequence[Token]], differentials: bool) -> frozenset[str]:
    r"""Which of δ, Δ and d begin names on this page: those with which a line begins, as in `\delta h_t = …`."""
    found = set()
    for tokens in formulas:
        for n, token in enumerate(tokens[:-1]):
            if (
                token.text in _PREFIXES
                and token.kind == "name"
                and starts(tokens, n)
                and tokens[n + 1].kind == "name"
            ):
                after = _after_scripts(tokens, n + 2)
                ends = after < len(tokens) and (tokens[after].text == "=" or tokens[after].kind == "cell")
                if ends and not (token.text == "d" and differentials):
                    found.add(token.text)
    return frozenset(found)


def with_prefixes(tokens: Sequence[Token], prefixes: frozenset[str]) -> list[Token]:
    r"""Those prefixes joined to the name behind them, but not in `\frac{dL}{dx}` or `dL/dx`."""
    result: list[Token] = []
    scripted = in_scripts(tokens)
    n = 0
    while n < len(tokens):
        token = tokens[n]
        following = tokens[n + 1] if n + 1 < len(tokens) else None
        if (
            not scripted[n]
            and token.text in prefixes
            and token.kind == "name"
            and following is not None
            and following.kind == "name"
        ):
            before = tokens[n - 1].text if n else ""
            after = _after_scripts(tokens, n + 2)
            slash = after < len(tokens) and tokens[after].text == "/"
            numerator = (
                before == "{" and n > 1 and tokens[n - 2].text in (r"\frac", r"\tfrac", r"\dfrac", "}")
            )
            if before != "/" and not numerator and not slash and not (token.text == "d" and following.spaced):
                separator = "" if token.text == "d" else " "
                name = token.text + separator + following.text
                result.append(replace(token, text=name, span=token.span | following.span))
                n += 2
                continue
        result.append(token)
        n += 1
    return result


def _after_scripts(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind == "sign" and tokens[at].text in ("_", "^"):
        at = script(tokens, at + 1)[1]
    return at
