r"""Letters that are operators of probability on a page: E for expectations, V and D for variances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pminusy.proofread.syntax.chances import ESTIMATES
from pminusy.proofread.syntax.token_ranges import after_scripts, matching
from pminusy.proofread.syntax.tokens import Token

_VARIANCES = ("V", "D", r"\mathbb{D}")
_MOMENTS = frozenset(["Var", "var", "Cov", "cov", r"\mathbb{V}"])  # beside which E is an expectation


def marks_expectations(pages: list[list[Token]]) -> bool:
    """Whether E is always followed by a bracket: a square one, or mostly one with a random quantity in it, a capital.

    Beside variances, capitals are not needed. `E(w, b)` is a loss.
    """
    moments = any(t.text in _MOMENTS for tokens in pages for t in tokens)
    found = fitting = 0
    for tokens in pages:
        for n, token in enumerate(tokens):
            if token.text != "E" or token.kind != "name":
                continue
            after = after_scripts(tokens, n + 1)
            opening = tokens[after].text if after < len(tokens) else ""
            if opening not in ("(", "["):
                return False
            inside = tokens[after + 1 : matching(tokens, after)]
            if opening == "(" and any(t.text == "," for t in inside):
                return False
            found += 1
            fitting += opening == "[" or moments or any(map(_is_random, inside))
    return fitting * 2 > found


def expectation_letters(pages: list[list[Token]]) -> frozenset[str]:
    r"""Letters of expectations: E, or M, which stands beside a variance of the same capital, `M[X]` beside `D[X]`."""
    if marks_expectations(pages):
        return frozenset(["E"])
    insides = {
        letter: [i for tokens in pages for i in _insides(tokens, (letter,))] for letter in ("M", *_VARIANCES)
    }
    uses = sum(t.text == "M" and t.kind == "name" for tokens in pages for t in tokens)
    capitals = [{t.text for t in inside if _is_random(t)} for inside in insides["M"]]
    beside = {t.text for letter in _VARIANCES for i in insides[letter] for t in i if _is_random(t)}
    fitting = bool(capitals) and uses == len(capitals) and all(own & beside for own in capitals)
    return frozenset(["M"]) if fitting else frozenset()


def variance_letters(pages: list[list[Token]]) -> frozenset[str]:
    r"""Letters that are always followed by a bracket with what expectations on the page are of, as in `V(X)`.

    A value function V, or a discriminator D, stands in expectations itself.
    """
    letters = (*expectation_letters(pages), r"\mathbb{E}")
    means = [inside for tokens in pages for inside in _insides(tokens, letters)]
    if not means or not (len(letters) > 1 or _are_bold(pages)):
        return frozenset()
    averaged = {t.text for inside in means for t in inside if _is_random(t)}
    within = {t.text for inside in means for t in inside}
    found = set()
    for letter in _VARIANCES:
        uses = [n for tokens in pages for n in tokens if n.text == letter and n.kind == "name"]
        insides = [inside for tokens in pages for inside in _insides(tokens, (letter,))]
        square = all(inside[0].text == "[" for inside in insides)
        capital = all({t.text for t in inside} & averaged for inside in insides)
        if (
            insides
            and len(insides) == len(uses)
            and letter not in within
            and (capital or (square and letter == "V"))
        ):
            found.add(letter)
    return frozenset(found)


def _are_bold(pages: list[list[Token]]) -> bool:
    return any(t.text == r"\mathbb{E}" for tokens in pages for t in tokens)


def _insides(tokens: Sequence[Token], letters: tuple[str, ...]) -> Iterator[Sequence[Token]]:
    """The brackets behind some letters; of E, also behind scripts."""
    for n, token in enumerate(tokens):
        if token.text in letters and token.kind == "name":
            after = after_scripts(tokens, n + 1) if r"\mathbb{E}" in letters else n + 1
            if after < len(tokens) and tokens[after].text in ("(", "["):
                yield tokens[after : matching(tokens, after)]


def _is_random(token: Token) -> bool:
    """Whether a name is one that random quantities have: a capital, or one with a hat or a bar."""
    capital = len(token.text) == 1 and token.text.isupper()
    return token.kind == "name" and (capital or token.text.startswith(ESTIMATES))
