import pytest
from tests.linear.parts.local import clouds

from pminusy import InputError, SoftmaxNetwork, SoftmaxRegression, SoftmaxRegressionCV, softmax_path
from pminusy.linear.posing import posed

X, Y = clouds(60, 3, 3)


def test_rows_in_memory():
    seen = SoftmaxRegression()
    with posed(SoftmaxRegression(C=2.0), seen, X, Y, None, None) as (problem, classes):
        assert problem.penalty == 1 / 120
        assert classes.tolist() == [0, 1, 2]
    assert seen.n_features_in_ == 3


@pytest.mark.parametrize("options", [{"l1_ratio": 0.5}, {"penalty_factors": [1.0, 0.0, 1.0]}])
def test_an_elastic_net_needs_rows_in_memory(options):
    da = pytest.importorskip("dask.array")
    with pytest.raises(
        InputError, match=r"X: expected an array with l1_ratio > 0 or penalty_factors, got a Dask"
    ):
        SoftmaxRegression(**options).fit(da.from_array(X), da.from_array(Y))


@pytest.mark.parametrize("fit", [SoftmaxRegressionCV().fit, softmax_path, SoftmaxNetwork().fit])
def test_nothing_else_takes_a_collection(fit):
    da = pytest.importorskip("dask.array")
    with pytest.raises(InputError, match=r"got a Dask collection"):
        fit(da.from_array(X), da.from_array(Y))
    with pytest.raises(InputError, match=r"y: expected data in memory, got a Dask collection"):
        fit(X, da.from_array(Y))


def test_a_network_is_sent_to_torch():
    da = pytest.importorskip("dask.array")
    with pytest.raises(InputError, match=r"DistributedDataParallel"):
        SoftmaxNetwork().fit(da.from_array(X), da.from_array(Y))


def test_a_score_over_several_C_is_not_computed_from_a_collection():
    da = pytest.importorskip("dask.array")
    model = SoftmaxRegressionCV(Cs=[1.0], cv=2).fit(X, Y)
    with pytest.raises(InputError, match="y: expected data in memory"):
        model.score(X, da.from_array(Y))
