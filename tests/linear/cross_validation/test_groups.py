"""Groups of rows that no fold may part, given directly and by scikit-learn's metadata routing."""

import numpy as np
import pytest
from sklearn import config_context
from sklearn.datasets import load_iris
from sklearn.model_selection import GroupKFold, KFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pminusy import InputError, SoftmaxRegressionCV

X, Y = load_iris(return_X_y=True)
GROUPS = np.arange(150) % 7


def model(cv=None, **options):
    return SoftmaxRegressionCV(Cs=[0.1, 1.0], cv=cv or GroupKFold(3), max_iter=500, **options)


def expected_scores(X=X, weights=None):
    pairs = list(GroupKFold(3).split(X, Y, GROUPS))
    return model(pairs).fit(X, Y, weights).scores_


def test_rows_of_a_group_stay_together():
    np.testing.assert_array_equal(model().fit(X, Y, groups=GROUPS).scores_, expected_scores())


def test_groups_are_passed_through_a_pipeline():
    pipeline = make_pipeline(StandardScaler(), model())
    pipeline.fit(X, Y, softmaxregressioncv__groups=GROUPS)
    scaled = pipeline[0].transform(X)
    np.testing.assert_array_equal(pipeline[-1].scores_, expected_scores(scaled))


def test_groups_and_weights_are_routed():
    weights = 1.0 + np.arange(150) % 2
    with config_context(enable_metadata_routing=True):
        pipeline = make_pipeline(StandardScaler(), model().set_fit_request(sample_weight=True))
        pipeline[0].set_fit_request(sample_weight=False)
        pipeline.fit(X, Y, groups=GROUPS, sample_weight=weights)
    scaled = StandardScaler().fit_transform(X)
    np.testing.assert_array_equal(pipeline[-1].scores_, expected_scores(scaled, weights))


def test_groups_are_routed_to_the_inner_and_outer_folds_of_a_nested_cross_validation():
    with config_context(enable_metadata_routing=True):
        found = cross_validate(
            model(), X, Y, cv=GroupKFold(2), params={"groups": GROUPS}, return_estimator=True
        )
    assert all(fitted.scores_.shape == (3, 2) for fitted in found["estimator"])


@pytest.mark.parametrize("groups", [GROUPS[:-1], GROUPS[:, None]])
def test_groups_of_another_shape_are_refused(groups):
    with pytest.raises(InputError, match=r"groups: expected shape \(150,\), got"):
        model().fit(X, Y, groups=groups)


def test_a_splitter_that_needs_groups_says_so():
    with pytest.raises(InputError, match="'groups' parameter should not be None"):
        model().fit(X, Y)


def test_a_splitter_without_groups_does_not_get_any_by_routing():
    with config_context(enable_metadata_routing=True):
        routing = model(KFold(3)).get_metadata_routing()
    assert routing.consumes("fit", ["groups", "sample_weight"]) <= {"sample_weight"}
