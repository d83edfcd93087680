r"""Names whose superscripts tell them apart, as in `w^l` for a layer l, and are no powers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.token_ranges import FRACTIONS, in_scripts, script, scripts
from pminusy.proofread.syntax.tokens import Token

BINOMIALS = (r"\binom", r"\dbinom", r"\tbinom")
_NO_LABELS = (["T"], [r"\top"], ["2"], ["*"], [r"\prime"])


def labelled(pages: list[list[Token]], bound: frozenset[str]) -> frozenset[str]:
    """The names whose superscripts are labels on a page, of which the names in `bound` are summed over."""
    bound -= {name for tokens in pages for name in _of_numbers(tokens)}
    differentiated = [pair for tokens in pages for pair in _differentiated(tokens)]
    found = {name for name, _ in differentiated}
    counted = {label[0] for _, label in differentiated if len(label[0]) == 1 and label[0].islower()}
    upper: dict[str, set[str]] = {}
    main = {
        t.text for tokens in pages for t, inside in zip(tokens, in_scripts(tokens), strict=True) if not inside
    }
    defined: set[tuple[str, str]] = set()
    for tokens in pages:
        for base, inner, after in scripts(tokens, "^"):
            if (
                base is None
                or base.kind != "name"
                or base.text in ("e", "exp")
                or base.text in names.FUNCTIONS
            ):
                continue
            letters = [t.text for t in inner]
            if not letters or letters in _NO_LABELS:
                continue
            if letters[0] in counted and (len(letters) == 1 or letters[1] in ("+", "-")):
                found.add(base.text)
            followed = tokens[after].text if after < len(tokens) else ""
            if letters[0] == r"\pi" and followed in ("(", "["):  # a policy
                found.add(base.text)
            if (
                letters[0] in main
                and letters[0] not in bound
                and not letters[0].isdigit()
                and followed != "_"
            ):
                continue
            upper.setdefault(base.text, set()).add(" ".join(letters))
            followed = tokens[after].text if after < len(tokens) else ""
            if (
                letters
                and all(t.kind == "name" for t in inner[:1])
                and (letters[0] in bound or followed == "_")
            ):
                found.add(base.text)
            if followed == "=" and letters[0].isdigit() and _begins(tokens, base):
                defined.add((base.text, letters[0]))
    for name, labels in upper.items():
        if any(len(label.split()) == 3 and label.split()[0] in labels for label in labels):
            found.add(name)
        if {label for base, label in defined if base == name} - {"2"}:
            found.add(name)
    layers = {label for name in found for label in upper.get(name, ()) if len(label) == 1 and label.islower()}
    found |= {name for name, labels in upper.items() if labels & layers}
    return frozenset(found)


def _begins(tokens: Sequence[Token], base: Token) -> bool:
    r"""Whether a name begins its side, so that `x^3 = …` may define it; `\frac{d}{dx} x^3 = …` does not."""
    at = next(n for n, token in enumerate(tokens) if token is base)
    return at == 0 or tokens[at - 1].kind == "relation" or tokens[at - 1].text in ("=", "&", ",", ";", r"\\")


def _of_numbers(tokens: Sequence[Token]) -> Iterator[str]:
    r"""Indices that are numbers: those of series, of sums over numbers such as `\sum_{x \in \{0, 1\}}`, and exponents.

    Above a name these are powers, as in `\sum_k \binom{n}{k} p^k (1 - p)^{n - k}`.
    """
    for n, token in enumerate(tokens):
        if token.text == r"\sum":
            yield from _summed(tokens, n)
        elif token.text in BINOMIALS:
            above, middle = script(tokens, n + 1)
            yield from (t.text for t in (*above, *script(tokens, middle)[0]) if t.kind == "name")
        elif token.text == "!" and n and tokens[n - 1].kind == "name":
            yield tokens[n - 1].text
        elif token.text == "^" and n and (tokens[n - 1].text == ")" or tokens[n - 1].kind == "number"):
            power, _ = script(tokens, n + 1)
            if all(t.kind in ("name", "number") or t.text in "+-" for t in power):
                yield from (t.text for t in power if t.kind == "name")


def _summed(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """The index of a series or of a sum over numbers."""
    limits: dict[str, Sequence[Token]] = {}
    at += 1
    while at < len(tokens) and tokens[at].text in ("_", "^") and tokens[at].text not in limits:
        limits[tokens[at].text], at = script(tokens, at + 1)
    inner, above = limits.get("_", ()), limits.get("^", ())
    numbers = [t.text for t in inner[1:3]] == [r"\in", r"\{"] and inner[3].kind == "number"
    if inner and (numbers or (above and above[0].text == r"\infty")):
        yield inner[0].text


def _differentiated(tokens: Sequence[Token]) -> Iterator[tuple[str, list[str]]]:
    r"""Names that have something above them where a first derivative is by them, with that.

    In `\frac{\partial E}{\partial w^l}`, l is no power. What is differentiated has a label, too, where it has the same
    one, as in `\frac{\partial s^3}{\partial z^3}`.
    """
    for n, token in enumerate(tokens):
        if token.text == r"\nabla" and n + 1 < len(tokens) and tokens[n + 1].text == "_":
            name, label = _with_label(script(tokens, n + 2)[0])
            yield from [(name, label)] if label else []
        if token.text not in FRACTIONS:
            continue
        above, middle = script(tokens, n + 1)
        below, _ = script(tokens, middle)
        if (
            not above
            or not below
            or above[0].text not in (r"\partial", "d")
            or below[0].text != above[0].text
        ):
            continue
        name, label = _with_label(below[1:])
        if label and (len(above) < 2 or above[1].text != "^"):
            yield name, label
            other, its = _with_label(above[1:])
            yield from [(other, its)] if its == label else []


def _with_label(tokens: Sequence[Token]) -> tuple[str, list[str]]:
    """A name, and what stands above it; nothing where tokens are more than a name with its scripts."""
    if not tokens or tokens[0].kind != "name" or tokens[0].text in ("e", "exp"):
        return "", []
    found: dict[str, list[str]] = {}
    at = 1
    while at < len(tokens) and tokens[at].text in ("_", "^"):
        inner, after = script(tokens, at + 1)
        found[tokens[at].text] = [token.text for token in inner]
        at = after
    label = found.get("^", [])
    if at < len(tokens) or label in _NO_LABELS or label[:1] == ["-"]:
        return "", []
    return tokens[0].text, label
