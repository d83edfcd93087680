"""A model directory opened: checked first, then read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pminusy.errors import ModelDirectoryError
from pminusy.runs.directory import FILES, METRICS, NETWORK, OLD_MODEL, REPORT
from pminusy.runs.manifest import Manifest, parse_manifest, sha256
from pminusy.runs.old_storage import load_old_pipeline
from pminusy.runs.seal import unsealed
from pminusy.runs.storage import Predictor, load_pipeline, load_predictor

if TYPE_CHECKING:  # predictions do without
    from sklearn.pipeline import Pipeline

    from pminusy.report.model import Report


def read_manifest(directory: Path) -> Manifest:
    """Check a model directory and say what is in it.

    Parameters
    ----------
    directory : Path

    Returns
    -------
    Manifest

    Raises
    ------
    ModelDirectoryError
        There is no such directory, a file is missing or damaged, a newer version wrote it, or the model file
        is not the one that was written.

    Examples
    --------
    >>> read_manifest(Path("digits-model")).kind   # doctest: +SKIP
    'image'
    """
    if not directory.is_dir():
        found = "a file" if directory.exists() else "nothing"
        raise ModelDirectoryError(f"{directory}: expected a model directory, found {found}")
    manifest = parse_manifest(_text(directory / METRICS), str(directory / METRICS))
    _check_digest(directory / manifest.model, manifest.sha256)
    if manifest.network_sha256 is not None:
        _check_digest(directory / NETWORK, manifest.network_sha256)
    return manifest


def read_model(directory: Path) -> tuple[Manifest, Pipeline]:
    """Check a model directory and load its model.

    Parameters
    ----------
    directory : Path

    Returns
    -------
    manifest : Manifest
    pipeline : sklearn.pipeline.Pipeline

    Raises
    ------
    ModelDirectoryError
        As `read_manifest` raises it, or the model file isn't a model's.

    Examples
    --------
    >>> manifest, pipeline = read_model(Path("digits-model"))   # doctest: +SKIP
    """
    manifest = read_manifest(directory)
    path = directory / manifest.model
    return manifest, load_old_pipeline(path) if path.name == OLD_MODEL else load_pipeline(path)


def read_predictor(directory: Path) -> tuple[Manifest, Predictor]:
    """Check a model directory and load what predicting takes, without scikit-learn where that is possible.

    Parameters
    ----------
    directory : Path

    Returns
    -------
    manifest : Manifest
    predictor : Predictor

    Raises
    ------
    ModelDirectoryError
        As `read_model` raises it.

    Examples
    --------
    >>> manifest, predictor = read_predictor(Path("digits-model"))   # doctest: +SKIP
    """
    manifest = read_manifest(directory)
    path = directory / manifest.model
    if path.name == OLD_MODEL:
        pipeline = load_old_pipeline(path)
        return manifest, Predictor(
            pipeline["columns"], pipeline.classes_, pipeline["classifier"].predict_proba
        )
    return manifest, load_predictor(path)


def read_report(directory: Path) -> Report:
    """Check a model directory and read its report.

    Parameters
    ----------
    directory : Path

    Returns
    -------
    Report

    Raises
    ------
    ModelDirectoryError
        As `read_manifest` raises it, or the report is missing or damaged.

    Examples
    --------
    >>> read_report(Path("digits-model")).test.accuracy   # doctest: +SKIP
    0.969
    """
    from pminusy.report.model import Report

    read_manifest(directory)
    text = _text(directory / REPORT)
    try:
        return Report.from_json(text)
    except ModelDirectoryError as error:
        raise ModelDirectoryError(f"{directory / REPORT}: {error}") from error


def _check_digest(path: Path, digest: str) -> None:
    if sha256(_present(path)) != digest:
        raise ModelDirectoryError(
            f"{path}: changed since it was written (its SHA-256 does not match {METRICS})"
        )


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ModelDirectoryError(
            f"{path}: missing; a model directory contains {', '.join(FILES)}, plus {NETWORK} for a network"
        )
    return path


def _text(path: Path) -> str:
    try:
        text = _present(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelDirectoryError(
            f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    return unsealed(text, str(path))
