"""One sparse matrix in every form that SciPy takes as valid."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from hypothesis import strategies as st

FORMS = (
    "csr_matrix",
    "csr_array",
    "csc_matrix",
    "csc_array",
    "coo_matrix",
    "coo_array",
    "lil_matrix",
    "dok_array",
)


def spelled(canonical: sp.csr_matrix, form: str, index: Any, *, seed: int) -> Any:
    """The same matrix in another form: entries in halves, out of order, with zeros written out."""
    rng = np.random.default_rng(seed)
    entries = canonical.tocoo()
    n_zeros = 1 + entries.nnz // 3
    zero_rows, zero_columns = (rng.integers(0, n, n_zeros) for n in canonical.shape)
    rows = np.concatenate([entries.row, entries.row, zero_rows])
    columns = np.concatenate([entries.col, entries.col, zero_columns])
    data = np.concatenate([entries.data / 2, entries.data / 2, np.zeros(n_zeros)]).astype(canonical.dtype)
    format_name = form.split("_")[0]
    if format_name not in ("csr", "csc"):
        order = rng.permutation(len(data))
        triple = data[order], (rows[order].astype(index), columns[order].astype(index))
        whole = sp.coo_array(triple, shape=canonical.shape)
        return getattr(sp, form)(whole)
    major, minor = (rows, columns) if format_name == "csr" else (columns, rows)
    order = np.lexsort([rng.random(len(data)), major])
    n_major = canonical.shape[0 if format_name == "csr" else 1]
    ends = np.concatenate([[0], np.bincount(major, minlength=n_major).cumsum()])
    parts = data[order], minor[order].astype(index), ends.astype(index)
    return getattr(sp, form)(parts, shape=canonical.shape)


@st.composite
def sparse_matrices(draw: Any, n_rows: int, n_features: int) -> tuple[sp.csr_matrix, Any]:
    """A canonical CSR matrix, with empty rows and columns, and the same in another form."""
    seed = draw(st.integers(0, 2**16))
    rng = np.random.default_rng(seed)
    X = rng.integers(-8, 9, (n_rows, n_features)) * (rng.random((n_rows, n_features)) < 0.4)
    X[rng.integers(0, n_rows, 2)] = 0
    X[:, rng.integers(0, n_features)] = 0
    canonical = sp.csr_matrix(X.astype(draw(st.sampled_from([np.float32, np.float64]))))
    form, index = draw(st.sampled_from(FORMS)), draw(st.sampled_from([np.int32, np.int64]))
    return canonical, spelled(canonical, form, index, seed=seed)
