"""A fit to rows beyond memory: read in pieces, encoded once on disk, and fitted to from there."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sklearn.pipeline import Pipeline

from pminusy.datasets import Dataset, Sources, find_sources
from pminusy.datasets.dataset import Role
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.loading import settled_roles
from pminusy.datasets.pieces.encoded import learn_columns, write_encoded
from pminusy.datasets.pieces.raw import FilesInPieces
from pminusy.datasets.pieces.size import default_memory
from pminusy.datasets.pieces.survey import survey
from pminusy.datasets.pieces.typed import TypedParts, TypedRows, store_parts, store_test
from pminusy.errors import DataError, InputError
from pminusy.kernels.parallel import threads
from pminusy.report.build import class_names, compose_report
from pminusy.report.predictions import Predictions, predict
from pminusy.report.scored import Scored, score
from pminusy.runs.linear import LinearRecipe
from pminusy.runs.manifest import Seconds
from pminusy.runs.on_dask import cluster_at, spread
from pminusy.runs.options import DEFAULT_TEST_SIZE, FitOptions, LinearOptions
from pminusy.runs.prepared import ROWS, Prepared, prepared_rows
from pminusy.runs.recipe import Recipe
from pminusy.runs.settings import fit_settings
from pminusy.runs.train_test import check_labels
from pminusy.runs.trained import Finished
from pminusy.runs.watch import Watcher


def fit_in_pieces(
    sources: Sources, options: FitOptions, recipe: Recipe, why: str, watcher: Watcher, start: float
) -> Finished:
    """Fit to rows of which only some are in memory at a time.

    Parameters
    ----------
    sources : Sources
    options : FitOptions
    recipe : Recipe
    why : str
        As `pminusy.runs.needed_memory.why_in_pieces` says it.
    watcher : Watcher
        Told how far each pass is.
    start : float
        When the fit began, by `time.perf_counter`.

    Returns
    -------
    Finished

    Raises
    ------
    InputError
        What is asked for needs all rows in memory, or the files cannot be used.
    """
    linear = _checked(recipe, options, why)
    memory = options.beyond.n_bytes or default_memory()
    test = None if options.test is None else find_sources([options.test])

    def prepare(folder: Path) -> tuple[Dataset, TypedParts, Table]:
        return _prepare(sources, test, options, why, memory, folder, watcher)

    with (
        _cluster(options.beyond.dask, watcher) as client,
        prepared_rows(sources, test, options, memory, prepare) as rows,
    ):
        dataset, parts, columns = _noted(rows, sources, options, why), rows.parts, rows.columns
        watcher.read(dataset)
        loaded = time.perf_counter()
        codes = parts.train.codes
        X, y = (rows.rows, codes) if client is None else spread(rows.rows, codes, client)
        pipeline = linear.fit_rows(columns, X, y, parts.classes, watcher)
        fitted = time.perf_counter()
        watcher.stage("scoring")
        with threads(options.threads):
            learned = _scored(dataset, pipeline, parts.train, "train", watcher)
            held_out = (
                _scored(dataset, pipeline, parts.test, "test", watcher) if len(parts.test.codes) else None
            )
            check = linear.check_gradient(pipeline, dataset)
    seconds = Seconds(total=time.perf_counter() - start, load=loaded - start, fit=fitted - loaded)
    test_rows = "held out by a hash of the row number" if held_out else None
    report = compose_report(
        dataset=dataset,
        pipeline=pipeline,
        train=learned,
        test=held_out,
        gradient_check=check,
        seconds=seconds.total,
        settings=linear.settings(pipeline) | fit_settings(options, test_rows),
    )
    return Finished(dataset, pipeline, report, seconds)


def _checked(recipe: Recipe, options: FitOptions, why: str) -> LinearRecipe:
    """The recipe, if it can do with rows in pieces."""
    because, more = f"rows are read in pieces ({why})", _or_more_memory(why)
    if not isinstance(recipe, LinearRecipe):
        raise InputError(
            f"model: on the command line, a network needs all rows in memory, and {because}; use --model linear{more}"
        )
    assert isinstance(options.model, LinearOptions)
    if options.model.C == "auto":
        raise InputError(f"C: cross-validation needs all rows in memory, and {because}; give a number{more}")
    if options.model.l1_ratio:
        raise InputError(
            f"l1-ratio: an L1 penalty needs all rows in memory, and {because}; leave it out{more}"
        )
    return recipe


def _or_more_memory(why: str) -> str:
    """What else helps where nobody asked for pieces."""
    return "" if why.startswith("--") else ", or read them at once with a larger --memory"


def _prepare(
    sources: Sources,
    test: Sources | None,
    options: FitOptions,
    why: str,
    memory: int,
    folder: Path,
    watcher: Watcher,
) -> tuple[Dataset, TypedParts, Table]:
    """Write all rows to a folder, typed and encoded."""
    dataset, parts = _read(sources, test, options, why, folder, watcher)
    train = parts.train.table
    told = _passes(watcher, train.n_rows)
    watcher.stage("learning the columns")
    columns = learn_columns(train, dataset, double=parts.double, told=told)
    watcher.stage("encoding")
    write_encoded(train, columns, folder / ROWS, memory, told)
    return dataset, parts, columns


def _read(
    sources: Sources, test: Sources | None, options: FitOptions, why: str, folder: Path, watcher: Watcher
) -> tuple[Dataset, TypedParts]:
    """All rows on disk, typed, and what was inferred of them."""
    watcher.stage("reading")
    files = FilesInPieces(sources, options.reading)
    dataset = survey(
        files,
        name=sources.name,
        source=sources.shown,
        target=options.target,
        drop=options.drop,
        roles=settled_roles(options.roles),
        reading=options.reading,
        told=watcher.passed,
    ).dataset
    _refuse_text(dataset, why)
    watcher.stage("reading, second pass")
    share = 0.0 if test else DEFAULT_TEST_SIZE if options.test_size is None else options.test_size
    parts = store_parts(
        files, dataset, options.reading, folder, share=share, seed=options.seed, told=watcher.passed
    )
    return dataset, replace(
        parts, test=_read_test(test, options, dataset, parts, folder, watcher)
    ) if test else parts


def _noted(rows: Prepared, sources: Sources, options: FitOptions, why: str) -> Dataset:
    """The data set with what is to be said of how its rows were read."""
    n_files = "1 file" if len(sources.files) == 1 else f"{len(sources.files):,} files"
    where = (
        f"taken from the cache in {options.beyond.cache}" if rows.cached else f"read in pieces from {n_files}"
    )
    notes = [where if why.startswith("--") else f"{where}: {why}"]
    n_test = len(rows.parts.test.codes)
    if n_test and options.test is None:
        notes.append(
            f"held out {n_test:,} of {rows.dataset.n_rows:,} rows by a hash of their number (seed {options.seed}); the "
            "first row of each class stays to learn from"
        )
    return replace(rows.dataset, notes=(*rows.dataset.notes, *notes))


@contextmanager
def _cluster(address: str | None, watcher: Watcher) -> Iterator[Any]:
    """The client of the cluster to fit on; None where there is none."""
    if address is None:
        yield None
        return
    watcher.stage("reaching the cluster")
    with (
        tempfile.TemporaryDirectory(prefix="pminusy-dask-") as folder,
        cluster_at(address, Path(folder)) as client,
    ):
        yield client


def _refuse_text(dataset: Dataset, why: str) -> None:
    text = [name for name, role in dataset.roles.items() if role is Role.TEXT]
    if text:
        raise DataError(
            f"column {text[0]!r}: text is encoded by the words of all rows, which have to be in memory for it, and "
            f"rows are read in pieces; leave it out with --drop {text[0]}, or use it with --role {text[0]}=category"
            f"{_or_more_memory(why)}"
        )


def _read_test(
    sources: Sources, options: FitOptions, dataset: Dataset, parts: TypedParts, folder: Path, watcher: Watcher
) -> TypedRows:
    watcher.stage("reading the test rows")
    try:
        needed = (*dataset.feature_names, dataset.target_name)
        files = FilesInPieces(sources, options.reading, needed)
        labels, rows = store_test(files, dataset, options.reading, folder, parts, watcher.passed)
    except InputError as error:
        raise DataError(f"test data {sources.shown}: {error}") from error
    check_labels(labels, parts.classes, sources.shown)
    return rows


def _passes(watcher: Watcher, n_rows: int) -> Callable[[int], None]:
    return lambda n_done: watcher.passed(n_done / max(1, n_rows), n_done)


def _scored(dataset: Dataset, pipeline: Pipeline, rows: TypedRows, part: str, watcher: Watcher) -> Scored:
    told = _passes(watcher, rows.table.n_rows)

    def blocks() -> Iterator[Predictions]:
        start = 0
        for piece in rows.table.pieces():
            labels = pipeline.classes_[rows.codes[start : start + piece.height]]
            yield predict(pipeline, piece, labels, part=part)
            start += piece.height
            told(start)

    return score(dataset, blocks(), class_names(pipeline))
