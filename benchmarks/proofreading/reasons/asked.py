r"""Steps that people ask about, each with the rules that an answer has to name.

They are of the kinds that come up again and again: where a factor went, which definition was put in, which rule it was.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A page whose last step is asked about, and groups of rules of which each has to be named once."""

    what: str
    page: str
    rules: tuple[frozenset[str], ...]


def _any(*names: str) -> frozenset[str]:
    return frozenset(names)


_DEFINITION = _any("definition put in", "definition recognised", "definitions put in")

ASKED = (
    Asked(
        "why the last factor is 1 minus the sigmoid",
        r"$$s(x) = \frac{1}{1 + e^{-x}}$$ $$\frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}} = s(x) (1 - s(x))$$",
        (_DEFINITION,),
    ),
    Asked(
        "how two forms of the logistic density are the same",
        r"$$\frac{e^{-x}}{(e^{-x} + 1)^2} = \frac{e^{x}}{(e^{x} + 1)^2}$$",
        (
            _any(
                "exponential of a negative",
                "reciprocal as an exponential",
                "multiply numerator and denominator by an exponential",
                "divide numerator and denominator by an exponential",
            ),
        ),
    ),
    Asked(
        "the derivative of one over one plus an exponential",
        r"$$s(x) = \frac{1}{1 + e^{-x}}$$ $$s'(x) = \frac{e^{-x}}{(1 + e^{-x})^2}$$",
        (_any("quotient rule", "power rule"), _any("derivative of the exponential")),
    ),
    Asked(
        "where the mean comes from in the derivative of a log-softmax",
        r"$$q_a = \frac{e^{t f_a}}{\sum_b e^{t f_b}}$$ $$\frac{\partial \log q_a}{\partial t} = f_a - \sum_b q_b f_b$$",
        (_DEFINITION, _any("derivative of a function", "logarithm of a quotient", "quotient rule")),
    ),
    Asked(
        "the derivative of a log-sum-exp",
        r"$$q_a = \frac{e^{t f_a}}{\sum_b e^{t f_b}}$$ "
        r"$$\frac{\partial}{\partial t} \left( t f_a - \log \sum_b e^{t f_b} \right) = f_a - \sum_b f_b q_b$$",
        (_any("derivative of a function"), _any("derivative of the exponential"), _DEFINITION),
    ),
    Asked(
        "how n goes into the sum",
        r"$$\sum_{i=1}^n (m_i^2 + v_i - \log v_i) - n = \sum_{i=1}^n (m_i^2 + v_i - \log v_i - 1)$$",
        (
            _any(
                "number of terms as a sum",
                "sum of equal terms",
                "rearrange sums",
                "sums put together",
                "sum of a sum",
            ),
        ),
    ),
    Asked(
        "where the derivative of the activation went",
        r"$$p = \sigma(z)$$ $$L = -y \log p - (1 - y) \log(1 - p)$$ "
        r"$$\frac{\partial L}{\partial p} p (1 - p) = p - y$$",
        (_DEFINITION, _any("derivative of a function")),
    ),
    Asked(
        "a factor that cancels",
        r"$$\frac{p - y}{p (1 - p)} \cdot p (1 - p) = p - y$$",
        (_any("cancel a factor"),),
    ),
    Asked(
        "whether the gradient of a linear form is a row",
        r"Let $x$ and $a$ be vectors. $$f = x^T a$$ $$\frac{\partial}{\partial x} (x^T a) = a^T$$",
        (_any("gradient by a vector"),),
    ),
    Asked(
        "which function is the outer one",
        r"$$s = \frac{e^t}{1 + e^t}$$ $$L = -y \log s$$ "
        r"$$\frac{\partial L}{\partial t} = \frac{\partial L}{\partial s} \frac{\partial s}{\partial t}$$",
        (_any("chain rule"),),
    ),
)
