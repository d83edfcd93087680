"""metrics.json: how good a model is, and what is needed to use it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pminusy.datasets import Dataset, Reading
from pminusy.errors import ModelDirectoryError
from pminusy.report.plain import from_plain, to_plain
from pminusy.runs.directory import MODEL, NETWORK, OLD_MODEL

if TYPE_CHECKING:  # reading a manifest does without
    from pminusy.report.model import Report

FORMAT = 5
"""Raised whenever a model directory changes in a way that an older version cannot read."""

_SAFETENSORS_FORMAT = 5  # the first whose model file is no archive of skops


@dataclass(frozen=True)
class Manifest:
    """What a saved model is.

    Attributes
    ----------
    format : int
        Of the directory; see `FORMAT`.
    pminusy : str
        The version that wrote it.
    sha256 : str
        Of the model file, in hexadecimal.
    kind : str
        "table", "matrix" or "image": what it was trained on.
    target : str
        The column or array that it predicts.
    columns : tuple of str or None
        The columns that it needs, of tables; None for arrays, whose columns have no names.
    n_columns : int
        Their number.
    classes : tuple of str
    network_sha256 : str or None
        Of the network's file, where the model is a network.
    reading : Reading
        What was said of how its data are written; rows to predict are read alike.
    """

    format: int
    pminusy: str
    sha256: str
    kind: str
    target: str
    columns: tuple[str, ...] | None
    n_columns: int
    classes: tuple[str, ...]
    network_sha256: str | None = None
    reading: Reading = field(default_factory=Reading)

    @property
    def model(self) -> str:
        """The name of the model file."""
        return OLD_MODEL if self.format < _SAFETENSORS_FORMAT else MODEL


@dataclass(frozen=True)
class Seconds:
    """Wall time of a fit.

    Attributes
    ----------
    total : float
        From the start to a model that is scored and checked; writing the files comes after.
    load : float
        Reading the data and dividing the rows.
    fit : float
        Encoding the columns and running the solver.
    """

    total: float
    load: float
    fit: float


def describe_model(dataset: Dataset, classes: list[Any], folder: Path, reading: Reading) -> Manifest:
    """Describe a model that was just written.

    Parameters
    ----------
    dataset : Dataset
        What it was trained on.
    classes : list of int or str
    folder : Path
        Where its files are.
    reading : Reading

    Returns
    -------
    Manifest

    Examples
    --------
    >>> describe_model(dataset, ["a", "b"], Path("iris-model"), Reading())... .format   # doctest: +SKIP
    5
    """
    network = folder / NETWORK
    return Manifest(
        format=FORMAT,
        pminusy=version("pminusy"),
        sha256=sha256(folder / MODEL),
        kind=dataset.kind,
        target=dataset.target_name,
        columns=dataset.feature_names if dataset.kind == "table" else None,
        n_columns=len(dataset.feature_names),
        classes=tuple(map(str, classes)),
        network_sha256=sha256(network) if network.exists() else None,
        reading=reading,
    )


def metrics_json(report: Report, seconds: Seconds, manifest: Manifest) -> str:
    """Return the text of metrics.json.

    Parameters
    ----------
    report : Report
        Its scores and how training ended are taken; `test` is null where nothing was held out.
    seconds : Seconds
    manifest : Manifest

    Returns
    -------
    str
        JSON; a number that is not finite is null.

    Examples
    --------
    >>> json.loads(metrics_json(report, seconds, manifest))["test"]["accuracy"]   # doctest: +SKIP
    0.969
    """
    content = {
        "train": to_plain(report.train),
        "test": to_plain(report.test),
        **_training(report),
        "seconds": to_plain(seconds),
        "model": to_plain(manifest),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _training(report: Report) -> dict[str, Any]:
    """How training ended, without its history."""
    if report.network:
        return {"network": to_plain(report.network.training)}
    solver = to_plain(report.solver)
    del solver["history"]
    return {"solver": solver}


def parse_manifest(text: str, where: str) -> Manifest:
    """Read the manifest in the text of metrics.json.

    Parameters
    ----------
    text : str
    where : str
        The file's path, for messages.

    Returns
    -------
    Manifest

    Raises
    ------
    ModelDirectoryError
        The text isn't JSON or holds no manifest, or a newer version wrote it.

    Examples
    --------
    >>> parse_manifest("{}", "metrics.json")
    Traceback (most recent call last):
    pminusy.errors.ModelDirectoryError: metrics.json: expected the entry "model" with a format number
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelDirectoryError(f"{where}: not readable as JSON: {error}") from error
    model = content.get("model") if isinstance(content, Mapping) else None
    if not isinstance(model, Mapping) or not isinstance(model.get("format"), int):
        raise ModelDirectoryError(f'{where}: expected the entry "model" with a format number')
    if model["format"] > FORMAT:
        raise ModelDirectoryError(
            f"{where}: written by pminusy {model.get('pminusy')} in format {model['format']}, newer than "
            f"this version ({version('pminusy')}, format {FORMAT}) can read; upgrade pminusy"
        )
    return from_plain(Manifest, model, f"{where}: model")


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
