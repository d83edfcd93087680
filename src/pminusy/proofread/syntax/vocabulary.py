r"""What a page's own usage says about its names: which are functions, indices, labels.

The same signs mean different things on different pages: `f(x)` a call or a product, `w^l` a power or a layer's weight,
`\cos` a function or somebody's name for a similarity. The page as a whole usually settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pminusy.proofread.syntax import function_names
from pminusy.proofread.syntax.differentials import integrated
from pminusy.proofread.syntax.expectation_letters import expectation_letters, variance_letters
from pminusy.proofread.syntax.labels import labelled
from pminusy.proofread.syntax.token_ranges import ENDS, after_scripts, matching, script, scripts, starts
from pminusy.proofread.syntax.tokens import Token

_SCALARS = frozenset(["L", "J", "E", "F", "Q", r"\mathcal{L}", r"\ell", r"\phi", r"\mathcal{J}"])


@dataclass(frozen=True)
class Reading:
    r"""A choice where the notation itself is ambiguous.

    Attributes
    ----------
    wide_operators : bool
        `\frac{d}{dx} (a) b` differentiates the product, not only its first factor.
    tight_slash : bool
        `1/2m` is 1/(2m).
    long_arguments : bool
        `\log p q` is the logarithm of the product.
    wide_bars : bool
        `a + b |_0^1` is the sum between these limits, not its last term.
    narrow_sums : bool
        `\\sum_i (a_i) b` ends behind the bracket.
    inner_powers : bool
        `\\log (a)^b` is the logarithm of the power.
    forgiving : bool
        What is left out is supplied, such as the variable of an integral.
    short_arguments : bool
        `\\cos \\omega t` is the product of cos ω and t.
    whole_powers : bool
        `A_{ij}^n` is an entry of the power of A, as `A^{-1}_{ij}` is of the inverse.
    """

    wide_operators: bool = True
    tight_slash: bool = True
    long_arguments: bool = False
    wide_bars: bool = False
    narrow_sums: bool = False
    inner_powers: bool = False
    forgiving: bool = False
    short_arguments: bool = False
    whole_powers: bool = False


READINGS = (
    Reading(),
    Reading(wide_operators=False),
    Reading(tight_slash=False),
    Reading(long_arguments=True),
    Reading(wide_bars=True),
    Reading(narrow_sums=True),
    Reading(inner_powers=True),
    Reading(whole_powers=True),
    Reading(short_arguments=True),
)


@dataclass(frozen=True)
class Vocabulary:
    r"""How names are used on a page.

    Attributes
    ----------
    indices : frozenset of str
        Names that are summed over or stand as subscripts.
    labelled : frozenset of str
        Names whose superscript is an index and not a power.
    functions : frozenset of str
        Names that are functions of the writer's own, applied with parentheses.
    tabulated : frozenset of str
        Functions whose argument is an index somewhere, as in `\\sum_x p(x)`: families with indices.
    symbols : frozenset of str
        Function names that this page uses as plain symbols.
    kronecker : bool
        Whether `\\delta` with two indices is Kronecker's.
    sigma_sums : bool
        Whether `\\Sigma_d` is a sum.
    differentials : bool
        Whether `dX` is the differential of X.
    operators : tuple of (str, str)
        Names that stand for derivatives, and what these are by: D and a where the page says
        `D_j S = \\frac{\\partial S}{\\partial a_j}`.
    coordinates : str
        What `\\partial_i` is taken by, where the page says `\\partial_i = \\frac{\\partial}{\\partial z_i}`: z.
    prime_transposes : bool
        Whether a prime is a transpose, as in `X'X`.
    small_transposes : bool
        Whether a `^t` is a transpose, as in `X^t X`.
    always_primed : frozenset of str
        Functions that never occur without their prime, which is then part of the name.
    expectations : frozenset of str
        Letters of expectations, such as E in `E[…]` and `E(…)`.
    variances : frozenset of str
        Letters of variances, such as V in `V[X]`.
    integrated : frozenset of str
        Names that some integral is over.
    primed : frozenset of str
        Names with a prime somewhere.
    reading : Reading
        What is chosen where usage does not settle it.
    """

    indices: frozenset[str] = frozenset()
    labelled: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    tabulated: frozenset[str] = frozenset()
    symbols: frozenset[str] = frozenset()
    kronecker: bool = True
    sigma_sums: bool = False
    differentials: bool = False
    operators: tuple[tuple[str, str], ...] = ()
    coordinates: str = ""
    prime_transposes: bool = False
    small_transposes: bool = False
    always_primed: frozenset[str] = frozenset()
    expectations: frozenset[str] = frozenset()
    variances: frozenset[str] = frozenset()
    integrated: frozenset[str] = frozenset()
    primed: frozenset[str] = frozenset()
    reading: Reading = Reading()


def read_vocabulary(formulas: Iterable[Sequence[Token]]) -> Vocabulary:
    """The vocabulary of a page, from the tokens of all its formulas."""
    pages = [list(tokens) for tokens in formulas]
    indices = frozenset(name for tokens in pages for name in _indices(tokens))
    bound = frozenset(name for tokens in pages for name in _summed(tokens))
    return Vocabulary(
        indices=indices,
        labelled=labelled(pages, bound),
        functions=function_names.functions(pages),
        tabulated=function_names.tabulated(
            pages, bound - {name for tokens in pages for name in _optimised(tokens)}
        ),
        symbols=frozenset(name for tokens in pages for name in function_names.functions_as_symbols(tokens))
        - frozenset(name for tokens in pages for name in function_names.applied_functions(tokens)),
        kronecker=not any(_defines_delta(tokens) for tokens in pages),
        sigma_sums=_sigma_sums(pages),
        differentials=any(map(differentials, pages)) and not any(map(_counts_up_to_d, pages)),
        operators=tuple(sorted({pair for tokens in pages for pair in _operators(tokens)})),
        coordinates=next((name for tokens in pages for name in _coordinates(tokens)), ""),
        prime_transposes=any(_transposed_by_prime(tokens) for tokens in pages)
        and not any(_has_transpose(tokens) for tokens in pages),
        small_transposes=_transposes_by_t(pages),
        always_primed=function_names.always_primed(pages),
        expectations=expectation_letters(pages),
        variances=variance_letters(pages),
        integrated=frozenset(name for tokens in pages for name in integrated(tokens)),
        primed=frozenset(
            a.text for tokens in pages for a, b in pairwise(tokens) if a.kind == "name" and b.text == "'"
        ),
    )


def _transposes_by_t(pages: Sequence[Sequence[Token]]) -> bool:
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


def _summed(tokens: Sequence[Token]) -> Iterator[str]:
    for base, inner, _ in scripts(tokens, "_"):
        if base and base.text in (r"\sum", r"\prod", r"\max", r"\min", r"\Sigma") and inner:
            yield from (t.text for t in inner[:1] if t.kind == "name")


def _optimised(tokens: Sequence[Token]) -> Iterator[str]:
    r"""What a maximum or minimum is over that is no index: the θ of `\min_\theta J(\theta)`."""
    for base, inner, _ in scripts(tokens, "_"):
        if base and base.text in (r"\max", r"\min") and inner:
            yield from (t.text for t in inner[:1] if not (len(t.text) == 1 and t.text.islower()))


def _indices(tokens: Sequence[Token]) -> Iterator[str]:
    yield from _summed(tokens)
    for base, inner, _ in scripts(tokens, "_"):
        if base and base.kind == "name" and all(t.kind in ("name", "number") or t.text == "," for t in inner):
            yield from (t.text for t in inner if t.kind == "name" and len(t.text) == 1)


def _defines_delta(tokens: Sequence[Token]) -> bool:
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


def _sigma_sums(pages: list[list[Token]]) -> bool:
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


def _counts_up_to_d(tokens: Sequence[Token]) -> bool:
    r"""Whether d is the number of something: `\sum_{i=1}^d`, `\mathbb{R}^d`."""
    return any([t.text for t in inner] == ["d"] for _, inner, _ in scripts(tokens, "^"))


def _transposed_by_prime(tokens: Sequence[Token]) -> bool:
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


def _operators(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
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


def _has_transpose(tokens: Sequence[Token]) -> bool:
    """Whether a T stands above something: then a prime is no transpose."""
    return any(
        len(inner) == 1 and inner[0].text in ("T", r"\top", r"\intercal")
        for _, inner, _ in scripts(tokens, "^")
    )


def _coordinates(tokens: Sequence[Token]) -> Iterator[str]:
    texts = [token.text for token in tokens if token.text not in ("{", "}") and token.kind != "cell"]
    for n in range(len(texts) - 8):
        left, middle, right = texts[n : n + 3], texts[n + 3 : n + 7], texts[n + 7 : n + 10]
        if left[:2] == [r"\partial", "_"] and middle == ["=", r"\frac", r"\partial", r"\partial"]:
            yield from right[:1] if right[1:] == ["_", left[2]] else ()
