"""The features that a sparse classifier uses."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pminusy.report.pictures import Picture, picture

_MAX_LISTED = 300


@dataclass(frozen=True)
class KeptFeature:
    """A feature whose coefficients are not all 0.

    Attributes
    ----------
    name : str
    n_classes : int
        Number of coefficients that are not 0; 1 with two classes.
    weight : float
        The largest of them in size.
    strongest : str
        The class that it speaks for, or if it is negative against; with two classes always the one it speaks for.
    """

    name: str
    n_classes: int
    weight: float
    strongest: str


@dataclass(frozen=True)
class KeptFeatures:
    """What an L1 part in the penalty has left.

    Attributes
    ----------
    n_features, n_kept : int
        Numbers per row that the classifier sees, and how many of them have a coefficient that is not 0.
    listed : tuple of KeptFeature
        The strongest 300; empty for image data.
    image : Picture or None
        Image data only: in what share of the classes each pixel is used.
    """

    n_features: int
    n_kept: int
    listed: tuple[KeptFeature, ...]
    image: Picture | None


def kept_by_name(coef: np.ndarray, names: tuple[str, ...], features: list[str]) -> KeptFeatures:
    """List the features that are used, strongest first.

    Parameters
    ----------
    coef : (K, D) array, or (1, D) for two classes
    names : tuple of K str
        The classes.
    features : list of D str

    Returns
    -------
    KeptFeatures

    Examples
    --------
    >>> kept = kept_by_name(np.array([[0.0, 2.0], [0.0, -3.0], [0.0, 0.0]]), ("a", "b", "c"), ["age", "year"])
    >>> kept.n_kept, kept.listed
    (1, (KeptFeature(name='year', n_classes=2, weight=-3.0, strongest='b'),))
    """
    sizes = np.abs(coef)
    largest = sizes.max(axis=0)
    used = np.flatnonzero(largest)
    order = used[np.argsort(-largest[used], kind="stable")]
    listed = []
    for feature in order[:_MAX_LISTED].tolist():
        row = int(sizes[:, feature].argmax())
        weight = float(coef[row, feature])
        strongest = names[row] if len(coef) > 1 else names[int(weight > 0)]
        listed.append(
            KeptFeature(features[feature], int(np.count_nonzero(coef[:, feature])), weight, strongest)
        )
    return KeptFeatures(coef.shape[1], len(used), tuple(listed), None)


def kept_as_image(coef: np.ndarray, shape: tuple[int, ...]) -> KeptFeatures:
    """Show which pixels are used.

    Parameters
    ----------
    coef : (K, H·W) or (K, H·W·C) array
    shape : (H, W) or (H, W, C)

    Returns
    -------
    KeptFeatures
    """
    used = coef != 0
    pixels = used.reshape(*used.shape[:1], shape[0], shape[1], -1).any(axis=3).mean(axis=0)
    n_kept = int(used.any(axis=0).sum())
    return KeptFeatures(coef.shape[1], n_kept, (), picture(pixels, shape[:2], peak=1.0))


def kept_features(
    classifier: Any, names: tuple[str, ...], features: list[str], image_shape: tuple[int, ...] | None
) -> KeptFeatures | None:
    """What a classifier's penalty has left; None where it has no L1 part.

    Parameters
    ----------
    classifier : SoftmaxRegression
        Fitted.
    names : tuple of K str
    features : list of D str
        Empty for image data.
    image_shape : tuple of int or None

    Returns
    -------
    KeptFeatures or None
    """
    if not classifier.l1_ratio:
        return None
    if image_shape:
        return kept_as_image(classifier.coef_, image_shape)
    return kept_by_name(classifier.coef_, names, features)
