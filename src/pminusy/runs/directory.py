"""A model directory: what it holds, and how it comes to be, whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pminusy.errors import ModelDirectoryError, ModelFileError
from pminusy.files import put_in_place
from pminusy.staging import clear_abandoned, staging

MODEL = "model.safetensors"
OLD_MODEL = "model.skops"  # in its place, up to format 4
NETWORK = "network.safetensors"  # beside it, where the model is a network
METRICS = "metrics.json"
REPORT = "report.json"
PAGE = "report.html"
FILES = (MODEL, METRICS, REPORT, PAGE)


def default_directory(source: str | Sequence[str]) -> Path:
    """Name the directory of a fit that was given none.

    Examples
    --------
    >>> default_directory("data/penguins.csv").name
    'penguins-model'
    >>> default_directory(["sales/2023.csv", "sales/2024.csv"]).name
    'sales-model'
    """
    from pminusy.datasets import find_sources

    return Path(f"{find_sources([source] if isinstance(source, str) else source).name}-model")


def check_destination(path: Path, *, force: bool) -> None:
    """Refuse, before any work is done, a place that a model directory cannot be written to.

    What killed runs left there is removed first.

    Parameters
    ----------
    path : Path
    force : bool
        Whether a directory may be replaced that is empty, or holds the files of a model and no others.

    Raises
    ------
    ModelDirectoryError
        There is something already, and it may not be replaced; or nothing can be written there.

    Examples
    --------
    >>> check_destination(Path.home(), force=True)   # doctest: +SKIP
    Traceback (most recent call last):
    pminusy.errors.ModelDirectoryError: /home/me: holds 'photos', which is no part of a model, so ...
    """
    clear_abandoned(path.resolve())
    if path.is_dir():
        _check_replaceable(path, force)
    elif os.path.lexists(path):
        raise ModelDirectoryError(f"{path}: expected a directory or a new path, got a file")
    parent = next(folder for folder in path.absolute().parents if folder.exists())
    if not parent.is_dir():
        raise ModelDirectoryError(f"{path}: cannot be written: {parent} is a file")
    if not os.access(parent, os.W_OK):
        raise ModelDirectoryError(f"{path}: cannot be written: no permission to write in {parent}")


@contextmanager
def new_directory(path: Path, *, force: bool) -> Iterator[Path]:
    """Give a folder to write a model's files to; when the block ends it takes its place, on an error it goes.

    Parameters
    ----------
    path : Path
        Where the directory will be. Until all is written, what was there stays whole.
    force : bool
        As for `check_destination`.

    Raises
    ------
    ModelDirectoryError
        As `check_destination` raises it, or the writing failed.

    Examples
    --------
    >>> with new_directory(Path("digits-model"), force=False) as folder:   # doctest: +SKIP
    ...     (folder / "metrics.json").write_text("{}")
    """
    check_destination(path, force=force)
    final = path.resolve()
    try:
        with _folder(final.parent), staging(final) as folder:
            new = folder / "new"
            new.mkdir()
            yield new
            put_in_place(new, final)
    except OSError as error:
        raise _not_written(path, error) from error
    except ModelFileError as error:  # of a network's own file, which names the hidden folder
        raise _not_written(path, error.__cause__ or error) from error


def _not_written(path: Path, error: BaseException) -> ModelDirectoryError:
    return ModelDirectoryError(f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}")


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """Make a folder and those above it; on an error those that were missing are removed."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _check_replaceable(path: Path, force: bool) -> None:
    if not force:
        raise ModelDirectoryError(
            f"{path}: already exists; use --force to overwrite it, or --out to choose another directory"
        )
    held = sorted(os.listdir(path))
    foreign = [name for name in held if name not in (*FILES, OLD_MODEL, NETWORK)]
    if foreign:
        raise ModelDirectoryError(
            f"{path}: contains {foreign[0]!r}, which is not part of a model, so it was not overwritten"
        )
