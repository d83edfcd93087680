"""What the tests of networks share."""

import numpy as np
import scipy.sparse as sp
from sklearn.datasets import load_digits

from pminusy import SoftmaxNetwork

X, Y = load_digits(return_X_y=True)
X, Y = X[:400], Y[:400]


def small(**options):
    """A network that trains in a moment."""
    return SoftmaxNetwork(**{"hidden": (12,), "max_epochs": 3, "batch_size": 32, **options})


def weights_of(model):
    """All that a model has learned, in one array."""
    return np.concatenate([parameter.value.ravel() for parameter in model.network_.parameters])


def assert_same_bits(one, other):
    np.testing.assert_array_equal(weights_of(one), weights_of(other))
    for name, kept in one.network_.state.items():
        np.testing.assert_array_equal(kept, other.network_.state[name])
    assert [losses(record) for record in one.history_] == [losses(record) for record in other.history_]


def losses(record):
    return record.loss, record.accuracy, record.gradient_norm, record.learning_rate, record.validation_loss


def everything_of(model):
    """What a failed call must not change: the attributes, and the numbers in them."""
    training = vars(model).get("_training")
    return {
        **{name: value for name, value in vars(model).items() if name not in ("network_", "_training")},
        "weights": weights_of(model).tobytes(),
        "network": id(model.network_),
        "moments": [array.tobytes() for array in training.optimizer.state.values()],
        "epochs": training.state.n_epochs,
    }


class Recorder:
    """A callback that remembers what it is told, and asks to stop after some epochs."""

    def __init__(self, last_epoch=None):
        self.batches, self.epochs, self.last_epoch = [], [], last_epoch

    def on_batches(self, progress):
        self.batches.append(progress)

    def on_epoch(self, model, record):
        self.epochs.append((record, model.score(X, Y)))
        return record.epoch == self.last_epoch


class Interruption:
    """A callback that raises in the middle of an epoch."""

    def __init__(self, epoch, error=KeyboardInterrupt):
        self.epoch, self.error = epoch, error

    def on_batches(self, progress):
        if progress.epoch == self.epoch:
            raise self.error

    def on_epoch(self, model, record):
        pass


INPUTS = {
    "float64": lambda X: X.astype(np.float64),
    "fortran": np.asfortranarray,
    "strided": lambda X: np.repeat(np.repeat(X, 2, axis=0), 3, axis=1)[::2, ::3],
    "reversed": lambda X: X[::-1, ::-1].copy()[::-1, ::-1],
    "read-only": lambda X: np.require(X, requirements="O").copy().view(),
    "uint8": lambda X: X.astype(np.uint8),
    "uint8 fortran": lambda X: np.asfortranarray(X.astype(np.uint8)),
    "int64": lambda X: X.astype(np.int64),
    "half": lambda X: X.astype(np.float16),
    "list": lambda X: X.tolist(),
    "csr": sp.csr_matrix,
    "csr_array": sp.csr_array,
    "csc": sp.csc_matrix,
    "csr int64": lambda X: sp.csr_matrix(X.astype(np.int64)),
}
