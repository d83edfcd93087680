r"""How a page says random quantities are distributed: `X \sim N(\mu, \sigma^2)`, "Poisson with parameter $\lambda$"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pminusy.proofread.source.law_words import BEFORE, FIXED, JOINING, NAMED
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.token_ranges import matching, split
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Node, Symbol
from pminusy.proofread.syntax.vocabulary import Vocabulary


@dataclass(frozen=True)
class Draw:
    r"""That something is distributed in some way.

    Attributes
    ----------
    variable : Symbol or None
        What is random; None where words leave that open.
    law : str
        The name of the distribution, or "mean", "variance" and "deviation", of which the text gives the value.
    parameters : tuple of Node
    at : int
        The character where this is said.
    """

    variable: Symbol | None
    law: str
    parameters: tuple[Node, ...]
    at: int


_STOPS = frozenset([",", ";", "(", "[", "{", r"\{", "&", ":"])


def drawn(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Draw]:
    r"""The statements of the form `X \sim N(\mu, \sigma^2)` in a formula."""
    for at, token in enumerate(tokens):
        if token.text != r"\sim" or at + 1 >= len(tokens) or tokens[at + 1].kind != "name":
            continue
        start = at
        while start > 0 and not _is_stop(tokens, start - 1):
            start -= 1
        variable = _node(tokens[start:at], vocabulary)
        law, parameters = named_law(tokens[at + 1 :], vocabulary, variable)
        if isinstance(variable, Symbol):
            yield Draw(variable, law, parameters, token.span.start)


def alone(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Draw]:
    r"""The law that a formula is nothing but, as in "drawn from `\mathcal{N}(\mu, \sigma^2)`"."""
    kept = [token for token in tokens if token.kind != "gap"]
    if len(kept) > 3 and kept[0].kind == "name" and kept[1].text in ("(", "["):
        named = kept[0].text == r"\mathcal{N}" or len(kept[0].text) > 2
        if named and matching(kept, 1) == len(kept) - 1:
            law, parameters = named_law(kept, vocabulary, None)
            yield Draw(None, law, parameters, kept[0].span.start)


def _is_stop(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is random begins behind this token; a brace that opens a script is part of its name."""
    token = tokens[at]
    if token.text == "{":
        return at == 0 or tokens[at - 1].text not in ("_", "^") or _holds_sim(tokens, at)
    return token.kind in ("cell", "row", "gap", "word") or (token.kind == "sign" and token.text in _STOPS)


def _holds_sim(tokens: Sequence[Token], at: int) -> bool:
    return any(token.text == r"\sim" for token in tokens[at : matching(tokens, at)])


def named_law(
    tokens: Sequence[Token], vocabulary: Vocabulary, variable: Node | None
) -> tuple[str, tuple[Node, ...]]:
    r"""The name of a distribution and its parameters; in `N(x \mid \mu, \sigma^2)`, x is none."""
    at = 1
    while at < len(tokens) and tokens[at].text in ("_", "^"):
        at = matching(tokens, at + 1) + 1 if at + 1 < len(tokens) and tokens[at + 1].text == "{" else at + 2
    if at >= len(tokens) or tokens[at].text not in ("(", "["):
        return tokens[0].text, ()
    inside = tokens[at + 1 : matching(tokens, at)]
    parts = [piece for part in split(inside, ",") for piece in split(part, ";")]
    bars = list(split(parts[0], "|")) if parts else []
    if len(bars) == 2:
        parts[0] = bars[1]
    found = [_node(part, vocabulary) for part in parts]
    if found and found[0] == variable:
        found = found[1:]
    return tokens[0].text, tuple(node for node in found if node is not None)


def _node(tokens: Sequence[Token], vocabulary: Vocabulary) -> Node | None:
    kept = [token for token in tokens if token.kind != "gap"]
    try:
        return parse(kept, vocabulary, kept[-1].span.end) if kept else None
    except Unreadable:
        return None


_NEARBY = 110


def said_before(words: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> Draw | None:
    """What the words right before a formula say the formula is of a distribution."""
    if not _is_value(tokens):
        return None
    near = " ".join(words[-_NEARBY:].split())
    law = next((law for law, pattern in BEFORE.items() if pattern.search(near)), "")
    if not law:
        return None
    inside = tokens
    if inside[0].text in ("(", "[") and matching(inside, 0) == len(inside) - 1:
        inside = inside[1:-1]
    found = [_node(part, vocabulary) for part in split(inside, ",")]
    if any(node is None for node in found):
        return None
    return Draw(None, law, tuple(node for node in found if node is not None), tokens[0].span.start)


def said_further(
    last: Draw | None, words: str, tokens: Sequence[Token], vocabulary: Vocabulary
) -> Draw | None:
    r"""The law of the formula before, if this one is its next parameter: "parameters $a$ and $b$"."""
    if last is None or not _is_value(tokens) or not JOINING.fullmatch(words.strip()):
        return None
    node = _node(tokens, vocabulary)
    return None if node is None else Draw(None, last.law, (*last.parameters, node), tokens[0].span.start)


def _is_value(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and not any(t.kind == "sign" and t.text in names.RELATIONS for t in tokens)


def said_in_words(text: str, vocabulary: Vocabulary) -> Iterator[Draw]:
    """What words alone say: "zero mean", "unit variance", and the names of distributions."""
    for law, numbers, pattern in FIXED:
        if match := pattern.search(text):
            parameters = tuple(parse(tokenize(number), vocabulary, 1) for number in numbers)
            yield Draw(None, law, parameters, match.start())
    for law, pattern in NAMED.items():
        if match := pattern.search(text):
            yield Draw(None, law, (), match.start())
