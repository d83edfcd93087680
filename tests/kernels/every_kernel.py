"""Small problems that between them run every kernel and every operation; their results go into a file.

Run as a script: python every_kernel.py results.npz. Prints what was not run, which only plain Python can tell.
"""

import importlib
import inspect
import pkgutil
import sys
import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning

import pminusy
from pminusy import CrossEntropy, SoftmaxNetwork, SoftmaxRegression, nn
from pminusy.kernels import plain
from pminusy.kernels.compile import Kernel
from pminusy.kernels.operations import Operation
from pminusy.kernels.updates import CHUNK
from pminusy.nn.names import ACTIVATIONS
from pminusy.solvers.vectors import dots

warnings.simplefilter("error")
warnings.simplefilter("ignore", ConvergenceWarning)
NOT_RUN = ("constant", "primitive", "tile", "wait")  # while importing; and where threads wait for one another
DTYPES = (np.dtype(np.float32), np.dtype(np.float64))


def losses(rng, dtype):
    for n_classes in (3, 100):  # tiles and rows
        Z, V = rng.standard_normal((2, 5, n_classes)).astype(dtype)
        Z[0, 0], Z[1, 1] = -np.inf, np.nan
        yield pminusy.softmax(Z)
        yield pminusy.log_softmax(Z)
        for targets in (rng.integers(0, n_classes, 5), rng.random((5, n_classes)).astype(dtype)):
            loss = CrossEntropy(label_smoothing=0.1, z_loss=0.01)
            yield np.asarray(loss.value(Z[2:], targets[2:]))
            yield loss.value_and_gradient(Z, targets)[1]
            yield loss.hvp(Z, targets, V)


def linear(rng, dtype):
    X, y = rng.standard_normal((40, 6)).astype(dtype), rng.integers(0, 3, 40)
    soft = rng.random((40, 3)).astype(dtype)
    for samples in (X, sp.csr_matrix(np.where(X > 0, X, 0))):
        for solver in ("newton", "newton-cg", "lbfgs"):
            for targets in (y, soft):
                model = SoftmaxRegression(solver=solver, max_iter=4).fit(samples, targets, classes=range(3))
                yield model.coef_
        yield model.decision_function(samples)
        for group in (False, True):
            yield SoftmaxRegression(C=0.3, l1_ratio=0.9, group=group, tol=1e-11).fit(samples, y).coef_
    few = sp.random(20, 300, 0.01, format="csr", random_state=0, dtype=dtype)  # fewer numbers than W has
    yield SoftmaxRegression(solver="lbfgs", max_iter=3).fit(few, y[:20], classes=range(3)).coef_
    yield dots(rng.standard_normal((2, CHUNK + 5)).astype(dtype), np.ones(CHUNK + 5, dtype))


IMAGES = (
    *(nn.Conv2d(3, 3), nn.BatchNorm(), nn.SiLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(4, 3, padding="same"), nn.GELU(), nn.AvgPool2d(2), nn.Flatten(), nn.Dense(7), nn.LayerNorm()),
    *(nn.Tanh(), nn.Dropout(0.2), nn.Residual(nn.Sigmoid()), nn.Dense(70), nn.LeakyReLU(), nn.Dense(5)),
)
ELEMENTWISE = (nn.Dense(6), *(getattr(nn, kind)() for kind in ACTIVATIONS.values()), nn.Dense(5))
OVERLAPPING = (nn.MaxPool2d(3, stride=2), nn.AvgPool2d(2, stride=1), nn.Flatten())
WIDE = (nn.Flatten(), nn.Dense(80), nn.ReLU(), nn.Dense(70))  # in panels


def networks(rng, dtype):
    X, y = rng.standard_normal((10, 8, 8, 2)).astype(dtype), rng.integers(0, 3, 10)
    sparse = sp.random(10, 20, 0.3, format="csr", random_state=0, dtype=dtype)
    problems = [
        *((IMAGES, optimizer, X) for optimizer in (nn.SGD(0.01), "sgd", "adam", "adamw")),
        *(
            (OVERLAPPING, "sgd", X),
            (WIDE, "sgd", X),
            ((nn.Flatten(), *ELEMENTWISE), "sgd", X),
            ((nn.Flatten(), nn.Dense(300), nn.Dense(70)), nn.SGD(0.001), X),
        ),
        *((WIDE[1:], "sgd", flat) for flat in layouts(X.reshape(10, -1))),
        *(
            (WIDE[1:], "sgd", sparse),
            ((nn.Embedding(9, 2), nn.Flatten()), "sgd", rng.integers(0, 9, (10, 4))),
        ),
    ]
    # Steps so small that rounding, which Adam divides by roots as small as itself, stays within the tolerance.
    small = {"learning_rate": 1e-3, "schedule": "constant", "weight_decay": 0.0}
    options = {"batch_size": 6, "max_epochs": 1, "random_state": 0, **small}
    for layers, optimizer, samples in problems:
        for more in ({"label_smoothing": 0.1}, {"max_gradient_norm": 0.5}):
            model = SoftmaxNetwork(layers=layers, optimizer=optimizer, **options, **more).fit(samples, y)
            yield model.predict_proba(samples)
    channels_first = SoftmaxNetwork(layers=IMAGES, image_layout="NCHW", **options)
    yield channels_first.fit(X.transpose(0, 3, 1, 2), y).predict_proba(X.transpose(0, 3, 1, 2))
    far = np.full((10, 3), np.finfo(dtype).max / 4, dtype)  # whose logits overflow
    diverged = SoftmaxNetwork(layers=[], optimizer="sgd", **options).fit(far, y)
    yield np.array([diverged.result_.step])
    soft = np.eye(3, dtype=dtype)[y] * 0.9 + dtype.type(0.1 / 3)
    yield (
        SoftmaxNetwork(hidden=(4,), **options)
        .fit(X.reshape(10, -1), soft, classes=range(3))
        .predict_proba(X.reshape(10, -1))
    )


def layouts(X):
    """All that is read without a copy of the whole."""
    whole = [X.astype(np.float32), X.astype(np.float64), (X > 0).astype(np.uint8)]
    return [*whole, *map(np.asfortranarray, whole)]


def results():
    for dtype in DTYPES:
        for problems in (losses, linear, networks):
            for i, result in enumerate(problems(np.random.default_rng(0), dtype)):
                yield f"{problems.__name__} {i} {dtype}", result


def every_function():
    """All kernels and operations of the package, and what stands for intrinsics, by name."""
    for module in pkgutil.walk_packages(pminusy.__path__, "pminusy."):
        if not module.name.startswith(("pminusy.kernels.", "pminusy.nn.")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Kernel | Operation) and value._function.__module__ == module.name:
                yield f"{module.name}.{name}", value._function.__code__
    for name in vars(plain):
        value = getattr(plain, name)
        if inspect.isfunction(value) and value.__module__ == plain.__name__ and name not in NOT_RUN:
            yield f"{plain.__name__}.{name}", inspect.unwrap(value).__code__


if __name__ == "__main__":
    run = set()
    functions = dict(every_function())
    sys.setprofile(lambda frame, event, _: run.add(frame.f_code) if event == "call" else None)
    arrays = dict(results())
    sys.setprofile(None)
    np.savez(sys.argv[1], **arrays)
    print(*sorted(name for name, code in functions.items() if code not in run), sep="\n")
