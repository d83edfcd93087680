"""The curves as a picture, for light and for dark pages, in the colours of the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from benchmarks.classifiers.competitors import COMPETITORS, OURS

_FOLDER = Path(__file__).parents[2] / "docs"
_THEMES = {
    "light": {"paper": "#fcfbf8", "ink": "#1c2227", "muted": "#56606a", "line": "#dedbd3",
              OURS: "#1f6391", "lbfgs": "#ad4a1c", "newton_cg": "#2b6b3f", "torch_lbfgs": "#7a4a8c"},
    "dark": {"paper": "#15191d", "ink": "#e6e8ea", "muted": "#a1abb4", "line": "#323a41",
             OURS: "#7fbbe4", "lbfgs": "#eba077", "newton_cg": "#86c99a", "torch_lbfgs": "#c9a0dc"},
}  # fmt: skip
_LIBRARIES = {"lbfgs": "scikit-learn lbfgs", "newton_cg": "scikit-learn newton-cg"}
_SMALLEST_GAP = 1e-8  # what is nearer to the optimum than this is drawn there


def draw(curves: dict[str, Any]) -> list[Path]:
    """Write docs/classifiers-light.png and docs/classifiers-dark.png."""
    return [_draw(curves, name, theme) for name, theme in _THEMES.items()]


def _draw(curves: dict[str, Any], name: str, theme: dict[str, str]) -> Path:
    style = {
        "font.family": "DejaVu Sans", "font.size": 11, "text.color": theme["ink"],
        "axes.labelcolor": theme["muted"], "xtick.color": theme["muted"], "ytick.color": theme["muted"],
        "axes.edgecolor": theme["line"], "axes.facecolor": theme["paper"], "figure.facecolor": theme["paper"],
        "grid.color": theme["line"], "axes.spines.top": False, "axes.spines.right": False,
    }  # fmt: skip
    path = _FOLDER / f"classifiers-{name}.png"
    with plt.rc_context(style):
        figure, axes = plt.subplots(figsize=(11, 5.6), layout="constrained")
        for competitor, points in curves["points"].items():
            _line(axes, competitor, points, curves["optimum"], theme[competitor])
        axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="gap to the optimum, relative")
        axes.grid(which="major")
        axes.minorticks_off()
        axes.legend(loc="lower left", frameon=False, labelcolor="linecolor")
        axes.set_title("Time to the optimum on MNIST", loc="left", fontsize=17, fontweight="bold", pad=14)
        figure.get_layout_engine().set(w_pad=0.2, h_pad=0.2)
        figure.savefig(path, dpi=100)
        plt.close(figure)
    return path


def _line(axes: Any, competitor: str, points: list[list[float]], optimum: float, colour: str) -> None:
    seconds = [point[0] for point in points]
    gaps = [max((point[1] - optimum) / optimum, _SMALLEST_GAP) for point in points]
    width = 2.8 if competitor == OURS else 1.8
    label = _LIBRARIES.get(competitor, COMPETITORS[competitor].title)
    axes.plot(seconds, gaps, "o-", color=colour, linewidth=width, markersize=2 * width, label=label)
