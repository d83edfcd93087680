"""Charts of a path over C; each returns an SVG element."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from pminusy.report.formats import count, number
from pminusy.report.path import HeldOut, Panel, PathOutcome
from pminusy.report.svg import ACCENT, INK, MUTED, WARM, draw_svg

_SMALL = (4.4, 2.9)
_WIDTH, _ROW_HEIGHT = 9.4, 2.5  # inches
_PANELS_A_ROW = 3
_NAMED = 3
_NAME_LENGTH, _TITLE_LENGTH = 20, 30
_LEAST_DISTANCE = 0.085  # between two names, as a share of a panel's height


def held_out_chart(path: PathOutcome) -> str:
    """Draw the held-out loss against C, with the chosen C.

    Parameters
    ----------
    path : PathOutcome
        With `held_out`.

    Returns
    -------
    str
        An SVG element.
    """

    def draw(figure: Figure) -> None:
        draw_held_out(figure.subplots(), path)

    return draw_svg(draw, _SMALL, "held-out", "Line chart of the cross-validated log loss against C")


def n_features_chart(path: PathOutcome) -> str:
    """Draw the number of features in use against C, with the chosen C.

    Parameters
    ----------
    path : PathOutcome
        With `n_features`.

    Returns
    -------
    str
        An SVG element.
    """

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.step(path.Cs, path.n_features, where="post", color=ACCENT)
        _finish(axes, path, "features in use")
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.yaxis.set_major_formatter(lambda value, _: count(int(value)))

    return draw_svg(draw, _SMALL, "features", "Step chart of the number of features in use against C")


def coefficients_chart(path: PathOutcome) -> str:
    """Draw the strongest coefficients of each class against C, with the chosen C.

    Parameters
    ----------
    path : PathOutcome
        With at least one panel.

    Returns
    -------
    str
        An SVG element.
    """
    n_rows = -(-len(path.panels) // _PANELS_A_ROW)
    width = _WIDTH if len(path.panels) > 1 else _SMALL[0] + 1
    description = f"Line charts of the strongest coefficients of {len(path.panels)} classes against C"
    return draw_svg(
        lambda figure: draw_coefficients(figure, path),
        (width, _ROW_HEIGHT * n_rows + 0.3),
        "paths",
        description,
    )


def draw_held_out(axes: Axes, path: PathOutcome) -> None:
    """Draw the held-out loss with a band of one standard error to either side."""
    held_out = path.held_out
    if held_out is None:
        raise ValueError("path: expected one with held-out losses, got none")
    usable = np.isfinite(held_out.losses)
    Cs, losses, errors = (np.array(part)[usable] for part in (path.Cs, held_out.losses, held_out.errors))
    axes.fill_between(Cs, losses - errors, losses + errors, color=ACCENT, alpha=0.18, linewidth=0)
    axes.plot(Cs, losses, color=ACCENT, marker="o", markersize=2.5)
    _finish(axes, path, "cross-validated log loss")
    if held_out.one_standard_error:
        _mark_bound(axes, held_out)


def draw_coefficients(figure: Figure | SubFigure, path: PathOutcome) -> None:
    """Draw a panel for each class."""
    n = len(path.panels)
    n_columns = min(n, _PANELS_A_ROW)
    grid = figure.subplots(-(-n // n_columns), n_columns, squeeze=False, sharex=True).ravel()
    for axes, panel in zip(grid, path.panels, strict=False):
        _draw_panel(axes, panel, path)
    for axes in grid[n:]:
        axes.set_visible(False)
    for place, axes in enumerate(grid[:n]):
        if place + n_columns >= n:
            axes.set_xlabel("C")
            axes.xaxis.set_tick_params(labelbottom=True)


def _draw_panel(axes: Axes, panel: Panel, path: PathOutcome) -> None:
    axes.axhline(0, color=MUTED, linewidth=0.6)
    for place, trace in enumerate(panel.traces):
        colour = ACCENT if _end(trace.weights, path) > 0 else WARM
        strong = place < _NAMED
        axes.plot(
            path.Cs,
            trace.weights,
            color=colour,
            linewidth=1.3 if strong else 0.8,
            alpha=1.0 if strong else 0.55,
        )
    _finish(axes, path, "")
    title = panel.name if panel.against is None else f"{panel.name} against {panel.against}"
    axes.set_title(_shortened(title, _TITLE_LENGTH), fontsize=9, color=INK, loc="left")
    _write_names(axes, panel, path)


def _write_names(axes: Axes, panel: Panel, path: PathOutcome) -> None:
    """Name the strongest at the right edge, moved apart where they would overlap."""
    named = sorted(panel.traces[:_NAMED], key=lambda trace: trace.weights[-1])
    low, high = axes.get_ylim()
    heights = [(trace.weights[-1] - low) / ((high - low) or 1.0) for trace in named]
    for trace, height in zip(named, _spread(heights), strict=True):
        colour = ACCENT if _end(trace.weights, path) > 0 else WARM
        axes.annotate(
            _shortened(trace.feature, _NAME_LENGTH),
            (1.02, height),
            xycoords="axes fraction",
            va="center",
            fontsize=7.5,
            color=colour,
            annotation_clip=False,
        )


def _spread(heights: Sequence[float]) -> list[float]:
    """Ascending heights in [0, 1], moved so that neighbours are apart."""
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + _LEAST_DISTANCE) if moved else height)
    ceiling = 1.0
    for place in reversed(range(len(moved))):
        moved[place] = min(moved[place], ceiling)
        ceiling = moved[place] - _LEAST_DISTANCE
    return moved


def _end(weights: Sequence[float], path: PathOutcome) -> float:
    return weights[-1 if path.chosen is None else path.chosen]


def _finish(axes: Axes, path: PathOutcome, ylabel: str) -> None:
    axes.set(xscale="log", ylabel=ylabel, xlabel="" if not ylabel else "C")
    axes.xaxis.set_major_locator(LogLocator(numticks=6))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(lambda value, _: number(value))
    axes.minorticks_off()
    if path.chosen is not None:
        axes.axvline(path.Cs[path.chosen], color=WARM if ylabel else MUTED, linestyle="--", linewidth=1)
        if ylabel:
            _name_choice(axes, path.Cs, path.chosen)


def _name_choice(axes: Axes, Cs: Sequence[float], chosen: int) -> None:
    late = chosen > len(Cs) // 2
    axes.text(
        Cs[chosen], 1.0, f"C = {number(Cs[chosen])} " if late else f" C = {number(Cs[chosen])}", color=WARM,
        ha="right" if late else "left", va="top", fontsize=8, transform=axes.get_xaxis_transform(),
    )  # fmt: skip


def _mark_bound(axes: Axes, held_out: HeldOut) -> None:
    bound = held_out.losses[held_out.best] + held_out.errors[held_out.best]
    axes.axhline(bound, color=MUTED, linestyle=":", linewidth=1)
    axes.text(
        0.01, bound, "lowest + 1 standard error", color=MUTED, fontsize=7.5, va="bottom",
        transform=axes.get_yaxis_transform(),
    )  # fmt: skip


def _shortened(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1] + "…"
