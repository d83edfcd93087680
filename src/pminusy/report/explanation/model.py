"""The worked numbers of one row, as plain Python values.

Conventions: z logits, y target mass, s = Σ_k y_k, m the largest logit, p = softmax(z), L = −Σ_k y_k log p_k. Of more
classes than a page can show, those with the most target mass are kept, then the most probable; the rest is summed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClassSteps:
    """One class on the way from its logit to its share of the loss.

    Attributes
    ----------
    k : int
        The class, from 0.
    logit, shifted, exponential : float
        z_k, z_k − m and e^(z_k − m).
    p, log_p : float
        The probability; its logarithm is taken before rounding, so it is finite where p underflows.
    y, loss : float
        The target mass, and −y_k log p_k, where 0·(−∞) is 0.
    """

    k: int
    logit: float
    shifted: float
    exponential: float
    p: float
    log_p: float
    y: float
    loss: float


@dataclass(frozen=True)
class OtherClasses:
    """What the classes that are not shown come to together.

    Attributes
    ----------
    count : int
    exponential, p, y, loss : float
        Sums over them, of what `ClassSteps` calls the same.
    """

    count: int
    exponential: float
    p: float
    y: float
    loss: float


@dataclass(frozen=True)
class GradientSteps:
    """One component of the gradient: the chain rule beside the closed form.

    Attributes
    ----------
    i : int
        The logit that L is differentiated by.
    jacobian : tuple of float
        ∂p_j/∂z_i = p_j (δ_ij − p_i), for each shown j.
    terms : tuple of float
        ∂L/∂p_j · ∂p_j/∂z_i, for each shown j.
    other_terms : float
        The sum of those of the classes that are not shown.
    chain_rule : float
        The sum of all of them.
    scaled_p, y, closed_form : float
        s·p_i, y_i, and their difference.
    """

    i: int
    jacobian: tuple[float, ...]
    terms: tuple[float, ...]
    other_terms: float
    chain_rule: float
    scaled_p: float
    y: float
    closed_form: float


@dataclass(frozen=True)
class Explanation:
    """Every number between one row of logits and the gradient of its loss.

    Attributes
    ----------
    n_classes : int
    label : int or None
        The target, where it was given as a class.
    largest : float
        m.
    total_exponential, total_p, s, loss : float
        Sums over all classes: of e^(z_k − m), of p, of y, and L.
    classes : tuple of ClassSteps
        Those shown, in their own order.
    others : OtherClasses or None
    outer : tuple of float
        ∂L/∂p_j = −y_j/p_j, for each shown j.
    cancelled : tuple of int
        Shown classes whose y_j/p_j is beyond the largest float: their terms are worked with p_j cancelled.
    gradient : tuple of GradientSteps
        One for each class shown.
    difference : float
        The largest difference of chain rule and closed form, over the classes shown.
    """

    n_classes: int
    label: int | None
    largest: float
    total_exponential: float
    total_p: float
    s: float
    loss: float
    classes: tuple[ClassSteps, ...]
    others: OtherClasses | None
    outer: tuple[float, ...]
    cancelled: tuple[int, ...]
    gradient: tuple[GradientSteps, ...]
    difference: float
