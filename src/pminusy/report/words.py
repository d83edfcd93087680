"""The report's key sentences, shared by every rendering."""

import math
from dataclasses import dataclass

from pminusy.report.formats import count, decimals, number, percent, seconds
from pminusy.report.kept import KeptFeatures
from pminusy.report.model import Report
from pminusy.report.network import Training
from pminusy.report.path import PathOutcome
from pminusy.report.pictures import Picture


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
    "converged": "Converged",
    "early_stopping": "Stopped early",
    "callback": "Stopped",
    "not_finite": "Diverged",
}


def noun(report: Report) -> str:
    """Name a row of the report's data."""
    return "image" if report.data.image_shape else "row"


def is_coloured(picture: Picture) -> bool:
    """Whether a picture has colours of its own."""
    return picture.channels > 1


def part(report: Report) -> str:
    """Name the part that the report's details are about."""
    return "held-out" if report.test else "training"


def headline(report: Report) -> str:
    """Say what was trained on what, and what it was tested on."""
    data = report.data
    size = f" of {data.image_shape[0]} × {data.image_shape[1]} pixels" if data.image_shape else ""
    validated = f", validated on {count(data.n_validation)}" if data.n_validation else ""
    trained = f"Trained on {count(data.n_train, noun(report))}{size}{validated}"
    held_out = (
        f"{trained}; tested on {count(data.n_test, f'held-out {noun(report)}')}."
        if report.test
        else f"{trained}. No {noun(report)}s were held out, so all scores are training scores and optimistic."
    )
    return f"Predicts “{data.target}” ({count(len(data.classes), 'class', 'classes')}). {held_out}"


def findings(report: Report) -> tuple[Finding, ...]:
    """Explain the four scores to a reader who is new to them."""
    scores, baseline = report.scores, report.baseline
    return (
        Finding(
            "Accuracy",
            percent(scores.accuracy),
            f"of the {part(report)} {noun(report)}s were classified correctly. "
            f"Always predicting the most frequent class scores {percent(baseline.accuracy)}.",
        ),
        Finding("Log loss", decimals(scores.log_loss), _log_loss_meaning(report)),
        Finding(
            "Brier score",
            decimals(scores.brier),
            "is the mean squared error of the predicted probabilities: 0 is perfect, 2 is the worst possible. "
            f"Predicting the class frequencies scores {decimals(baseline.brier)}.",
        ),
        Finding(
            "Calibration error",
            decimals(scores.ece),
            f"means that confidence and accuracy differ by {_points(scores.ece)} on average; 0 is perfect.",
        ),
    )


def _log_loss_meaning(report: Report) -> str:
    scores, baseline = report.scores, report.baseline
    if math.isinf(scores.log_loss):
        return "means that the true class of at least one row got a predicted probability of exactly 0."
    typical = percent(scores.typical_probability)
    return (
        f"means that the true class typically got a probability of {typical}. "
        f"Lower is better; predicting the class frequencies scores {decimals(baseline.log_loss)}."
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
    effort = (
        f"The fit took {count(solver.iterations, 'iteration')}, {count(solver.passes, 'pass', 'passes')} over the "
        f"training {noun(report)}s and {seconds(solver.seconds)}."
    )
    return Verdict(
        good=solver.converged,
        label="Converged" if solver.converged else "Not converged",
        sentence=f"{_sentence(solver.reason)} {_certificate(solver.relative_gap)}{effort}",
        remedy=_sentence(solver.remedy),
    )


def _certificate(relative_gap: float | None) -> str:
    if relative_gap is None or not math.isfinite(relative_gap):
        return ""
    return (
        f"The objective is at most {number(relative_gap)} of that with all coefficients 0 above its minimum. "
    )


def choice(path: PathOutcome) -> str:
    """Say which C was chosen, and why."""
    held_out = path.held_out
    if held_out is None or path.chosen is None:
        raise ValueError("path: expected one with held-out losses and a choice, got none")
    lowest, error = decimals(held_out.losses[held_out.best]), decimals(held_out.errors[held_out.best])
    folds = f"{held_out.n_folds}-fold cross-validation"
    if not held_out.one_standard_error:
        return (
            f"C = {number(path.Cs[path.chosen])} has the lowest log loss in {folds}, "
            f"{lowest} with a standard error of {error}."
        )
    return (
        f"C = {number(path.Cs[path.chosen])} is the smallest whose log loss in {folds}, "
        f"{decimals(held_out.losses[path.chosen])}, is within one standard error ({error}) of the lowest, "
        f"{lowest} at C = {number(path.Cs[held_out.best])}."
    )


def kept(features: KeptFeatures, n_named: int = 0) -> str:
    """Say how many features are used, and name the first few."""
    total = count(features.n_features, "feature")
    if features.n_kept == 0:
        return f"None of {total} is used: every row gets the class frequencies."
    sentence = f"{count(features.n_kept)} of {total} {'is' if features.n_kept == 1 else 'are'} used"
    named = [feature.name for feature in features.listed[:n_named]]
    if not named:
        return f"{sentence}."
    rest = features.n_kept - len(named)
    return f"{sentence}: {', '.join(named)}{f' and {count(rest)} more' if rest else ''}."


def _network_verdict(report: Report, training: Training) -> Verdict:
    kept = f" The model uses the weights from epoch {count(training.kept_epoch)}."
    return Verdict(
        good=training.ending != "not_finite",
        label=_ENDINGS[training.ending],
        sentence=f"{_sentence(training.reason)} Training took {count(training.epochs, 'epoch')}"
        f" and {seconds(training.seconds)}, about {count(int(float(f'{training.rows_per_second:.2g}')))} "
        f"{noun(report)}s per second.{kept if training.kept_epoch != training.epochs else ''}",
        remedy=_sentence(training.remedy),
    )


def gradient_verdict(report: Report) -> str:
    """Say whether the gradient that the model was trained with matches finite differences of its objective."""
    check = report.gradient_check
    verdict = "matches" if check.ok else "does not match"
    remainder = "the Taylor remainder is below rounding error"
    if math.isfinite(check.slope):
        remainder = (
            f"the Taylor remainder has order {decimals(check.slope, 2)} in the step size "
            "(3 for a correct gradient, 1 for a wrong one)"
        )
    worst = f"the relative error of the worst coordinate is {number(check.relative_error)}"
    if check.ok and check.relative_error > _TELLING:
        worst = "the worst coordinate is 0 up to rounding"
    return f"The analytic gradient {verdict} finite differences of the objective: {remainder}, and {worst}."


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
