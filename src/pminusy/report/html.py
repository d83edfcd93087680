"""The report as one self-contained HTML page."""

from collections.abc import Callable
from typing import Any

from pminusy.report import formats, words
from pminusy.report.model import Report
from pminusy.report.page import render_page


def render_html(report: Report) -> str:
    """Lay a report out as a page that needs no network and no script.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        The whole document; the same bytes for the same report. Whatever came from the data is escaped.

    Examples
    --------
    >>> Path("report.html").write_text(render_html(report), encoding="utf-8")   # doctest: +SKIP
    """
    filters = _number_filters() | _drawing_filters()
    return render_page("report.html.j2", filters, report=report, words=words)


def _number_filters() -> dict[str, Callable[..., Any]]:
    return {
        "count": formats.count,
        "percent": formats.percent,
        "number": formats.number,
        "decimals": formats.decimals,
        "seconds": formats.seconds,
    }


def _drawing_filters() -> dict[str, Callable[..., Any]]:
    # Matplotlib takes half a second to import, which only drawing is worth.
    from pminusy.report import charts, network_charts, path_charts, png

    return {
        "objective_chart": charts.objective_chart,
        "gradient_norm_chart": charts.gradient_norm_chart,
        "loss_chart": network_charts.loss_chart,
        "accuracy_chart": network_charts.accuracy_chart,
        "learning_rate_chart": network_charts.learning_rate_chart,
        "gradient_norms_chart": network_charts.gradient_norms_chart,
        "reliability_chart": charts.reliability_chart,
        "confusion_chart": charts.confusion_chart,
        "held_out_chart": path_charts.held_out_chart,
        "n_features_chart": path_charts.n_features_chart,
        "coefficients_chart": path_charts.coefficients_chart,
        "signed_png": png.signed_png,
        "ink_png": png.ink_png,
    }
