"""Cross-validate `SoftmaxNetwork()` and scikit-learn's `MLPClassifier()`, both with their defaults, on small tables.

    python -m benchmarks.networks.small_tables [--tables iris,wine] [--repeats N]

Both get the same folds of repeated stratified 5-fold cross-validation, standardised by the training part, and one
thread. Prints a table, and writes it to benchmarks/NETWORKS.md unless only some of the tables were asked for. Needs the
packages of the `bench` extra, which ship the tables.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss
from sklearn.model_selection import RepeatedStratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from benchmarks.machine import describe_machine
from benchmarks.networks.document import write_section
from benchmarks.networks.tables import CHOSEN_ON, TABLES, Table
from pminusy import SoftmaxNetwork

Array = np.ndarray
N_FOLDS = 5
NOISE = 2.0  # standard errors
COLUMNS = (
    "table",
    "rows × columns, classes",
    *("accuracy", "`MLPClassifier`", "difference"),
    *("log loss", "`MLPClassifier`", "difference"),
    *("seconds", "`MLPClassifier`"),
)


@dataclass(frozen=True)
class Scores:
    """What a classifier reached in each split: accuracy, log loss and the seconds of the fit."""

    accuracy: Array
    loss: Array
    seconds: Array


def main() -> None:
    arguments = _arguments()
    tables = [table for table in TABLES if not arguments.tables or _short(table) in arguments.tables]
    warm_up()
    rows, scored = [], []
    for table in tables:
        print(f"{table.name} …", file=sys.stderr)
        X, y = table.load()
        ours, theirs = compare(X, y, arguments.repeats)
        scored.append((ours, theirs))
        size = f"{X.shape[0]:,} × {X.shape[1]}, {len(np.unique(y))}"
        rows.append([table.name, size, *_cells(ours, theirs)])
    text = "\n".join([*_lines(rows), _means(scored), "", _caption(arguments.repeats)])
    print(text)
    if not arguments.tables:
        write_section("Small tables", f"`python -m benchmarks.networks.small_tables`\n\n{text}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.networks.small_tables", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--tables", type=lambda text: text.split(","), default=[])
    parser.add_argument("--repeats", type=int, default=2)
    arguments = parser.parse_args()
    names = [_short(table) for table in TABLES]
    if unknown := set(arguments.tables) - set(names):
        parser.error(f"--tables: expected some of {', '.join(names)}, got {', '.join(sorted(unknown))}")
    return arguments


def _short(table: Table) -> str:
    return table.name.split(", ")[1]


def warm_up() -> None:
    """Compile, or read from the cache, what a fit runs."""
    X = np.random.default_rng(0).standard_normal((100, 3))
    SoftmaxNetwork(max_epochs=1, n_threads=1).fit(X, np.arange(100) % 3).predict_proba(X)


def compare(X: Array, y: Array, n_repeats: int) -> tuple[Scores, Scores]:
    """Ours and theirs, each fitted to the same splits."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # theirs says it on most tables
        pairs = [
            (_measure(SoftmaxNetwork(n_threads=1), *parts), _measure(MLPClassifier(random_state=0), *parts))
            for parts in _splits(X, y, n_repeats)
        ]
    ours, theirs = (Scores(*map(np.array, zip(*scores, strict=True))) for scores in zip(*pairs, strict=True))
    return ours, theirs


def _splits(X: Array, y: Array, n_repeats: int) -> Iterator[tuple[Array, Array, Array, Array]]:
    folds = RepeatedStratifiedKFold(n_splits=N_FOLDS, n_repeats=n_repeats, random_state=0)
    for train, test in folds.split(X, y):
        scaler = StandardScaler().fit(X[train])
        yield scaler.transform(X[train]), y[train], scaler.transform(X[test]), y[test]


def _measure(
    model: SoftmaxNetwork | MLPClassifier, X: Array, y: Array, X_test: Array, y_test: Array
) -> tuple:
    began = time.perf_counter()
    model.fit(X, y)
    seconds = time.perf_counter() - began
    P = model.predict_proba(X_test)
    accuracy = np.mean(model.classes_[P.argmax(axis=1)] == y_test)
    return accuracy, log_loss(y_test, P, labels=model.classes_), seconds


def _cells(ours: Scores, theirs: Scores) -> list[str]:
    cells = []
    for a, b, sign, form in (
        (ours.accuracy, theirs.accuracy, 1, _percent),
        (ours.loss, theirs.loss, -1, _decimals),
    ):
        cells += [form(a.mean()), form(b.mean()), _difference(a - b, sign, form)]
    return [*cells, *(f"{np.median(scores.seconds):.2f}" for scores in (ours, theirs))]


def _difference(differences: Array, sign: int, form) -> str:
    """The mean and its standard error; bold where it is better by more than the noise, crossed out where it is worse.

    The training parts of the splits overlap, so the variance of the mean is that of a difference times 1/n + the ratio
    of test to training rows (C. Nadeau and Y. Bengio, Machine Learning 52 (2003) 239-281).
    """
    mean = differences.mean()
    error = np.sqrt(differences.var(ddof=1) * (1 / len(differences) + 1 / (N_FOLDS - 1)))
    text = f"{form(mean, signed=True)} ± {form(error)}"
    if abs(mean) <= NOISE * error:
        return text
    return f"**{text}**" if sign * mean > 0 else f"~~{text}~~"


def _percent(share: float, *, signed: bool = False) -> str:
    return f"{share:+.1%}" if signed else f"{share:.1%}"


def _decimals(value: float, *, signed: bool = False) -> str:
    return f"{value:+.3f}" if signed else f"{value:.3f}"


def _lines(rows: list[list[str]]) -> Iterator[str]:
    for row in (COLUMNS, ["---"] * len(COLUMNS), *rows):
        yield f"| {' | '.join(row)} |"


def _means(scored: list[tuple[Scores, Scores]]) -> str:
    """The last row: means over tables, and the seconds of one fit of each."""
    accuracy, loss = (
        [np.mean([getattr(pair[i], what).mean() for pair in scored]) for i in (0, 1)]
        for what in ("accuracy", "loss")
    )
    seconds = [f"{sum(statistics.median(pair[i].seconds) for pair in scored):.2f}" for i in (0, 1)]
    cells = [
        "mean; sum of seconds",
        "",
        *map(_percent, accuracy),
        _percent(accuracy[0] - accuracy[1], signed=True),
    ]
    cells += [*map(_decimals, loss), _decimals(loss[0] - loss[1], signed=True), *seconds]
    return f"| {' | '.join(cells)} |"


def _caption(n_repeats: int) -> str:
    return (
        f"{describe_machine()}; one thread each; {n_repeats} × {N_FOLDS}-fold cross-validation, mean over splits, "
        "median seconds of a fit. Differences with their standard errors are ours minus theirs: bold where ours is "
        "better by more than two standard errors, struck through where it is worse. The defaults were chosen on other "
        f"tables: {CHOSEN_ON}."
    )


if __name__ == "__main__":
    main()
