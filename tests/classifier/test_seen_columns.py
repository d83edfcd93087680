import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import validate_data

from pminusy.classifier.seen_columns import SeenColumns


def seen(X):
    estimator = BaseEstimator()
    validate_data(estimator, X)
    return estimator


def test_names_are_kept_where_columns_have_them():
    named = SeenColumns.of(seen(pd.DataFrame({"p": [1.0], "q": [2.0]})))
    assert (named.count, named.names.tolist()) == (2, ["p", "q"])
    assert SeenColumns.of(seen(np.zeros((1, 3)))) == SeenColumns(3)


def test_they_take_the_place_of_those_that_an_estimator_has():
    estimator = seen(pd.DataFrame({"p": [1.0], "q": [2.0]}))
    SeenColumns(5).give_to(estimator)
    assert estimator.n_features_in_ == 5
    assert not hasattr(estimator, "feature_names_in_")
    SeenColumns(1, np.array(["r"], object)).give_to(estimator)
    assert (estimator.n_features_in_, estimator.feature_names_in_.tolist()) == (1, ["r"])
