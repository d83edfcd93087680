r"""How a page says random quantities are distributed: `X \sim N(\mu, \sigma^2)`, "Poisson with parameter $\lambda$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


# Words in front of a formula that is a parameter: their names in several languages, and what may stand between.
_LAWS = {
    "normal": r"normal|gaussian|gau(?:ss|ß)\w*|正态|高斯",
    "exponential": r"exponential|exponentiell?e?|exponencial|esponenziale|指数",
    "poisson": r"poisson|泊松",
    "bernoulli": r"bernoulli|伯努利",
    "binomial": r"binomial\w*|二项",
    "geometric": r"geometric|geometrisch\w*|géométrique",
    "gamma": r"gamma",
    "beta": r"beta",
    "uniform": r"uniform\w*|gleichverteil\w*|均匀",
    "mean": r"mean|expected value|expectation|erwartungswert|espérance|moyenne|valor esperado|media|均值|期望",
    "variance": r"variance|varianz|varianza|variância|方差",
    "deviation": r"standard deviation|standardabweichung|écart[- ]type|desviación (?:típica|estándar)|标准差",
}
_BETWEEN = (
    r"(?:[\s,~:]|\\[a-z]+\{|[{}]|distribut\w+|verteil\w+|random|variables?|with|of|has|have|is|are|the|an?|its|and|unknown|known"
    r"|common|same|each|true|rate|parameters?|parametern?|intensity|success|probability|mit|dem|der|de|du|des|par\S*tres?"
    r"|loi|con|con parámetro|par[aá]metros?|di|parametro|为|是|分布|参数){0,12}"
)
_BEFORE = {
    law: re.compile(rf"(?<![a-z-])(?:{words}){_BETWEEN}$", re.IGNORECASE) for law, words in _LAWS.items()
}
_FIXED = (
    (
        "mean",
        "0",
        re.compile(r"zero[- ]mean|mean[- ](?:zero|0\b)|\b0 mean|mittelwertfrei|centrée", re.IGNORECASE),
    ),
    ("variance", "1", re.compile(r"unit[- ]variance|variance (?:one|1\b)", re.IGNORECASE)),
)
_NEARBY = 110


def said_before(words: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Draw]:
    """What the words right before a formula say the formula is of a distribution."""
    if not tokens or any(token.kind == "sign" and token.text in names.RELATIONS for token in tokens):
        return
    near = " ".join(words[-_NEARBY:].split())
    law = next((law for law, pattern in _BEFORE.items() if pattern.search(near)), "")
    if not law:
        return
    inside = tokens
    if inside[0].text in ("(", "[") and matching(inside, 0) == len(inside) - 1:
        inside = inside[1:-1]
    found = [_node(part, vocabulary) for part in split(inside, ",")]
    if all(node is not None for node in found):
        parameters = tuple(node for node in found if node is not None)
        yield Draw(None, law, parameters, tokens[0].span.start)


def said_in_words(text: str, vocabulary: Vocabulary) -> Iterator[Draw]:
    """What words alone say: "zero mean", "unit variance", and the names of distributions."""
    for law, number, pattern in _FIXED:
        if match := pattern.search(text):
            yield Draw(None, law, (parse(tokenize(number), vocabulary, 1),), match.start())
    for law, words in _LAWS.items():
        if law not in ("mean", "variance", "deviation") and (
            match := re.search(rf"(?<![a-z\\-])(?:{words})", text, re.IGNORECASE)
        ):
            yield Draw(None, law, (), match.start())
