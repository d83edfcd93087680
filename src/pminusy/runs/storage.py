"""A trained pipeline as files without pickle, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pminusy.array_file import read_arrays, write_arrays
from pminusy.classifier.features import check_finite
from pminusy.datasets.encoders.encoder import Encoder, check_vectors
from pminusy.datasets.encoders.kinds import KINDS
from pminusy.errors import ModelDirectoryError, ModelFileError
from pminusy.kernels.parallel import threads
from pminusy.linear.logits import class_logits
from pminusy.losses.softmax import softmax
from pminusy.runs.directory import NETWORK
from pminusy.runs.stored_values import decode, encode

if TYPE_CHECKING:  # scikit-learn takes longer to import than most rows to predict
    from sklearn.pipeline import Pipeline

    from pminusy.linear.regression import SoftmaxRegression
    from pminusy.network.estimator import SoftmaxNetwork

Array = NDArray[Any]

_KIND = "model"
_LEARNED = {"classes_", "coef_", "intercept_", "result_", "n_iter_", "n_features_in_", "_curvature"}


@dataclass(frozen=True)
class Predictor:
    """What predicting takes of a pipeline.

    Attributes
    ----------
    columns : Encoder
    classes : array (K,)
    predict_proba : callable
        Encoded rows to probabilities (N, K).
    """

    columns: Encoder
    classes: Array
    predict_proba: Callable[[Any], Array]


def save_pipeline(pipeline: Pipeline, path: Path) -> None:
    """Write a pipeline of the steps "columns" and "classifier" to a new file; a network goes into one beside it.

    Coefficients that were made sparse are written, and read back, dense.

    Parameters
    ----------
    pipeline : sklearn.pipeline.Pipeline
        Fitted.
    path : Path

    Examples
    --------
    >>> save_pipeline(pipeline, Path("model.safetensors"))   # doctest: +SKIP
    """
    from pminusy.linear.sparse.coefficients import dense_coefficients
    from pminusy.network.estimator import SoftmaxNetwork

    classifier, arrays = pipeline["classifier"], dict[str, Array]()
    content = {"columns": encode(pipeline["columns"], "columns", arrays), "classifier": None}
    if isinstance(classifier, SoftmaxNetwork):
        classifier.save(path.with_name(NETWORK))
    else:
        values = vars(classifier) | {"coef_": dense_coefficients(classifier.coef_)}
        content["classifier"] = {name: encode(value, name, arrays) for name, value in values.items()}
    write_arrays(path, _KIND, arrays, content)


def load_pipeline(path: Path) -> Pipeline:
    """Read a pipeline back; a file that names any type but those of a saved pipeline is refused.

    Parameters
    ----------
    path : Path
        As `save_pipeline` wrote it.

    Returns
    -------
    sklearn.pipeline.Pipeline

    Raises
    ------
    ModelDirectoryError
        The file is no such pipeline.

    Examples
    --------
    >>> load_pipeline(Path("model.safetensors")).predict(X)   # doctest: +SKIP
    """
    from sklearn.pipeline import Pipeline

    with _told(path):
        stored = _Stored(path)
        return Pipeline([("columns", stored.columns), ("classifier", stored.classifier())])


def load_predictor(path: Path) -> Predictor:
    """Read what predicting takes of a pipeline; of a linear one, without scikit-learn.

    Parameters
    ----------
    path : Path
        As `save_pipeline` wrote it.

    Returns
    -------
    Predictor

    Raises
    ------
    ModelDirectoryError
        As `load_pipeline` raises it.

    Examples
    --------
    >>> predictor = load_predictor(Path("model.safetensors"))   # doctest: +SKIP
    >>> predictor.predict_proba(predictor.columns.transform(X))   # doctest: +SKIP
    """
    with _told(path):
        stored = _Stored(path)
        if stored.is_linear:
            return Predictor(stored.columns, *stored.linear())
        network = stored.classifier()
        return Predictor(stored.columns, network.classes_, network.predict_proba)


class _Stored:
    """A file that was read: its columns, and its classifier in either form."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._arrays, content = read_arrays(path, _KIND)
        self._codes: dict[str, Any] | None = content["classifier"]
        self.is_linear = self._codes is not None
        self.columns: Encoder = decode(content["columns"], self._arrays, KINDS)
        if not isinstance(self.columns, Encoder):
            raise ValueError(f"columns: expected an encoder, got {self.columns!r:.60}")
        self.columns.check()

    def linear(self) -> tuple[Array, Callable[[Any], Array]]:
        """The classes of a softmax regression and its probabilities."""
        values = [self._value(name) for name in ("classes_", "coef_", "intercept_", "n_threads")]
        classes, coefficients, intercepts, n_threads = values
        for name, value in {"classes_": classes, "coef_": coefficients}.items():
            if not isinstance(value, np.ndarray):
                raise ValueError(f"{name}: expected an array, got {value!r:.60}")
        n_rows = 1 if len(classes) == 2 else len(classes)
        n_features = len(self.columns.names(None))
        if coefficients.shape != (n_rows, n_features):
            raise ValueError(f"coef_: expected shape {(n_rows, n_features)}, got {coefficients.shape}")
        check_vectors(coefficients.size, coef_=coefficients.ravel())
        check_vectors(n_rows, intercept_=intercepts)
        if classes.ndim != 1 or classes.dtype.kind not in "iuU" or len(np.unique(classes)) != len(classes):
            raise ValueError(f"classes_: expected different integers or strings, got {classes!r:.60}")

        def probabilities(X: Any) -> Array:
            check_finite(X)
            with threads(n_threads):
                Z = class_logits(X, coefficients, intercepts, len(classes))
                return softmax(Z, out=Z)

        return classes, probabilities

    def classifier(self) -> SoftmaxRegression | SoftmaxNetwork:
        """The estimator."""
        if self._codes is None:
            from pminusy.network.estimator import SoftmaxNetwork

            return SoftmaxNetwork.load(self._path.with_name(NETWORK))
        from pminusy.linear.curvature import Curvature
        from pminusy.linear.regression import SoftmaxRegression
        from pminusy.solvers.result import Reason, Record, SolverResult

        self.linear()  # checks the numbers
        kinds = {kind.__name__: kind for kind in (Curvature, Reason, Record, SolverResult)}
        classifier = SoftmaxRegression()
        if unknown := self._codes.keys() - classifier.get_params() - _LEARNED:
            raise ValueError(
                f"classifier: expected the parts of a SoftmaxRegression, got {min(unknown)!r:.60}"
            )
        for name in self._codes:
            setattr(classifier, name, self._value(name, kinds))
        if not isinstance(classifier.result_, SolverResult):
            raise ValueError(f"result_: expected the result of a solver, got {classifier.result_!r:.60}")
        return classifier

    def _value(self, name: str, kinds: Mapping[str, type] = MappingProxyType({})) -> Any:
        codes = self._codes or {}
        if name not in codes:
            raise ValueError(f"classifier: expected {name!r}, found {', '.join(codes)}")
        return decode(codes[name], self._arrays, kinds)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Have an error name the file."""
    try:
        yield
    except ModelFileError as error:  # names it already
        raise ModelDirectoryError(str(error)) from error
    # A file that was made by other means fails wherever the rebuilding happens to stumble.
    except Exception as error:
        raise ModelDirectoryError(f"{path}: not readable as a model: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
