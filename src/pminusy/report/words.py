"""The report's key sentences, shared by every rendering."""

import math
from dataclasses import dataclass

from pminusy.report.formats import count, decimals, number, percent, seconds
from pminusy.report.model import Report


@dataclass(frozen=True)
class Finding:
    """One score and what it means.

    Attributes
    ----------
    name, value, meaning : str
    """

    name: str
    value: str
    meaning: str


def noun(report: Report) -> str:
    """Name a row of the report's data."""
    return "image" if report.data.image_shape else "row"


def part(report: Report) -> str:
    """Name the part that the report's details are about."""
    return "held-out" if report.test else "training"


def headline(report: Report) -> str:
    """Say what was trained on what, and what it was tested on."""
    data = report.data
    size = f" of {data.image_shape[0]} × {data.image_shape[1]} pixels" if data.image_shape else ""
    held_out = (
        f"Tested on {count(data.n_test, noun(report))} that it had not seen."
        if report.test
        else "No rows were held out: the scores are those of the training rows, and flatter it."
    )
    classes = count(len(data.classes), "class", "classes")
    learned = f"Learned from {count(data.n_train, noun(report))}{size}."
    return f"It tells {classes} of “{data.target}” apart. {learned} {held_out}"


def findings(report: Report) -> tuple[Finding, ...]:
    """Explain the four scores to someone who meets them for the first time."""
    scores, baseline = report.scores, report.baseline
    return (
        Finding(
            "Accuracy",
            percent(scores.accuracy),
            f"of the {part(report)} {noun(report)}s were put in the right class. "
            f"Always answering the most frequent class gets {percent(baseline.accuracy)}.",
        ),
        Finding("Log loss", decimals(scores.log_loss), _log_loss_meaning(report)),
        Finding(
            "Brier score",
            decimals(scores.brier),
            "is the squared error of the probabilities: 0 is perfect, 2 the worst there is. "
            f"Knowing only how frequent each class is gets {decimals(baseline.brier)}.",
        ),
        Finding(
            "Calibration error",
            decimals(scores.ece),
            f"means that stated confidence and actual accuracy lie {_points(scores.ece)} apart on average; "
            "0 is perfect.",
        ),
    )


def _log_loss_meaning(report: Report) -> str:
    scores, baseline = report.scores, report.baseline
    if math.isinf(scores.log_loss):
        return "means that the true class of at least one row was given a probability of exactly 0."
    typical = percent(scores.typical_probability)
    return (
        f"means that the true class was typically given a probability of {typical}. "
        f"Lower is better; knowing only how frequent each class is gets {decimals(baseline.log_loss)}."
    )


def _points(share: float) -> str:
    return percent(share).removesuffix("%") + "percentage points"


def solver_ending(report: Report) -> str:
    """Say how the solver ended, and at what cost."""
    solver = report.solver
    return (
        f"{_sentence(solver.reason)} It took {count(solver.iterations, 'iteration')}, "
        f"{count(solver.passes, 'pass', 'passes')} over the training {noun(report)}s "
        f"and {seconds(solver.seconds)}."
    )


def remedy(report: Report) -> str:
    """Say what to try where the solver did not converge; empty where it did."""
    return _sentence(report.solver.remedy) if report.solver.remedy else ""


def gradient_verdict(report: Report) -> str:
    """Say whether the gradient that the model was trained with agrees with its function."""
    check = report.gradient_check
    verdict = "agrees" if check.ok else "does not agree"
    remainder = "no Taylor remainder rises above rounding"
    if math.isfinite(check.slope):
        remainder = (
            f"the Taylor remainder falls with the step to the power {decimals(check.slope, 2)} "
            "(a right gradient gives 3, a wrong one 1)"
        )
    return (
        f"The gradient {verdict} with its own function: {remainder}, "
        f"and the worst coordinate is off by {number(check.relative_error)}, relative."
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
