"""Trained pipelines on small data, and the reports of them."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from pminusy import SoftmaxNetwork, SoftmaxRegression
from pminusy.datasets import Dataset, Role, load, make_network_preprocessor, make_preprocessor
from pminusy.nn.architecture import convolutional_layers
from pminusy.report.build import build_report
from pminusy.report.model import Report
from pminusy.report.outcome import gradient_outcome


def _check(ok: bool = True) -> SimpleNamespace:
    return SimpleNamespace(ok=ok, slope=3.001, claimed=0.125, measured=0.1251, relative_error=8e-4)


@pytest.fixture(scope="session")
def train() -> Callable[..., Pipeline]:
    """Fit a pipeline of the project's preprocessor and classifier; four iterations are too few to converge."""

    def fit(dataset: Dataset, X: object, y: np.ndarray, converged: bool = True) -> Pipeline:
        classifier = SoftmaxRegression(max_iter=1000 if converged else 4)
        pipeline = Pipeline([("columns", make_preprocessor(dataset)), ("classifier", classifier)])
        with nullcontext() if converged else pytest.warns(ConvergenceWarning):
            return pipeline.fit(X, y)

    return fit


@pytest.fixture(scope="session")
def report_on(train) -> Callable[..., Report]:
    """Train on all rows of a data set but every fourth, and report; `test=None` holds none out."""

    def report(dataset: Dataset, *, test: object = "every fourth", ok: bool = True, converged: bool = True):
        held_out = np.arange(dataset.n_rows) % 4 == 0
        if test is None:
            held_out[:] = False
        learned = dataset.take(np.flatnonzero(~held_out))
        rest = dataset.take(np.flatnonzero(held_out))
        return build_report(
            dataset=dataset,
            pipeline=train(dataset, learned.X, learned.y, converged),
            train=(learned.X, learned.y),
            test=None if test is None else (rest.X, rest.y),
            gradient_check=gradient_outcome(_check(ok), "(3, 4)"),
            seconds=1.5,
            settings={"C": 1.0, "solver": "auto", "class_weight": None},
        )

    return report


@pytest.fixture(scope="session")
def table() -> Dataset:
    """Two classes, a column of each role, a missing value, and names that could break a page."""
    n = 40
    y = np.where(np.arange(n) % 2 == 0, "<b>no</b>", "[red]yes[/]")
    X = pl.DataFrame(
        {
            "<script>alert(1)</script>": [float(i % 7) if i != 3 else None for i in range(n)],
            "colour": ["red" if i % 3 else "$blue$" for i in range(n)],
            "words": [f"the {'good' if i % 2 else 'bad'} thing number {i}" for i in range(n)],
        }
    )
    return Dataset(
        name="a & b",
        source="data/a & b.csv",
        kind="table",
        X=X,
        y=y,
        target_name="answer",
        feature_names=tuple(X.columns),
        roles=dict(zip(X.columns, (Role.NUMERIC, Role.CATEGORY, Role.TEXT), strict=True)),
        image_shape=None,
        held_out=None,
        notes=("dropped column '<i>': every value differs",),
    )


@pytest.fixture(scope="session")
def many_classes() -> Dataset:
    """Seventy classes of rising size, in a dense matrix."""
    y = np.repeat(np.arange(70), np.arange(70) // 10 + 4)
    X = np.random.default_rng(0).normal(size=(len(y), 5)) + y[:, None] % 7
    return Dataset(
        name="many",
        source="many.npz",
        kind="matrix",
        X=X,
        y=y,
        target_name="y",
        feature_names=tuple("abcde"),
        roles={},
        image_shape=None,
        held_out=None,
        notes=(),
    )


@pytest.fixture(scope="session")
def digits() -> Dataset:
    return load("digits")


@pytest.fixture(scope="session")
def digits_report(report_on, digits) -> Report:
    return report_on(digits)


@pytest.fixture(scope="session")
def table_report(report_on, table) -> Report:
    return report_on(table, ok=False, converged=False)


@pytest.fixture(scope="session")
def many_classes_report(report_on, many_classes) -> Report:
    return report_on(many_classes)


@pytest.fixture(scope="session")
def wine_report(report_on) -> Report:
    return report_on(load("wine"), test=None)


def _network_report(dataset: Dataset, **options: object) -> Report:
    held_out = np.arange(dataset.n_rows) % 4 == 0
    learned, rest = dataset.take(~held_out), dataset.take(held_out)
    columns = make_network_preprocessor(dataset, as_images="layers" in options)
    classifier = SoftmaxNetwork(max_epochs=3, early_stopping=True, schedule="cosine", **options)
    return build_report(
        dataset=dataset,
        pipeline=Pipeline([("columns", columns), ("classifier", classifier)]).fit(learned.X, learned.y),
        train=(learned.X, learned.y),
        test=(rest.X, rest.y),
        gradient_check=gradient_outcome(_check(), "layer 0, Dense: W[3, 4]"),
        seconds=1.5,
        settings={"model": "network"},
    )


@pytest.fixture(scope="session")
def network_report(digits) -> Report:
    return _network_report(digits, hidden=(60,))


@pytest.fixture(scope="session")
def cnn_report(digits) -> Report:
    layers = convolutional_layers((8, 8), (16,), "relu", dropout=0.0, batch_norm=True)
    return _network_report(digits, layers=layers)


@pytest.fixture(scope="session")
def table_network_report(table) -> Report:
    return _network_report(table, hidden=(4,))


@pytest.fixture(scope="session")
def standalone() -> Callable[[str], ElementTree.Element]:
    """Parse a page as XML, having made sure that it is well formed, loads nothing and runs nothing."""

    def parse(page: str) -> ElementTree.Element:
        assert page.startswith("<!DOCTYPE html>")
        # Only <meta> is left open in HTML.
        root = ElementTree.fromstring(re.sub(r"<meta[^>]*>", "", page.removeprefix("<!DOCTYPE html>")))
        for element in root.iter():
            assert element.tag not in ("script", "link", "iframe", "object", "embed", "img")
            assert not any(name.startswith("on") or name in ("src", "href") for name in element.attrib)
        assert not re.search(r"@import|url\(|https?:", page)
        return root

    return parse
