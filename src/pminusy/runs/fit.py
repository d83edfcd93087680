"""A fit: data in, a model directory out."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pminusy.datasets import Dataset, Sources, find_sources
from pminusy.kernels.parallel import threads
from pminusy.report.build import build_report
from pminusy.report.html import render_html
from pminusy.report.model import Report
from pminusy.runs.directory import METRICS, MODEL, PAGE, REPORT, check_destination, new_directory
from pminusy.runs.in_pieces import fit_in_pieces
from pminusy.runs.manifest import Seconds, describe_model, metrics_json
from pminusy.runs.needed_memory import why_in_pieces
from pminusy.runs.options import FitOptions
from pminusy.runs.recipe import Recipe, recipe_for
from pminusy.runs.seal import sealed
from pminusy.runs.settings import fit_settings
from pminusy.runs.storage import save_pipeline
from pminusy.runs.train_test import Parts, read_parts
from pminusy.runs.trained import Finished, Trained
from pminusy.runs.watch import UNWATCHED, Watcher


def fit(
    source: str | Sequence[str],
    directory: Path,
    options: FitOptions,
    *,
    force: bool = False,
    watcher: Watcher = UNWATCHED,
) -> Report:
    """Train on a data file and write the model directory.

    Parameters
    ----------
    source : str, or a sequence of str
        As for `pminusy.datasets.load`.
    directory : Path
        Where to write; it appears, or is replaced, only once everything in it is complete.
    options : FitOptions
    force : bool
        Replace a model directory that is there already.
    watcher : Watcher
        Told how far the fit is.

    Returns
    -------
    Report
        It also says how training ended; a solver that did not converge is no error.

    Raises
    ------
    ModelDirectoryError
        The directory cannot be written, or exists; nothing is read before that is settled.
    InputError
        The data or an option cannot be used.

    Examples
    --------
    >>> report = fit("digits", Path("digits-model"), FitOptions())   # doctest: +SKIP
    """
    start = time.perf_counter()
    recipe = recipe_for(options)
    check_destination(directory, force=force)
    sources = find_sources([source] if isinstance(source, str) else source)
    if why := why_in_pieces(sources, options.beyond):
        finished = fit_in_pieces(sources, options, recipe, why, watcher, start)
    else:
        finished = _fit_at_once(sources, options, recipe, watcher, start)
    watcher.stage("writing")
    _save(finished, directory, options, force=force)
    return finished.report


def _fit_at_once(
    sources: Sources, options: FitOptions, recipe: Recipe, watcher: Watcher, start: float
) -> Finished:
    watcher.stage("reading")
    parts = read_parts(sources.given, options)
    watcher.read(parts.dataset)
    loaded = time.perf_counter()
    train, validation = recipe.divide(parts.train)
    trained = recipe.train(train, validation, watcher)
    fitted = time.perf_counter()
    watcher.stage("scoring")
    with threads(options.threads):
        report = _score(parts, train, validation, trained, recipe, options)
    seconds = Seconds(total=time.perf_counter() - start, load=loaded - start, fit=fitted - loaded)
    return Finished(parts.dataset, trained.pipeline, replace(report, seconds=seconds.total), seconds)


def _save(finished: Finished, directory: Path, options: FitOptions, *, force: bool) -> None:
    pipeline, report = finished.pipeline, finished.report
    with new_directory(directory, force=force) as folder:
        save_pipeline(pipeline, folder / MODEL)
        manifest = describe_model(finished.dataset, pipeline.classes_.tolist(), folder, options.reading)
        _write(folder / METRICS, sealed(metrics_json(report, finished.seconds, manifest)))
        _write(folder / REPORT, sealed(report.to_json()))
        _write(folder / PAGE, render_html(report))


def _score(
    parts: Parts,
    train: Dataset,
    validation: Dataset | None,
    trained: Trained,
    recipe: Recipe,
    options: FitOptions,
) -> Report:
    return build_report(
        dataset=parts.dataset,
        pipeline=trained.pipeline,
        train=(train.X, train.y),
        encoded=trained.encoded,
        n_validation=validation.n_rows if validation else 0,
        test=parts.test,
        gradient_check=recipe.check_gradient(trained.pipeline, train),
        seconds=0.0,
        path=trained.path,
        settings=recipe.settings(trained.pipeline) | fit_settings(options, _test_rows(parts)),
    )


def _test_rows(parts: Parts) -> str | None:
    if parts.test is None:
        return None
    return "the data's own test set" if parts.train is parts.dataset else "held out at random"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
