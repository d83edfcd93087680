"""The usual slips: a name, one sentence, how usual each is, and the page that derives the right form."""

from __future__ import annotations

from dataclasses import dataclass

_SOFTMAX, _LOSS = "docs/derivations/softmax.md", "docs/derivations/cross_entropy.md"
_LINEAR, _MASS = "docs/derivations/linear.md", "docs/derivations/target_mass.md"


@dataclass(frozen=True)
class Slip:
    """A mistake that people make.

    Attributes
    ----------
    name : str
        What it is called.
    sentence : str
        What went wrong, in plain words.
    cost : float
        From 1, for the most usual, up: what ranks first among edits that both repair a step.
    link : str or None
        The page that derives the right form of the kind of formula in which it happens.
    """

    name: str
    sentence: str
    cost: float
    link: str | None = None


WRONG_INDEX = Slip(
    "wrong index",
    "An index should be a different one: for example, $p_k p_i$ divided by $p_k$ leaves $p_i$, not $p_k$.",
    1.0,
    _SOFTMAX,
)
SWAPPED_INDICES = Slip(
    "indices swapped",
    "The two indices of a matrix are in the wrong order, which gives an entry of its transpose.",
    1.1,
    _LINEAR,
)
LETTERS_EXCHANGED = Slip("indices exchanged", "Two indices were exchanged throughout the term.", 1.9, _LINEAR)
SHIFTED_INDEX = Slip(
    "index off by one", "An index is off by one, as can happen in a recursion over time steps or layers.", 1.6
)
SIGN = Slip("sign error", "A sign was dropped or added.", 1.0, _LOSS)
NOT_DISTRIBUTED = Slip(
    "minus not distributed",
    "The minus sign in front of the parentheses applies to every term inside.",
    1.5,
    _LOSS,
)
ORDER = Slip("reversed subtraction", "The two terms of a difference are in the wrong order.", 1.1, _LOSS)
COMPLEMENT = Slip(
    "complement taken",
    r"One minus this stands here, or it stands in place of one minus it: "
    r"for a sigmoid, $\sigma(-u) = 1 - \sigma(u)$.",
    1.2,
    "docs/derivations/activations.md",
)
EXCLUSION_LOST = Slip(
    "exclusion dropped",
    "The sum must exclude one index, because that term is counted elsewhere; here it is included.",
    1.2,
    _SOFTMAX,
)
EXCLUSION_ADDED = Slip(
    "exclusion added", "The sum runs over all indices; here one is excluded.", 1.2, _SOFTMAX
)
LIMITS = Slip("wrong summation limits", "The sum starts or ends at the wrong index.", 1.7)
LIMITS_SWAPPED = Slip(
    "limits swapped",
    "The limits of the integral are in the wrong order, which turns its sign.",
    0.9,
)
DELTA_LOST = Slip(
    "missing delta",
    "This term is nonzero only if two indices are equal, so it needs a Kronecker delta.",
    1.3,
    _SOFTMAX,
)
DELTA_ADDED = Slip(
    "extra delta",
    "This term is present for all indices, not only if two of them are equal.",
    1.7,
    _SOFTMAX,
)
SUM_LOST = Slip(
    "missing sum",
    "The variable affects every output, so the chain rule sums over all outputs; that sum is missing.",
    1.2,
    _LINEAR,
)
SUM_ADDED = Slip("extra sum", "There is nothing to sum over: only a single term remains here.", 1.7, _LOSS)
OFF_DIAGONAL = Slip(
    "missing off-diagonal Jacobian terms",
    "Every output depends on every input, so the chain rule sums over all outputs, not just the matching one.",
    2.0,
    _SOFTMAX,
)
SUM_INSIDE = Slip(
    "logarithm moved inside a sum", "The logarithm of a sum is not the sum of the logarithms.", 1.6, _SOFTMAX
)
INNER_LOST = Slip(
    "missing inner derivative",
    "The chain rule multiplies by the derivative of the inner function; that factor is missing.",
    1.4,
    _LOSS,
)
OUTER_ELSEWHERE = Slip(
    "outer derivative at another place",
    "The chain rule takes the derivative of the outer function at the inner one.",
    1.4,
)
FACTOR_LOST = Slip("missing factor", "A factor is missing.", 1.6, _MASS)
NUMBER_LOST = Slip("wrong constant factor", "A constant factor is missing or wrong.", 1.3)
NUMBER_WRONG = Slip("wrong number", "A number is wrong.", 1.5)
FACTOR_ADDED = Slip("extra factor", "This factor should not be here.", 1.5, _LINEAR)
WRONG_FACTOR = Slip("wrong factor", "One quantity was written in place of another.", 2.1)
TERM_LOST = Slip(
    "missing term",
    "The derivative has one term for every part that depends on the variable; one of these terms is missing.",
    2.0,
)
TERM_ADDED = Slip("extra term", "This term should not be here.", 1.6)
POWER = Slip(
    "wrong exponent", "An exponent is wrong: for example, a missing or extra square, or off by one.", 1.3
)
QUOTIENT_SQUARE = Slip(
    "denominator not squared", "The quotient rule divides by the square of the denominator.", 1.2, _SOFTMAX
)
UPSIDE_DOWN = Slip("inverted fraction", "The numerator and the denominator are swapped.", 1.5)
TRANSPOSE_LOST = Slip("missing transpose", "A transpose is missing.", 1.1, _LINEAR)
TRANSPOSE_ADDED = Slip("extra transpose", "This transpose should not be here.", 1.1, _LINEAR)
TRANSPOSED_PRODUCT = Slip(
    "transposed product", "The product is the transpose of the correct one: (AB)ᵀ = BᵀAᵀ.", 1.4, _LINEAR
)
COMMUTED = Slip(
    "matrix factors swapped", "Matrix factors were swapped, but matrix products do not commute.", 1.5, _LINEAR
)
FUNCTION = Slip("wrong function", "One function was written in place of another, or of its derivative.", 1.6)
FUNCTION_LOST = Slip("missing function", "The function applied to this expression is missing.", 1.8)
FUNCTION_ADDED = Slip(
    "extra function", "A function is applied to an expression that should be outside it.", 1.8
)
SUM_FOR_PRODUCT = Slip(
    "sum instead of product",
    "Factors were added instead of multiplied, as if $e^{a+b}$ were $e^a + e^b$.",
    1.7,
)
NOT_MULTIPLIED_OUT = Slip(
    "factor not distributed",
    "The factor multiplies every term in the parentheses, not only the first.",
    1.5,
)
CASE = Slip("wrong case", "One of the cases has the wrong value.", 2.4, _SOFTMAX)
NOT_CARRIED_OUT = Slip(
    "derivative not carried out correctly",
    "Carried out by the rules, the derivative on the left side gives this.",
    1.7,
)
COUNTERPART = Slip(
    "wrong term",
    "This term does not match the left side of the step; the suggested term makes both sides equal.",
    4.0,
)

QUOTIENT_TERM = Slip(
    "second term of the quotient rule missing",
    "The quotient rule also subtracts $u v'$; that term is missing.",
    1.4,
    _SOFTMAX,
)
QUOTIENT_SIGN = Slip(
    "sign in the quotient rule", "The quotient rule subtracts $u v'$ from $u' v$.", 1.2, _SOFTMAX
)
RECIPROCAL = Slip("derivative of a reciprocal", "The derivative of $1/v$ is $-v'/v^2$.", 1.3, _SOFTMAX)
PRODUCT_TERM = Slip(
    "term of the product rule missing",
    "The product rule has one term for each factor that depends on the variable; one of them is missing.",
    1.4,
    _LOSS,
)
PRODUCT_OF_SLOPES = Slip(
    "product of derivatives", "The derivative of a product is not the product of the derivatives.", 1.6, _LOSS
)
LOGARITHM = Slip(
    "factor of the logarithm missing",
    r"The derivative of $\log u$ is $u'/u$; the factor $1/u$ is missing.",
    1.2,
    _LOSS,
)
POWER_FACTOR = Slip(
    "exponent not brought down", "Differentiating a power brings its exponent down as a factor.", 1.3
)
POWER_NOT_LOWERED = Slip("exponent not lowered", "Differentiating a power lowers its exponent by one.", 1.3)
NOT_DIFFERENTIATED = Slip(
    "function not differentiated", "A function stands here as it was, not its derivative.", 1.5
)
MIDDLE_TERM = Slip(
    "middle term missing",
    "The square of a sum has the product of its terms, twice, as well as their squares.",
    1.4,
)
TERM_BY_TERM = Slip(
    "applied term by term", "What is done to a sum as a whole is not done to each of its terms.", 1.6
)
FACTOR_BY_FACTOR = Slip(
    "applied factor by factor",
    "What is done to a product as a whole is not done to each of its factors.",
    1.6,
)
PUT_TOGETHER = Slip(
    "put together wrongly", "What is done to two parts is not done to their sum or product as a whole.", 1.6
)
CANCELLED = Slip(
    "cancelled in one term only", "What is cancelled in a fraction divides every term above.", 1.5
)
MOVED_INSIDE = Slip(
    "expectation moved inside",
    "An expectation may be moved inside of a linear function, not of any other one.",
    1.6,
)
VARIANCE_LINEAR = Slip(
    "variance taken for linear",
    "In a variance, constant factors come out squared, constant terms vanish, and no sign remains.",
    1.5,
)
EXPONENTS = Slip(
    "exponents combined wrongly", "Powers of one base are multiplied by adding their exponents.", 1.5
)
ANTIDERIVATIVE = Slip(
    "wrong antiderivative", "The derivative of this antiderivative is not the integrand.", 1.5
)
BOUNDARY = Slip("boundary term missing", "Integration by parts has a term at the limits as well.", 1.5)
SUBSTITUTION = Slip(
    "substitution incomplete", "A substitution changes the limits and the differential, too.", 1.5
)
WRONG_VARIABLE = Slip(
    "wrong variable",
    "The other side is the derivative by another variable than the one that stands here.",
    1.4,
)
WRONG_ORDER = Slip(
    "wrong order of a derivative", "The derivative is taken once too often, or once too little.", 1.4
)

CATALOGUE: tuple[Slip, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Slip))
