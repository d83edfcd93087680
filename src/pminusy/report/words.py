"""The report's key sentences, shared by every rendering."""

import math
from dataclasses import dataclass

from pminusy.report.formats import count, decimals, number, percent, seconds
from pminusy.report.model import Report
from pminusy.report.network import Training


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


@dataclass(frozen=True)
class Verdict:
    """How training went.

    Attributes
    ----------
    good : bool
    label : str
        In a word or two.
    sentence : str
    remedy : str
        What to try; empty where nothing suggests itself.
    """

    good: bool
    label: str
    sentence: str
    remedy: str


# A right gradient is off by more only where it is 0, and there a relative error means nothing.
_TELLING = 1e-3
_ENDINGS = {
    "max_epochs": "Trained",
    "early_stopping": "Stopped early",
    "callback": "Stopped",
    "not_finite": "Diverged",
}


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


def training_verdict(report: Report) -> Verdict:
    """Say how training ended, and what to try where it could have ended better."""
    if report.network:
        return _network_verdict(report, report.network.training)
    if report.solver is None:
        raise ValueError("report: expected the outcome of a solver or of a network, got neither")
    solver = report.solver
    return Verdict(
        good=solver.converged,
        label="Converged" if solver.converged else "Not converged",
        sentence=f"{_sentence(solver.reason)} It took {count(solver.iterations, 'iteration')}, "
        f"{count(solver.passes, 'pass', 'passes')} over the training {noun(report)}s "
        f"and {seconds(solver.seconds)}.",
        remedy=_sentence(solver.remedy),
    )


def _network_verdict(report: Report, training: Training) -> Verdict:
    kept = f" The weights are those after epoch {training.kept_epoch}."
    return Verdict(
        good=training.ending != "not_finite",
        label=_ENDINGS[training.ending],
        sentence=f"{_sentence(training.reason)} It took {count(training.epochs, 'epoch')}"
        f" and {seconds(training.seconds)}, at about {count(int(float(f'{training.rows_per_second:.2g}')))} "
        f"{noun(report)}s a second.{kept if training.kept_epoch != training.epochs else ''}",
        remedy=_sentence(training.remedy),
    )


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
    worst = f"the worst coordinate is off by {number(check.relative_error)}, relative"
    if check.ok and check.relative_error > _TELLING:
        worst = "the worst coordinate is 0 but for rounding"
    return f"The gradient {verdict} with its own function: {remainder}, and {worst}."


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
