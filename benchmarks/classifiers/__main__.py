"""Measure every competitor on every problem, print a table for each and write them to benchmarks/RESULTS.md.

    python -m benchmarks.classifiers [--problems a,b] [--competitors a,b] [--rounds N] [--limit SECONDS]
    python -m benchmarks.classifiers --plot

A run of some problems replaces their sections only. As ratios belong to one run, a run of some competitors is
printed, not written. The data files come from `--data`, else from the folder that PMINUSY_DATA names.
"""

from __future__ import annotations

import argparse
import tempfile
import textwrap
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import joblib

from benchmarks.classifiers.arguments import GRADIENT, parse_arguments
from benchmarks.classifiers.competitors import COMPETITORS
from benchmarks.classifiers.document import gradient_sentence, write_document
from benchmarks.classifiers.gradient.measure import measure_gradient
from benchmarks.classifiers.measure import installed, measure_problem
from benchmarks.classifiers.problems import PROBLEMS, mnist
from benchmarks.classifiers.problems.problem import Data
from benchmarks.classifiers.results import load_results, save_results
from benchmarks.classifiers.table import as_text, caption, rows
from benchmarks.machine import describe_machine

Section = dict[str, Any]
_CANNOT = (FileNotFoundError, ModuleNotFoundError, RuntimeError)
_COLUMNS = 100


class Datasets:
    """Data prepared once for all workers, each kept as a file until the run ends."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder, self.scratch = folder, scratch

    def path(self, load: Callable[[Path], Data]) -> Path:
        """Where the workers find what `load` gives."""
        path = self.scratch / f"{load.__module__}.{load.__name__}"
        if not path.exists():
            joblib.dump(load(self.folder), path)
        return path


def main() -> None:
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as scratch:
        datasets = Datasets(arguments.data, Path(scratch))
        if arguments.plot:
            _plot(datasets, arguments)
        else:
            _tables(datasets, arguments)


def _tables(datasets: Datasets, arguments: argparse.Namespace) -> None:
    complete = set(arguments.competitors) == set(COMPETITORS)
    arguments.competitors = installed(arguments.competitors)
    for name in arguments.problems:
        results = load_results()
        try:
            if name == GRADIENT:
                results[GRADIENT] = _gradient(datasets, arguments)
            else:
                results.setdefault("problems", {})[name] = _problem(name, datasets, arguments)
        except _CANNOT as error:
            print(f"{name}: skipped, {error}\n", flush=True)
            continue
        if complete:
            _keep(results)


def _problem(name: str, datasets: Datasets, arguments: argparse.Namespace) -> Section:
    """What was measured, and on what; printed as well."""
    problem = PROBLEMS[name]
    path = datasets.path(problem.load)
    section = {
        **_describe(joblib.load(path)),
        "machine": _machine(),
        "fits": measure_problem(problem, path, arguments.competitors, arguments.rounds, arguments.limit),
    }
    _show(problem.title, caption(problem, section), as_text(rows(problem, section)))
    return section


def _describe(data: Data) -> Section:
    n_rows, n_features = data.X.shape
    return {
        "shape": f"{n_rows:,} × {n_features:,}, {data.n_classes:,} classes",
        "x_bytes": data.n_bytes,
        "held_out": data.X_test is not None,
    }


def _gradient(datasets: Datasets, arguments: argparse.Namespace) -> Section:
    section = {**measure_gradient(datasets.path(mnist.load), arguments.rounds), "machine": _machine()}
    _show(gradient_sentence(section))
    return section


def _plot(datasets: Datasets, arguments: argparse.Namespace) -> None:
    try:
        from benchmarks.classifiers.curves import measure_curves
        from benchmarks.classifiers.plot import draw

        curves = measure_curves(datasets.path(mnist.load), arguments.limit)
    except _CANNOT as error:
        raise SystemExit(f"plot: {error}") from error
    for path in draw(curves):
        print(path)
    _keep({**load_results(), "curves": {**curves, "machine": _machine()}})


def _show(*paragraphs: str) -> None:
    for paragraph in paragraphs:
        print(paragraph if "\n" in paragraph else textwrap.fill(paragraph, _COLUMNS, break_on_hyphens=False))
    print(flush=True)


def _keep(results: dict[str, Any]) -> None:
    save_results(results)
    write_document(results)


def _machine() -> str:
    """The machine and what is compared, for example "2 cores, x86-64; numpy 2.4.6, scikit-learn 1.9.1, no torch"."""
    return f"{describe_machine()}; " + ", ".join(map(_version, ("numpy", "scikit-learn", "torch")))


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


if __name__ == "__main__":
    main()
