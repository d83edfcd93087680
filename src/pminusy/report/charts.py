"""The report's charts; each returns an SVG element."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullFormatter, PercentFormatter

from pminusy.report.confusion import Confusion
from pminusy.report.formats import count, number
from pminusy.report.outcome import SolverOutcome, Step
from pminusy.report.reliability import ReliabilityBin
from pminusy.report.svg import ACCENT, INK, MUTED, WARM, draw_svg

_SMALL = (4.4, 2.9)
_MARKED_STEPS = 40
_NUMBERED_CLASSES = 16
_LABEL_LENGTH = 22
_MARGIN, _LETTER = 0.7, 0.12  # inches, for letters as wide as they come
# An embedded image can't follow the page's colours. These are legible on light and on dark, and so is text on
# them as long as they are no stronger than this.
_RIGHT, _WRONG = (0.18, 0.50, 0.72), (0.84, 0.41, 0.20)
_STRONGEST = 0.7


def objective_chart(solver: SolverOutcome) -> str:
    """Draw the objective against passes over the data.

    Parameters
    ----------
    solver : SolverOutcome

    Returns
    -------
    str
        An SVG element.
    """

    def draw(figure: Figure) -> None:
        _plot_history(figure.subplots(), solver, lambda step: step.objective, "objective")

    return draw_svg(draw, _SMALL, "objective", "Line chart of the objective after each iteration")


def gradient_norm_chart(solver: SolverOutcome) -> str:
    """Draw the gradient's norm against passes over the data, with the tolerance if it is compared with that.

    Parameters
    ----------
    solver : SolverOutcome

    Returns
    -------
    str
        An SVG element.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        _plot_history(axes, solver, lambda step: step.gradient_norm, "gradient norm")
        if any(0 < step.gradient_norm < math.inf for step in solver.history):
            axes.set_yscale("log", nonpositive="mask")
            axes.yaxis.set_major_formatter(lambda value, _: number(value))
            axes.yaxis.set_minor_formatter(NullFormatter())
        if solver.tolerance > 0 and solver.relative_gap is None:
            _mark_tolerance(axes, solver.tolerance)

    return draw_svg(draw, _SMALL, "gradient", "Line chart of the gradient norm after each iteration")


def _mark_tolerance(axes: Axes, tolerance: float) -> None:
    axes.axhline(tolerance, color=WARM, linestyle="--", linewidth=1)
    axes.text(0.01, tolerance, "tolerance", color=WARM, transform=axes.get_yaxis_transform(), va="bottom")


def _plot_history(axes: Axes, solver: SolverOutcome, value: Callable[[Step], float], name: str) -> None:
    passes, values = [s.passes for s in solver.history], [value(s) for s in solver.history]
    marker = "o" if len(values) <= _MARKED_STEPS else None
    axes.plot(passes, values, color=ACCENT, marker=marker, markersize=3)
    axes.set(xlabel="passes over the training data", ylabel=name)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))


def reliability_chart(bins: tuple[ReliabilityBin, ...]) -> str:
    """Draw stated confidence against accuracy, over the number of rows in each bin.

    Parameters
    ----------
    bins : tuple of ReliabilityBin

    Returns
    -------
    str
        An SVG element.
    """

    def draw(figure: Figure) -> None:
        curve, rows = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        curve.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1)
        confidence, accuracy = [b.confidence for b in bins], [b.accuracy for b in bins]
        curve.plot(confidence, accuracy, color=ACCENT, linewidth=1)
        curve.scatter(confidence, accuracy, s=_point_areas(bins), color=ACCENT, zorder=3, clip_on=False)
        curve.set(ylabel="accuracy", xlim=(0, 1.01), ylim=(0, 1.03))
        curve.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        edges = [b.lower for b in bins]
        rows.bar(
            edges,
            [b.count for b in bins],
            bins[0].upper - bins[0].lower,
            align="edge",
            color=ACCENT,
            alpha=0.6,
        )
        rows.set(xlabel="confidence", ylabel="rows")
        rows.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        rows.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        rows.yaxis.set_major_formatter(lambda value, _: count(int(value)))

    return draw_svg(draw, (4.4, 4.6), "reliability", "Line chart of accuracy against stated confidence")


def _point_areas(bins: tuple[ReliabilityBin, ...]) -> list[float]:
    most = max(b.count for b in bins)
    return [8 + 60 * b.count / most for b in bins]


def confusion_chart(confusion: Confusion) -> str:
    """Draw the confusion matrix as a heat map: right answers in one hue, mistakes in another.

    Parameters
    ----------
    confusion : Confusion

    Returns
    -------
    str
        An SVG element; its cells carry their counts up to 16 classes.
    """
    K = len(confusion.classes)
    numbered = K <= _NUMBERED_CLASSES

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.imshow(_cell_colours(confusion), interpolation="none")
        labels = [_shortened(name) for name in confusion.classes]
        axes.set_xticks(range(K), labels, rotation=90 if max(map(len, labels)) > 2 else 0)
        axes.set_yticks(range(K), labels)
        axes.tick_params(length=0, labelsize=9 if numbered else 7)
        axes.set(xlabel="predicted class", ylabel="true class")
        axes.grid(False)
        if numbered:
            _write_counts(axes, confusion)

    longest = max(len(_shortened(name)) for name in confusion.classes)
    margin = max(1.3, _MARGIN + _LETTER * longest)
    side = margin + max((0.36 if numbered else 0.14) * K, 1.6)
    return draw_svg(draw, (side, side), "confusion", f"Heat map of the confusion matrix of {K} classes")


def _shortened(name: str) -> str:
    return name if len(name) <= _LABEL_LENGTH else name[: _LABEL_LENGTH - 1] + "…"


def _cell_colours(confusion: Confusion) -> np.ndarray:
    shares = np.array(confusion.shares)
    diagonal = np.eye(len(shares), dtype=bool)[..., None]
    # The square root lifts rare mistakes out of the background.
    opacity = _STRONGEST * np.sqrt(shares)[..., None]
    return np.concatenate([np.where(diagonal, _RIGHT, _WRONG), opacity], axis=-1)


def _write_counts(axes: Axes, confusion: Confusion) -> None:
    for i, row in enumerate(confusion.counts):
        for j, n in enumerate(row):
            if n:
                axes.text(j, i, count(n), ha="center", va="center", fontsize=7.5, color=INK)
