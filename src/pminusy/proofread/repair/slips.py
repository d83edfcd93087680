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
    "An index was kept where another one belongs, as when p_k stays where the quotient of p_k p_i by p_k leaves p_i.",
    1.0,
    _SOFTMAX,
)
SWAPPED_INDICES = Slip(
    "indices swapped",
    "The two indices of a matrix stand in the wrong order, so that its transpose is meant.",
    1.1,
    _LINEAR,
)
LETTERS_EXCHANGED = Slip("letters exchanged", "Two indices were exchanged throughout the term.", 1.9, _LINEAR)
SHIFTED_INDEX = Slip(
    "index off by one", "An index is one too high or too low, as in a recursion over time or layers.", 1.6
)
SIGN = Slip("sign", "A sign was lost or added.", 1.0, _LOSS)
NOT_DISTRIBUTED = Slip(
    "minus not distributed",
    "The minus before the parentheses was not applied to every term inside.",
    1.5,
    _LOSS,
)
ORDER = Slip("order of subtraction", "The difference was taken the wrong way round.", 1.1, _LOSS)
EXCLUSION_LOST = Slip(
    "exclusion dropped",
    "The sum leaves one index out, because that term is counted elsewhere; here it was put back.",
    1.2,
    _SOFTMAX,
)
EXCLUSION_ADDED = Slip(
    "exclusion added", "The sum runs over all indices; here one was left out.", 1.2, _SOFTMAX
)
LIMITS = Slip("limits of a sum", "The sum begins or ends at the wrong index.", 1.7)
DELTA_LOST = Slip(
    "delta dropped",
    "The term is there only where two indices are equal: its Kronecker delta was lost.",
    1.3,
    _SOFTMAX,
)
DELTA_ADDED = Slip(
    "delta too many",
    "The term is there for all indices, not only where two of them are equal.",
    1.7,
    _SOFTMAX,
)
SUM_LOST = Slip(
    "sum missing",
    "The variable acts through every output, so the chain rule sums over all of them; the sum is missing.",
    1.2,
    _LINEAR,
)
SUM_ADDED = Slip(
    "sum too many", "Nothing is left to sum over: a sum stands where a single term belongs.", 1.7, _LOSS
)
OFF_DIAGONAL = Slip(
    "off-diagonal Jacobian terms left out",
    "Every output depends on every input, so the chain rule sums over all outputs, not over the one alone.",
    2.0,
    _SOFTMAX,
)
SUM_INSIDE = Slip(
    "logarithm pulled into a sum", "The logarithm of a sum is not the sum of the logarithms.", 1.6, _SOFTMAX
)
INNER_LOST = Slip(
    "inner derivative lost",
    "The chain rule multiplies by the derivative of what stands inside; that factor was lost.",
    1.4,
    _LOSS,
)
FACTOR_LOST = Slip("factor lost", "A factor was lost on the way.", 1.6, _MASS)
NUMBER_LOST = Slip("numerical factor", "A constant factor was lost or is wrong.", 1.3)
NUMBER_WRONG = Slip("number", "A number is wrong.", 1.5)
FACTOR_ADDED = Slip("factor too many", "A factor stands where none belongs.", 1.5, _LINEAR)
WRONG_FACTOR = Slip("wrong factor", "One quantity was written for another.", 2.1)
TERM_LOST = Slip(
    "term lost",
    "A product or a sum has one derivative for every part that depends on the variable; one of these terms is missing.",
    2.0,
)
TERM_ADDED = Slip("term too many", "A term stands where none belongs.", 1.9)
POWER = Slip("power", "A power is wrong: squared instead of not, or one too high or too low.", 1.3)
QUOTIENT_SQUARE = Slip(
    "denominator not squared", "The quotient rule divides by the square of the denominator.", 1.2, _SOFTMAX
)
UPSIDE_DOWN = Slip("fraction upside down", "Numerator and denominator changed places.", 1.5)
TRANSPOSE_LOST = Slip("transpose missing", "A transpose is missing.", 1.1, _LINEAR)
TRANSPOSE_ADDED = Slip("transpose too many", "A transpose stands where none belongs.", 1.1, _LINEAR)
TRANSPOSED_PRODUCT = Slip(
    "product transposed", "The product is the transpose of what it should be: (AB)ᵀ = BᵀAᵀ.", 1.4, _LINEAR
)
COMMUTED = Slip(
    "factors that do not commute", "Matrix factors were exchanged, but their order matters.", 1.5, _LINEAR
)
FUNCTION = Slip("wrong function", "One function was written for another, or for its derivative.", 1.6)
FUNCTION_LOST = Slip("function dropped", "The function around the expression was lost.", 1.8)
FUNCTION_ADDED = Slip(
    "function too many", "The expression stands inside a function where it belongs outside.", 1.8
)
SUM_FOR_PRODUCT = Slip(
    "sum for product", "Factors were added instead of multiplied, as if e^{a+b} were e^a + e^b.", 1.7
)
NOT_MULTIPLIED_OUT = Slip(
    "factor not distributed",
    "The factor belongs to every term in the parentheses, not to the first alone.",
    1.5,
)
CASE = Slip("wrong case", "The value in one of the cases is not the one that holds there.", 2.4, _SOFTMAX)
COUNTERPART = Slip(
    "wrong term", "This term is not what the line before says; what it says stands in its place.", 4.0
)

CATALOGUE: tuple[Slip, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Slip))
