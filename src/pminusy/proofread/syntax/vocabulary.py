r"""What a page's own usage says about its names: which are functions, indices, labels.

The same signs mean different things on different pages: `f(x)` a call or a product, `w^l` a power or a layer's weight,
`\cos` a function or somebody's name for a similarity. The page as a whole usually settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pminusy.proofread.syntax import function_names
from pminusy.proofread.syntax.differentials import integrated
from pminusy.proofread.syntax.expectation_letters import expectation_letters, variance_letters
from pminusy.proofread.syntax.labels import labelled
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.usage import (
    coordinates,
    counts_up_to_d,
    defines_delta,
    differentials,
    has_transpose,
    index_names,
    operators,
    optimised,
    sigma_sums,
    summed,
    transposed_by_prime,
    transposes_by_t,
)


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
    outer_arguments : bool
        `\\cos(p + q)x` is the cosine of the product.
    wide_slash : bool
        `y/\\sqrt{2}\\sigma` is y over the product.
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
    outer_arguments: bool = False
    wide_slash: bool = False


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
    Reading(outer_arguments=True),
    Reading(wide_slash=True),
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
    indices = frozenset(name for tokens in pages for name in index_names(tokens))
    bound = frozenset(name for tokens in pages for name in summed(tokens))
    return Vocabulary(
        indices=indices,
        labelled=labelled(pages, bound),
        functions=function_names.functions(pages),
        tabulated=function_names.tabulated(
            pages, bound - {name for tokens in pages for name in optimised(tokens)}
        ),
        symbols=frozenset(name for tokens in pages for name in function_names.functions_as_symbols(tokens))
        - frozenset(name for tokens in pages for name in function_names.applied_functions(tokens)),
        kronecker=not any(defines_delta(tokens) for tokens in pages),
        sigma_sums=sigma_sums(pages),
        differentials=any(map(differentials, pages)) and not any(map(counts_up_to_d, pages)),
        operators=tuple(sorted({pair for tokens in pages for pair in operators(tokens)})),
        coordinates=next((name for tokens in pages for name in coordinates(tokens)), ""),
        prime_transposes=any(transposed_by_prime(tokens) for tokens in pages)
        and not any(has_transpose(tokens) for tokens in pages),
        small_transposes=transposes_by_t(pages),
        always_primed=function_names.always_primed(pages),
        expectations=expectation_letters(pages),
        variances=variance_letters(pages),
        integrated=frozenset(name for tokens in pages for name in integrated(tokens)),
        primed=frozenset(
            a.text for tokens in pages for a, b in pairwise(tokens) if a.kind == "name" and b.text == "'"
        ),
    )
