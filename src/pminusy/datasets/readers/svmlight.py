"""Sparse text files of svmlight and libsvm: ``label index:value …`` a line."""

import io

from pminusy.datasets.readers.arrays import Arrays, check_finite
from pminusy.datasets.readers.content import Content
from pminusy.datasets.reading import Reading
from pminusy.errors import DataError


def read_svmlight(content: Content, reading: Reading) -> Arrays:  # noqa: ARG001
    """Read a sparse matrix whose column j is the file's index j.

    Indices of most files start at 1, and column 0 is then empty. Counting from 0 in every file keeps the
    columns of two files of one source aligned, which guessing the start of each does not.

    Raises
    ------
    DataError
        A line is malformed, or a value is NaN or infinite.
    """
    from sklearn.datasets import load_svmlight_file  # which takes longer to import than most files to read

    try:
        X, y = load_svmlight_file(io.BytesIO(content.data), zero_based=True)
    except OverflowError as error:
        raise DataError(
            f"{content.path}: not readable as svmlight: expected indices below 2147483647"
        ) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise DataError(f"{content.path}: not readable as svmlight: {_reason(error)}") from error
    check_finite(X, "X")
    return Arrays(X, y, "label")


def _reason(error: Exception) -> str:
    return (
        "it is not text"
        if isinstance(error, UnicodeDecodeError)
        else f"expected lines 'label index:value …', {error}"
    )
