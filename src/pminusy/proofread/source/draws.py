r"""How a page says random quantities are distributed: `X \sim N(\mu, \sigma^2)`, "Poisson with parameter $\lambda$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.source.law_words import BEFORE, BEHIND, FIXED, JOINING, NAMED, PARAMETER, SINGLE
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.token_ranges import matching, script, split
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import Call, Node, Symbol
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
    given : tuple of Symbol
        What it is given, as N in `X \mid N \sim \mathrm{Bin}(N, p)`.
    """

    variable: Symbol | None
    law: str
    parameters: tuple[Node, ...]
    at: int
    given: tuple[Symbol, ...] = ()


_POISSON = ("P", r"\mathcal{P}", r"\pi", r"\Pi")  # short names for it, with its usual parameter
_NORMAL = (r"\mathcal{N}", "N", "Normal", "normal")
_STOPS = frozenset([",", ";", "(", "[", "{", r"\{", "&", ":"])


def drawn(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Draw]:
    r"""The statements of the form `X \sim N(\mu, \sigma^2)` in a formula."""
    for at, token in enumerate(tokens):
        if token.text != r"\sim" or at + 1 >= len(tokens) or tokens[at + 1].kind != "name":
            continue
        start = at
        while start > 0 and not _is_stop(tokens, start - 1):
            start -= 1
        variable, given = _conditioned(tokens[start:at], vocabulary)
        law, parameters = named_law(_with_whole_name(tokens[at + 1 :]), vocabulary, variable)
        if law in _POISSON and [to_latex(node) for node in parameters] == [r"\lambda"]:
            law = "Poisson"
        if isinstance(variable, Call) and variable.function.name in ("ln", "log") and law in _NORMAL:
            law, variable = "lognormal", variable.arguments[0]
        if isinstance(variable, Symbol):
            yield Draw(variable, law, parameters, token.span.start, given)


def _conditioned(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Node | None, tuple[Symbol, ...]]:
    """What is random, and what it is given behind a bar; None where that is no name alone."""
    before, *behind = split(tokens, "|")
    names_behind = [_node(part, vocabulary) for side in behind for part in split(side, ",")]
    given = tuple(node for node in names_behind if isinstance(node, Symbol))
    return (_node(before, vocabulary) if len(given) == len(names_behind) else None), given


def alone(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Draw]:
    r"""The law that a formula is nothing but, as in "drawn from `\mathcal{N}(\mu, \sigma^2)`"."""
    kept = [token for token in tokens if token.kind != "gap"]
    if len(kept) > 3 and kept[0].kind == "name" and kept[1].text in ("(", "["):
        named = kept[0].text == r"\mathcal{N}" or len(kept[0].text) > 2
        if named and matching(kept, 1) == len(kept) - 1:
            law, parameters = named_law(kept, vocabulary, None)
            yield Draw(None, law, parameters, kept[0].span.start)


def _with_whole_name(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a law with the letters of its name as one: `Ber(p)` is no product, and `Beta(a, b)` has no η."""
    end = next((n for n, token in enumerate(tokens) if token.kind != "name"), len(tokens))
    letters = [_as_written(token) for token in tokens[:end]]
    if end < 2 or not all(each.isalpha() for each in letters):
        return tokens
    if end == len(tokens) or tokens[end].text not in ("(", "["):
        return tokens
    return [replace(tokens[0], text="".join(letters)), *tokens[end:]]


def _as_written(token: Token) -> str:
    """A name as it stands in the text, where Greek letters may be spelled out without a backslash."""
    spelled = token.text.removeprefix("\\")
    return spelled if token.span.end - token.span.start == len(spelled) else token.text


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
    if tokens[0].text in _CHI:
        freedom, after = _degrees_of_freedom(tokens)
        if freedom:
            return "chi", tuple(node for node in (_node(freedom, vocabulary),) if node is not None)
        at = after
    while at < len(tokens) and tokens[at].text in ("_", "^"):
        at = matching(tokens, at + 1) + 1 if at + 1 < len(tokens) and tokens[at + 1].text == "{" else at + 2
    if at >= len(tokens) or tokens[at].text not in ("(", "["):
        return tokens[0].text, ()
    inside = tokens[at + 1 : matching(tokens, at)]
    parts = [piece for part in split(inside, ",") for piece in split(part, ";")]
    bars = list(split(parts[0], "|")) if parts else []
    if len(bars) == 2:
        parts[0] = bars[1]
    found = [_node(_value_of(part), vocabulary) for part in parts]
    if found and found[0] == variable:
        found = found[1:]
    name = "chi" if tokens[0].text in _CHI else tokens[0].text
    return name, tuple(node for node in found if node is not None)


_CHI = (r"\chi", "χ")


def _degrees_of_freedom(tokens: Sequence[Token]) -> tuple[Sequence[Token], int]:
    r"""What stands below `\chi^2`, and where its scripts end."""
    at, below = 1, tokens[:0]
    while at + 1 < len(tokens) and tokens[at].text in ("_", "^"):
        inside, after = script(tokens, at + 1)
        below = inside if tokens[at].text == "_" else below
        at = after
    return below, at


def _value_of(part: Sequence[Token]) -> Sequence[Token]:
    r"""A parameter without its name: `m` of `\mu = m`."""
    sides = list(split(part, "="))
    return sides[1] if len(sides) == 2 else part


def _node(tokens: Sequence[Token], vocabulary: Vocabulary) -> Node | None:
    kept = [token for token in tokens if token.kind != "gap"]
    try:
        return parse(kept, vocabulary, kept[-1].span.end) if kept else None
    except Unreadable:
        return None


_NEARBY = 110


# Where a sentence ends, but for the dots of "i.i.d. normal".
_END = re.compile(r"(?<!\bd)[.!?;]\s+(?=[A-ZÀ-Þ$\\])|[。！？；]|\n\s*\n")


def subject(tokens: Sequence[Token], vocabulary: Vocabulary) -> Symbol | None:
    r"""What a formula that is nothing but a name, or a list of names, may be the subject of a sentence for.

    That of `X_1, \dots, X_n` is its last.
    """
    kept = [token for token in tokens if token.kind != "gap"]
    kept = next(iter(split(kept, r"\in")), kept)
    if any(token.text == r"\sim" or token.text in names.RELATIONS for token in kept):
        return None
    found = _node(list(split(kept, ","))[-1], vocabulary) if kept else None
    return found if isinstance(found, Symbol) else None


def in_same_sentence(words: str) -> bool:
    """Whether what stands before and behind some words may belong to one sentence."""
    return not _END.search(words)


def joins(words: str) -> bool:
    """Whether some words are "and", or a comma."""
    return bool(JOINING.fullmatch(words.strip()))


def said_of(name: Symbol, words: str, at: int, vocabulary: Vocabulary) -> Iterator[Draw]:
    """What the words behind a name say of it without a formula: "is standard normal"."""
    sentence = _END.split(words, maxsplit=1)[0][:_NEARBY]
    for draw in said_in_words(sentence, vocabulary):
        yield replace(draw, variable=name, at=at)


def said_around(words: str, tokens: Sequence[Token], following: str, vocabulary: Vocabulary) -> Draw | None:
    """What the words around a formula say the formula is of a distribution."""
    if not _is_value(tokens):
        return None
    near = " ".join(words[-_NEARBY:].split())
    law = next((law for law, pattern in BEFORE.items() if pattern.search(near)), "")
    if not law and PARAMETER.search(near):
        law = next((law for law, pattern in BEHIND.items() if pattern.match(following)), "")
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
    if last is None or last.law in SINGLE or not _is_value(tokens) or not joins(words):
        return None
    node = _node(tokens, vocabulary)
    parameters = () if node is None else (*last.parameters, node)
    return Draw(last.variable, last.law, parameters, tokens[0].span.start) if parameters else None


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
