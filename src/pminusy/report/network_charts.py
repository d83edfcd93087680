"""The charts of a network's training; each returns an SVG element."""

import math
from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullFormatter, PercentFormatter

from pminusy.report.formats import number
from pminusy.report.model import Report
from pminusy.report.network import Epoch, NetworkOutcome
from pminusy.report.svg import ACCENT, INK, MUTED, RAMP, WARM, draw_svg

_SIZE = (4.4, 2.9)
_MARKED_EPOCHS = 40
# Beyond this, most of a curve would lie on the axis.
_LINEAR_RANGE = 20


def loss_chart(report: Report) -> str:
    """Draw the loss of every epoch, in training and on validation rows, and that of the held-out rows at the end.

    Parameters
    ----------
    report : Report
        Of a network.

    Returns
    -------
    str
        An SVG element.
    """
    end = report.test.log_loss if report.test else None
    return _learning_curves(report, "loss", lambda e: (e.loss, e.validation_loss), end)


def accuracy_chart(report: Report) -> str:
    """Draw the accuracy of every epoch, in training and on validation rows, and that of the held-out rows at the end.

    Parameters
    ----------
    report : Report
        Of a network.

    Returns
    -------
    str
        An SVG element.
    """
    end = report.test.accuracy if report.test else None
    return _learning_curves(report, "accuracy", lambda e: (e.accuracy, e.validation_accuracy), end)


def learning_rate_chart(network: NetworkOutcome) -> str:
    """Draw the learning rate at the end of every epoch.

    Parameters
    ----------
    network : NetworkOutcome

    Returns
    -------
    str
        An SVG element.
    """

    def draw(figure: Figure) -> None:
        axes = _epoch_axes(figure, "learning rate")
        _plot(axes, network.history, [epoch.learning_rate for epoch in network.history], ACCENT)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(lambda value, _: number(value))

    return draw_svg(draw, _SIZE, "rate", "Line chart of the learning rate of each epoch")


def gradient_norms_chart(network: NetworkOutcome) -> str:
    """Draw the norm of every learned array's gradient: a colour for each layer, biases and the like dotted.

    Parameters
    ----------
    network : NetworkOutcome

    Returns
    -------
    str
        An SVG element.
    """
    learned = [layer for layer in network.layers if layer.parameters]
    colours = _ramp(len(learned))

    def draw(figure: Figure) -> None:
        axes = _epoch_axes(figure, "gradient norm")
        curves = iter(zip(*(epoch.gradient_norms for epoch in network.history), strict=True))
        for layer, colour in zip(learned, colours, strict=True):
            for place, _ in enumerate(layer.parameters):
                _plot(axes, network.history, list(next(curves)), colour, ":" if place else "-")
        _set_log(axes)
        handles = [Line2D([], [], color=colour) for colour in colours]
        axes.figure.legend(
            handles,
            [layer.name for layer in learned],
            loc="outside right upper",
            frameon=False,
            labelcolor=INK,
            handlelength=1.2,
        )

    return draw_svg(draw, (9.2, 3.0), "norms", "Line chart of the gradient norm of each layer's parameters")


def _learning_curves(
    report: Report, name: str, values: Callable[[Epoch], tuple[float, float | None]], end: float | None
) -> str:
    network = report.network
    if network is None:
        raise ValueError("report: expected that of a network")

    def draw(figure: Figure) -> None:
        axes = _epoch_axes(figure, name)
        trained, validated = zip(*map(values, network.history), strict=True)
        _plot(axes, network.history, trained, ACCENT, label="training")
        if any(value is not None for value in validated):
            _plot(axes, network.history, validated, WARM, label="validation")
        if end is not None and math.isfinite(end):
            axes.axhline(end, color=MUTED, linestyle="--", linewidth=1, label="held out, at the end")
        if name == "accuracy":
            axes.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %", decimals=None))
        elif 0 < _LINEAR_RANGE * min(trained) < max(trained):
            _set_log(axes)
        axes.legend(frameon=False, labelcolor=INK)

    return draw_svg(draw, _SIZE, name, f"Line chart of the {name} of each epoch")


def _epoch_axes(figure: Figure, name: str) -> Axes:
    axes: Axes = figure.subplots()
    axes.set(xlabel="epoch", ylabel=name)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    return axes


def _plot(
    axes: Axes,
    history: tuple[Epoch, ...],
    values: "list[float] | tuple[float | None, ...]",
    colour: str,
    line: str = "-",
    label: str | None = None,
) -> None:
    marker = "o" if len(history) <= _MARKED_EPOCHS else None
    epochs = [epoch.epoch for epoch in history]
    numbers = [math.nan if value is None else value for value in values]
    axes.plot(epochs, numbers, color=colour, linestyle=line, marker=marker, markersize=3, label=label)


def _set_log(axes: Axes) -> None:
    axes.set_yscale("log", nonpositive="mask")
    axes.yaxis.set_major_formatter(lambda value, _: number(value))
    axes.yaxis.set_minor_formatter(NullFormatter())


def _ramp(n: int) -> list[str]:
    """So many colours, spread over the ramp."""
    return [RAMP[round(i * (len(RAMP) - 1) / max(n - 1, 1))] for i in range(n)]
