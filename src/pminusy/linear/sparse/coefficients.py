"""Coefficients as a sparse matrix and back."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

Array = NDArray[Any]


def dense_coefficients(coefficients: Any) -> Array:
    """Coefficients (F, D) as an array, whichever they are."""
    array: Array = coefficients.toarray() if sp.issparse(coefficients) else coefficients
    return array


class SparseCoefficientsMixin:
    """`sparsify` and `densify` of a classifier with `coef_`."""

    coef_: Any

    def sparsify(self) -> Self:
        """Convert `coef_` to a CSR matrix, which takes less memory if more than half of it is 0.

        Predictions stay the same. A further `fit` makes it an array again.

        Returns
        -------
        self

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from pminusy import SoftmaxRegression
        >>> model = SoftmaxRegression(C=0.1, l1_ratio=1.0).fit(*load_iris(return_X_y=True)).sparsify()
        >>> model.coef_.nnz < 6
        True
        """
        check_is_fitted(self)
        self.coef_ = sp.csr_matrix(self.coef_)
        return self

    def densify(self) -> Self:
        """Convert `coef_` back to an array.

        Returns
        -------
        self
        """
        check_is_fitted(self)
        self.coef_ = np.ascontiguousarray(dense_coefficients(self.coef_))
        return self
