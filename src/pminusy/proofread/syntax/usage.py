"""How the formulas of a page use their signs: what they sum over, transpose by, define and differentiate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pminusy.proofread.syntax.token_ranges import ENDS, after_scripts, matching, script, scripts, starts
from pminusy.proofread.syntax.tokens import Token

_SCALARS = frozenset(["L", "J", "E", "F", "Q", r"\mathcal{L}", r"\ell", r"\phi", r"\mathcal{J}"])


def transposes_by_t(pages: Sequence[Sequence[Token]]) -> bool:
    """Whether t is only ever a superscript by itself, somewhere of a capital letter or bracket with a factor behind."""
    found = False
    for tokens in pages:
        for n, token in enumerate(tokens):
            if token.text != "t" or token.kind != "name":
                continue
            braced = n > 1 and tokens[n - 1].text == "{" and n + 1 < len(tokens) and tokens[n + 1].text == "}"
            mark, after = (n - 2, n + 2) if braced else (n - 1, n + 1)
            if mark < 1 or tokens[mark].text != "^":
                return False
            base = tokens[mark - 1]
            factor = after < len(tokens) and (
                tokens[after].kind == "name" or tokens[after].text in ("(", "[")
            )
            found |= factor and (base.text in (")", "]") or (base.kind == "name" and base.text.isupper()))
    return found


def summed(tokens: Sequence[Token]) -> Iterator[str]:
    """The letters below the sums, products and extrema of a formula."""
    for base, inner, _ in scripts(tokens, "_"):
        if base and base.text in (r"\sum", r"\prod", r"\max", r"\min", r"\Sigma") and inner:
            yield from (t.text for t in inner[:1] if t.kind == "name")


def optimised(tokens: Sequence[Token]) -> Iterator[str]:
    r"""What a maximum or minimum is over that is no index: the θ of `\min_\theta J(\theta)`."""
    for base, inner, _ in scripts(tokens, "_"):
        if base and base.text in (r"\max", r"\min") and inner:
            yield from (t.text for t in inner[:1] if not (len(t.text) == 1 and t.text.islower()))


def index_names(tokens: Sequence[Token]) -> Iterator[str]:
    """The letters that stand as indices in a formula."""
    yield from summed(tokens)
    for base, inner, _ in scripts(tokens, "_"):
        if base and base.kind == "name" and all(t.kind in ("name", "number") or t.text == "," for t in inner):
            yield from (t.text for t in inner if t.kind == "name" and len(t.text) == 1)


def defines_delta(tokens: Sequence[Token]) -> bool:
    r"""Whether a formula gives `\delta` with two indices a meaning of its own, as errors in back-propagation have."""
    for n, token in enumerate(tokens):
        if token.text != r"\delta":
            continue
        after = after_scripts(tokens, n + 1)
        index = [t.text for t in tokens[n + 1 : after]]
        opens = starts(tokens, n) and after < len(tokens) and tokens[after].text in ("=", "&")
        if opens and ("^" in index or _differs_by_another(tokens[after:])):
            return True
        ends = (
            after >= len(tokens)
            or tokens[after].text in ("=", ",", ".", r"\end")
            or tokens[after].kind == "row"
        )
        if (
            ends
            and n
            and tokens[n - 1].text == "="
            and not set(index) <= {t.text for t in tokens[:n]} | set("_{}^,")
        ):
            return True
    return False


def _differs_by_another(tokens: Sequence[Token]) -> bool:
    """Whether the first derivative is of one quantity by another, and not of x_i by x_j, which is Kronecker's."""
    names = [
        after.text for token, after in pairwise(tokens) if token.text == r"\partial" and after.kind == "name"
    ]
    return len(names) > 1 and names[0] != names[1]


def sigma_sums(pages: list[list[Token]]) -> bool:
    """Whether a capital sigma stands for a sum on a page."""
    uses = [(tokens, n) for tokens in pages for n, token in enumerate(tokens) if token.text == r"\Sigma"]
    if not uses:
        return False
    for tokens, n in uses:
        if n + 1 >= len(tokens) or tokens[n + 1].text != "_":
            return False
        inner, after = script(tokens, n + 2)
        nothing_follows = after >= len(tokens) or tokens[after].text in ENDS - {"-"}
        if not inner or inner[0].kind != "name" or nothing_follows:
            return False
    return True


def differentials(tokens: Sequence[Token]) -> bool:
    """Whether a line begins with the differential of a number, `df = …`: then d is an operator and no name."""
    for n, token in enumerate(tokens[:-2]):
        if token.text == "d" and token.kind == "name" and starts(tokens, n):
            following = tokens[n + 1]
            scalar = following.kind == "name" and (following.text.islower() or following.text in _SCALARS)
            if scalar and tokens[n + 2].text in ("=", "&", "("):
                return True
            if following.text in ("(", r"\|", "tr", "log", "ln", "det"):
                return True
    return False


def counts_up_to_d(tokens: Sequence[Token]) -> bool:
    r"""Whether d is the number of something: `\sum_{i=1}^d`, `\mathbb{R}^d`."""
    return any([t.text for t in inner] == ["d"] for _, inner, _ in scripts(tokens, "^"))


def transposed_by_prime(tokens: Sequence[Token]) -> bool:
    """Whether a prime stands where a transpose does: in `X'X`, `x'Ax`, `(y - Xb)'(y - Xb)` or `(y - Xb)'W(y - Xb)`."""
    texts = [token.text for token in tokens]
    for n, text in enumerate(texts[:-1]):
        if text == "'" and n:
            before, after = texts[n - 1], texts[n + 1]
            same = tokens[n - 1].kind == "name" and before in texts[n + 1 : n + 3] and after != "("
            if same and tokens[n + 1].kind == "name":
                return True
            weighted = tokens[n + 1].kind == "name" and after.isupper() and texts[n + 2 : n + 3] == ["("]
            of_a_name = after == "(" and matching(tokens, n + 1) == n + 3  # `(f/g)'(x)`
            if before == ")" and ((after == "(" and not of_a_name) or weighted):
                return True
    return False


def operators(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    r"""A name D and a variable a for each `D_j S = \frac{\partial S}{\partial a_j}`."""
    plain = [token for token in tokens if token.kind != "cell"]
    for n, token in enumerate(plain):
        if token.kind != "name" or not starts(plain, n) or n + 2 >= len(plain) or plain[n + 1].text != "_":
            continue
        index, body = script(plain, n + 2)
        equals = next((k for k in range(body, len(plain)) if plain[k].text == "="), len(plain))
        if equals == body or equals + 1 >= len(plain) or plain[equals + 1].text not in (r"\frac", r"\dfrac"):
            continue
        above, middle = script(plain, equals + 2)
        below, _ = script(plain, middle)
        same = [t.text for t in above[1:]] == [t.text for t in plain[body:equals]]
        if not same or above[0].text != r"\partial" or len(below) < 4 or below[2].text != "_":
            continue
        if [t.text for t in script(below, 3)[0]] == [t.text for t in index]:
            yield token.text, below[1].text


def has_transpose(tokens: Sequence[Token]) -> bool:
    """Whether a T stands above something: then a prime is no transpose."""
    return any(
        len(inner) == 1 and inner[0].text in ("T", r"\top", r"\intercal")
        for _, inner, _ in scripts(tokens, "^")
    )


def coordinates(tokens: Sequence[Token]) -> Iterator[str]:
    """The name of coordinates that a page differentiates by with their numbers alone."""
    texts = [token.text for token in tokens if token.text not in ("{", "}") and token.kind != "cell"]
    for n in range(len(texts) - 8):
        left, middle, right = texts[n : n + 3], texts[n + 3 : n + 7], texts[n + 7 : n + 10]
        if left[:2] == [r"\partial", "_"] and middle == ["=", r"\frac", r"\partial", r"\partial"]:
            yield from right[:1] if right[1:] == ["_", left[2]] else ()
