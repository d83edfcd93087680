"""The sentences and figures that the text and the page of an explanation share."""

import math

from pminusy.report.explanation.model import Explanation
from pminusy.report.formats import count, number

_WIDTH = 7


def figure(value: float) -> str:
    """Return a number in at most seven characters, so that nine columns of them fit a terminal.

    Examples
    --------
    >>> figure(0.65900113), figure(-1e-300), figure(0.0), figure(-123.456), figure(float("-inf"))
    ('0.6590', '−1e−300', '0', '−123.46', '−∞')
    """
    if value == 0 or not math.isfinite(value):
        return number(value)
    if 1e-3 <= abs(value) < 1e5:
        texts = (f"{value:.{places}f}" for places in (4, 3, 2, 1, 0))
    else:
        texts = (_scientific(value, places) for places in (2, 1, 0))
    return next(text for text in texts if len(text) <= _WIDTH).replace("-", "−")


def _scientific(value: float, places: int) -> str:
    mantissa, exponent = f"{value:.{places}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def title(worked: Explanation) -> str:
    """Say what is worked out."""
    return f"Softmax cross-entropy of {count(worked.n_classes, 'logit')}, step by step"


def mass(worked: Explanation) -> str:
    """Say what the target is, and what its mass means for the gradient."""
    if worked.label is not None:
        return f"The target is class {worked.label}, which has all of the target mass: s = 1."
    if math.isclose(worked.s, 1.0, rel_tol=1e-12):
        return "The targets sum to s = 1, so the gradient is p − y."
    if worked.s == 0:
        return "The targets sum to s = 0, so the loss and the gradient are zero."
    return f"The targets sum to s = {figure(worked.s)}, not 1, so the gradient is s·p − y instead of p − y."


def shift(worked: Explanation) -> str:
    """Say why the largest logit is subtracted."""
    return (
        f"The largest logit, m = {figure(worked.largest)}, is subtracted first: this does not change the "
        "probabilities and prevents overflow."
    )


def shown(worked: Explanation) -> str:
    """Say which classes are shown, if not all are."""
    if worked.others is None:
        return ""
    return (
        f"Of {count(worked.n_classes)} classes, the {len(worked.classes)} with the most target mass, then the highest "
        "probability, are shown; the others are summed."
    )


def warnings(worked: Explanation) -> tuple[str, ...]:
    """Say what overflowed or underflowed, and how it was computed instead."""
    sentences = []
    if math.isinf(worked.loss):
        sentences.append("The loss is infinite: a class with target mass has probability 0.")
    if worked.cancelled:
        which = ", ".join(map(str, worked.cancelled))
        sentences.append(
            f"For {'class' if len(worked.cancelled) == 1 else 'classes'} {which}, y/p exceeds the largest float, so "
            "−y/p times p (δ − p) is computed as −y (δ − p), in which p cancels."
        )
    return tuple(sentences)


def products() -> str:
    """Say how to read the chain rule table."""
    return "Each entry of the Jacobian times the −y/p above its column, and the sum of each row."


def agreement(worked: Explanation) -> str:
    """Say how far the chain rule and the closed form are apart."""
    if worked.difference == 0:
        return "The chain rule and the closed form give identical floats."
    return f"The chain rule and the closed form differ by at most {number(worked.difference)}, which is rounding."
