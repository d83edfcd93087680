"""The plot of a path for users in Python, as an SVG image of its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pminusy.errors import InputError, ShapeError
from pminusy.linear.cross_validation.selection import PenaltySelection
from pminusy.linear.sparse.path import SoftmaxPath
from pminusy.report.naming import clean
from pminusy.report.path import MAX_PANELS, PathOutcome, held_out_losses, make_panels, places_to_trace

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PANEL, _HEIGHT, _LOSS = 3.0, 2.7, 3.8  # inches
_PANELS_A_ROW = 3
_STYLE = (
    "<style>svg{--ink:#1c2227;--muted:#56606a;--line:#dedbd3;--accent:#1f6391;--warm:#ad4a1c}"
    "@media(prefers-color-scheme:dark){svg{--ink:#e6e8ea;--muted:#a1abb4;--line:#323a41;--accent:#7fbbe4;"
    "--warm:#eba077}}</style>"
)


def plot_path(
    path: SoftmaxPath,
    selection: PenaltySelection | None = None,
    *,
    feature_names: Sequence[str] | None = None,
    one_standard_error: bool = False,
) -> str:
    """Plot the coefficients of a path by class against C, and beside them the held-out loss.

    Parameters
    ----------
    path : SoftmaxPath
        The strongest coefficients of each class are drawn and the strongest named, for 9 classes at most.
    selection : PenaltySelection, optional
        At the same C: ``softmax_path(X, y, Cs=selection.Cs)``. The chosen C is marked.
    feature_names : sequence of D str, optional
        Default: x0, x1, …
    one_standard_error : bool, default False
        Mark `selection.C_one_standard_error` instead of `selection.C`.

    Returns
    -------
    str
        An SVG image, for a file or ``IPython.display.SVG``. It follows light and dark colour schemes.

    Raises
    ------
    ImportError
        Matplotlib, of the extra `cli`, is not installed.
    InputError, ShapeError
        All coefficients are 0, `selection` is of other values of C, or names do not match the features.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from pminusy import plot_path, select_penalty, softmax_path
    >>> X, y = load_iris(return_X_y=True)
    >>> selection = select_penalty(X, y, l1_ratio=1.0)
    >>> svg = plot_path(softmax_path(X, y, Cs=selection.Cs), selection)
    >>> svg.startswith("<svg ")
    True
    """
    chosen = _chosen(path, selection, one_standard_error)
    last = path.coefs[-1 if chosen is None else chosen].toarray()
    if not last.any():
        raise InputError(
            "path: expected some coefficient other than 0 at the C that is shown, got only zeros"
        )
    features = _names(feature_names, last.shape[1])
    places = places_to_trace(last, np.arange(len(path.classes), 0, -1))
    weights = np.stack([np.asarray(coef[places.rows, places.columns]).ravel() for coef in path.coefs])
    outcome = PathOutcome(
        Cs=tuple(path.Cs.tolist()),
        n_features=tuple(path.n_features.tolist()),
        chosen=chosen,
        panels=make_panels(places, weights, tuple(map(clean, path.classes.tolist())), features),
        held_out=None
        if selection is None
        else held_out_losses(selection, one_standard_error=one_standard_error),
    )
    return _standalone(outcome)


def _chosen(path: SoftmaxPath, selection: PenaltySelection | None, one_standard_error: bool) -> int | None:
    if selection is None:
        return None
    if not np.array_equal(selection.Cs, path.Cs):
        raise InputError("selection: expected one at the path's values of C, got others")
    return selection.within_one_standard_error if one_standard_error else selection.best


def _names(given: Sequence[str] | None, n_features: int) -> list[str]:
    if given is None:
        return [f"x{place}" for place in range(n_features)]
    if len(given) != n_features:
        raise ShapeError(f"feature_names: expected one for each of {n_features} features, got {len(given)}")
    return [clean(name) for name in given]


def _standalone(outcome: PathOutcome) -> str:
    # Here, so that the package can be imported where Matplotlib, an extra, is not installed.
    from pminusy.report.path_charts import draw_coefficients, draw_held_out
    from pminusy.report.svg import draw_svg

    n_panels = min(len(outcome.panels), MAX_PANELS)
    n_columns, n_rows = min(n_panels, _PANELS_A_ROW), -(-n_panels // _PANELS_A_ROW)
    loss = _LOSS if outcome.held_out else 0.0
    width = _PANEL * n_columns

    def draw(figure: "Figure") -> None:
        if not outcome.held_out:
            draw_coefficients(figure, outcome)
            return
        parts: Any = figure.subfigures(1, 2, width_ratios=(width, loss))
        draw_coefficients(parts[0], outcome)
        draw_held_out(parts[1].subplots(), outcome)

    description = "Line charts of the coefficients of each class against C"
    svg = draw_svg(draw, (width + loss, _HEIGHT * n_rows), "path", description)
    head, mark, rest = svg.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"{mark}{_STYLE}{rest}'
