"""The weights that decide, by the name of their feature or as an image."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.report.naming import MAX_CLASSES, clean, most_frequent
from pminusy.report.pictures import Picture, picture

_STRONGEST = 8
_SATURATION_PERCENTILE = 99
# How scikit-learn's SimpleImputer names the column that tells where another had no value.
_MISSING = "missingindicator_"
# Pieces of words, "column: piece", tell by a space that they begin or end a word.
_EDGE_SPACE = re.compile(r"(?<=: ) | $")


@dataclass(frozen=True)
class NamedWeight:
    """One feature's weight.

    Attributes
    ----------
    feature : str
    weight : float
        What one unit of the (scaled) feature adds to the class's logit.
    relative : float
        Its size, as a share of the largest one listed for the class.
    """

    feature: str
    weight: float
    relative: float


@dataclass(frozen=True)
class ClassWeights:
    """The strongest weights of one class, or all of them as an image.

    Attributes
    ----------
    name : str
        The class that positive weights speak for.
    against : str or None
        The class that negative weights speak for; None where they speak for all others.
    intercept : float
    supporting, opposing : tuple of NamedWeight
        Positive and negative ones, strongest first; empty for image data.
    image : Picture or None
        Image data only; all classes share one peak.
    """

    name: str
    against: str | None
    intercept: float
    supporting: tuple[NamedWeight, ...]
    opposing: tuple[NamedWeight, ...]
    image: Picture | None


def weights_by_name(
    classifier: Any, names: tuple[str, ...], features: list[str], class_counts: np.ndarray
) -> tuple[ClassWeights, ...]:
    """Pick each class's strongest weights.

    Parameters
    ----------
    classifier : estimator
        Fitted, with `coef_` (K, D), or (1, D) for two classes, and `intercept_`.
    names : tuple of K str
        The classes.
    features : list of D str
    class_counts : (K,) int
        Training rows of each class; past 60 classes, only the most frequent ones are listed.

    Returns
    -------
    tuple of ClassWeights
        With two classes, one entry: the second class against the first.
    """
    return tuple(
        ClassWeights(
            *_sides(names, row),
            intercept=float(classifier.intercept_[row]),
            supporting=tuple(w for w in strongest if w.weight > 0)[:_STRONGEST],
            opposing=tuple(w for w in strongest if w.weight < 0)[:_STRONGEST],
            image=None,
        )
        for row in _rows_to_list(classifier.coef_, class_counts)
        for strongest in [_strongest(classifier.coef_[row], features)]
    )


def weights_as_images(
    classifier: Any, names: tuple[str, ...], shape: tuple[int, ...], class_counts: np.ndarray
) -> tuple[ClassWeights, ...]:
    """Show each class's weights in the shape of the images they were learned from.

    Parameters
    ----------
    classifier : estimator
        Fitted, with `coef_` (K, D), or (1, D) for two classes, and `intercept_`.
    names : tuple of K str
        The classes.
    shape : (H, W) or (H, W, C)
    class_counts : (K,) int
        Training rows of each class; past 60 classes, only the most frequent ones are shown.

    Returns
    -------
    tuple of ClassWeights
        With two classes, one entry: the second class against the first.
    """
    rows = _rows_to_list(classifier.coef_, class_counts)
    # A few pixels at the border are seldom inked and get extreme weights: they may saturate.
    peak = float(f"{np.percentile(np.abs(classifier.coef_), _SATURATION_PERCENTILE):.3g}")
    return tuple(
        ClassWeights(
            *_sides(names, row),
            intercept=float(classifier.intercept_[row]),
            supporting=(),
            opposing=(),
            image=picture(classifier.coef_[row], shape, peak),
        )
        for row in rows
    )


def feature_names(columns: Any, raw: tuple[str, ...] | None) -> list[str]:
    """Return the names of the columns that a fitted preprocessor makes, as people would write them.

    Parameters
    ----------
    columns : sklearn.compose.ColumnTransformer or another transformer
        Fitted. A ColumnTransformer's own prefix ("numeric__age") is left out.
    raw : tuple of str or None
        Names of the columns that go in; None where the transformer was fitted on named ones.

    Returns
    -------
    list of str
    """
    prefixes = {name for name, *_ in getattr(columns, "transformers", ())}
    return [clean(_readable(name, prefixes)) for name in columns.get_feature_names_out(raw)]


def _readable(name: str, prefixes: set[str]) -> str:
    prefix, mark, rest = name.partition("__")
    name = rest if mark and prefix in prefixes else name
    if name.startswith(_MISSING):
        return f"{name.removeprefix(_MISSING)} is missing"
    return _EDGE_SPACE.sub("␣", name)


def _rows_to_list(coef: np.ndarray, class_counts: np.ndarray) -> list[int]:
    return [0] if len(coef) == 1 else most_frequent(class_counts, MAX_CLASSES).tolist()


def _sides(names: tuple[str, ...], row: int) -> tuple[str, str | None]:
    return (names[1], names[0]) if len(names) == 2 else (names[row], None)


def _strongest(weights: np.ndarray, features: list[str]) -> list[NamedWeight]:
    """Name the largest and the smallest weights, by falling size."""
    n = min(_STRONGEST, len(weights))
    ends = np.union1d(np.argpartition(-weights, n - 1)[:n], np.argpartition(weights, n - 1)[:n])
    places = ends[np.argsort(-np.abs(weights[ends]), kind="stable")]
    largest = abs(float(weights[places[0]])) or 1.0
    return [NamedWeight(features[i], float(weights[i]), abs(float(weights[i])) / largest) for i in places]
