r"""Superscripts that number samples or layers, as in `x^{(i)}` and `a^{[2](i)}`, and are no powers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pminusy.proofread.syntax.token_ranges import matching
from pminusy.proofread.syntax.tokens import Token

if TYPE_CHECKING:
    from pminusy.proofread.syntax.parser import Parser

MOST_IN_INDEX = 3  # tokens in one bracket of a superscript that numbers samples or layers


def is_index(parser: Parser, tokens: Sequence[Token], name: str) -> bool:
    """Whether a superscript numbers samples or layers, and is no power."""
    texts = [token.text for token in tokens]
    first, last = texts[0], texts[-1]
    if name in ("e", "exp") or texts[:2] == ["(", "-"]:
        return False
    if (first, last) in (("(", ")"), ("[", "]"), ("<", ">"), (r"\langle", r"\rangle"), (r"\{", r"\}")):
        return not any(t.kind == "sign" and t.text in "/^" for t in tokens) and len(tokens) <= 7
    if name in parser.vocabulary.labelled:
        return tokens[0].kind in ("name", "number") and first != "-"
    return False


def bracketed_groups(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """What stands in each of two or more brackets in a row, as in `a^{[2](i)}`; empty where anything else is there."""
    groups: list[Sequence[Token]] = []
    at = 0
    while at < len(tokens) and tokens[at].text in ("(", "[") and tokens[at].kind == "sign":
        close = matching(tokens, at)
        groups.append(tokens[at + 1 : close])
        at = close + 1
    plain = all(len(group) <= MOST_IN_INDEX and group and group[0].text != "-" for group in groups)
    return groups if at == len(tokens) and len(groups) > 1 and plain else []


def unwrapped(tokens: Sequence[Token]) -> Sequence[Token]:
    """A superscript without the bracket around it."""
    return tokens[1:-1] if tokens[0].text in ("(", "[", "<", r"\langle", r"\{") else tokens
