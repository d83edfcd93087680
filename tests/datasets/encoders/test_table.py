import numpy as np
import polars as pl
import pytest
from scipy.sparse import issparse

from pminusy.datasets.encoders.numbers import Numbers
from pminusy.datasets.encoders.one_hot import Categories
from pminusy.datasets.encoders.table import Table

FRAME = pl.DataFrame({"n": [1.0, 2.0, 4.0, 9.0], "c": ["a", "b", "c", "d"]})


def table(most):
    return Table((Numbers(("n",), "float32", {}), Categories(("c",), "float32")), most)


@pytest.mark.parametrize(("most", "sparse"), [(0.3, False), (0.41, True), (1.0, True)])
def test_it_is_sparse_where_few_numbers_are_stored(most, sparse):
    encoder = table(most)
    found = encoder.fit_transform(FRAME)
    encoder.check()
    assert encoder.names() == ["n", "c=a", "c=b", "c=c", "c=d"]
    # It stays what it was for the training rows.
    for X in (found, encoder.transform(FRAME[:1])):
        assert issparse(X) == sparse
        assert X.dtype == np.float32
        assert X.shape[1] == 5


def test_both_forms_hold_the_same_numbers():
    dense, sparse = (table(most).fit_transform(FRAME) for most in (0, 1))
    np.testing.assert_array_equal(sparse.toarray(), dense)
    assert sparse.has_canonical_format


def test_fields_that_no_fit_gives_are_refused():
    with pytest.raises(ValueError, match="sparse: expected true or false, got None"):
        table(0.3).check()
    with pytest.raises(ValueError, match="encoders: expected encoders, got 3"):
        Table((3,), 0.3, sparse=False).check()
