"""The data sets that scikit-learn carries."""

import numpy as np
import polars as pl

from pminusy.datasets.readers.arrays import Arrays

_TABLES = {"iris": "load_iris", "wine": "load_wine", "breast-cancer": "load_breast_cancer"}

BUNDLED = ("digits", *_TABLES)
"""Names that `load` takes in place of a path."""


def read_bundled(name: str) -> pl.DataFrame | Arrays:
    """Read a set of `BUNDLED`: digits as 8×8 images of bytes, the others as tables with a column "class"."""
    from sklearn import datasets  # which takes longer to import than other files take to read

    if name == "digits":
        digits = datasets.load_digits()
        return Arrays(digits.data.astype(np.uint8), digits.target, "digit", image_shape=(8, 8))
    bunch = getattr(datasets, _TABLES[name])()
    features = pl.DataFrame(bunch["data"], schema=[str(column) for column in bunch["feature_names"]])
    classes = np.asarray(bunch["target_names"]).astype(np.str_)[bunch["target"]]
    return features.with_columns(pl.Series("class", classes))
