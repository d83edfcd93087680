"""Rows read and encoded, on disk: in a folder for temporary files, or in one from which later fits begin."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pminusy.array_file import read_arrays, write_arrays
from pminusy.blocks.files.columns import Columns
from pminusy.blocks.files.decoded import DecodedRows
from pminusy.blocks.files.stamps import Stamp
from pminusy.datasets import Dataset, Sources
from pminusy.datasets.dataset import Role
from pminusy.datasets.encoders.kinds import KINDS
from pminusy.datasets.encoders.table import Table
from pminusy.datasets.pieces.stored import StoredTable, TableWriter
from pminusy.datasets.pieces.typed import TypedParts, TypedRows
from pminusy.errors import InputError, ModelFileError
from pminusy.files import put_in_place
from pminusy.runs.options import FitOptions
from pminusy.runs.stored_values import decode, encode
from pminusy.staging import staging

ROWS = "rows"
"""Name of the file of encoded rows."""

_KIND, _STATE, _SAMPLE, _KEY = "prepared", "state.safetensors", "sample.arrow", "key.json"
_FORMAT = 1
_IN_STATE = (
    "name",
    "source",
    "kind",
    "target_name",
    "feature_names",
    "roles",
    "notes",
    "notations",
    "n_labelled",
)


@dataclass(frozen=True, eq=False)
class Prepared:
    """All that a fit needs of rows in files.

    Attributes
    ----------
    dataset : Dataset
        As `pminusy.datasets.pieces.survey` gives it.
    parts : TypedParts
    columns : Table
        Fitted.
    rows : DecodedRows
        The rows to learn from, encoded.
    cached : bool
        Whether an earlier fit prepared them.
    """

    dataset: Dataset
    parts: TypedParts
    columns: Table
    rows: DecodedRows
    cached: bool


@contextmanager
def prepared_rows(
    sources: Sources,
    test: Sources | None,
    options: FitOptions,
    memory: int,
    prepare: Callable[[Path], tuple[Dataset, TypedParts, Table]],
) -> Iterator[Prepared]:
    """Rows as `prepare` writes them to a folder; where there is a cache that is still good, they are in it.

    Parameters
    ----------
    sources, test : Sources
        The files; `test` may be None.
    options : FitOptions
    memory : int
        Bytes for what is read of the encoded rows.
    prepare : callable
        Takes an empty folder, and leaves the tables and encoded rows in it.

    Raises
    ------
    InputError
        As `prepare`, or the cache is damaged.
    """
    if options.beyond.cache is None:
        with tempfile.TemporaryDirectory(prefix="pminusy-rows-") as temporary:
            folder = Path(temporary)
            _keep(folder, *prepare(folder))
            yield _open(folder, memory, cached=False)
        return
    key = _key(sources, test, options)
    place = options.beyond.cache.resolve() / _name(key)
    cached = _is_of(place, key)
    if not cached:
        place.parent.mkdir(parents=True, exist_ok=True)
        with staging(place) as staged:
            folder = staged / "new"
            folder.mkdir()
            _keep(folder, *prepare(folder))
            (folder / _KEY).write_text(json.dumps(key))
            put_in_place(folder, place)
    yield _open(place, memory, cached=cached)


def _keep(folder: Path, dataset: Dataset, parts: TypedParts, columns: Table) -> None:
    assert isinstance(dataset.X, pl.DataFrame)
    with TableWriter(folder / _SAMPLE) as writer:
        writer.add(dataset.X)
    arrays: dict[str, np.ndarray] = {}
    state = {
        "dataset": {name: getattr(dataset, name) for name in _IN_STATE},
        "y": dataset.y,
        "columns": columns,
        "names": columns.names(),
        "classes": parts.classes,
        "double": parts.double,
        "parts": {
            name: {"codes": part.codes, "file": part.table.path.name, "integers": tuple(part.table.types)}
            for name, part in (("train", parts.train), ("test", parts.test))
        },
    }
    write_arrays(folder / _STATE, _KIND, arrays, encode(state, "state", arrays))


def _open(folder: Path, memory: int, *, cached: bool) -> Prepared:
    try:
        arrays, content = read_arrays(folder / _STATE, _KIND)
        state = decode(content, arrays, KINDS | {Role.__name__: Role})
    except (ModelFileError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"cache: {folder} cannot be read: {error}; remove it") from error
    sample = list(StoredTable(folder / _SAMPLE, len(state["y"]), {}).pieces())
    dataset = Dataset(X=pl.concat(sample), y=state["y"], image_shape=None, held_out=None, **state["dataset"])
    train, test = (_part(folder, state["parts"][name]) for name in ("train", "test"))
    columns = state["columns"]
    dtype = columns.transform(dataset.X[:1]).dtype
    shape = len(train.codes), len(state["names"])
    with (folder / ROWS).open("rb") as file:
        rows = DecodedRows(file, shape, Columns(tuple(state["names"]), None, dtype), memory)
    return Prepared(
        dataset, TypedParts(state["classes"], train, test, state["double"]), columns, rows, cached
    )


def _part(folder: Path, state: dict[str, Any]) -> TypedRows:
    types = dict.fromkeys(state["integers"], pl.Int64())
    return TypedRows(StoredTable(folder / state["file"], len(state["codes"]), types), state["codes"])


def _key(sources: Sources, test: Sources | None, options: FitOptions) -> dict[str, Any]:
    """All that decides what the rows are."""
    found = {
        "format": _FORMAT,
        "pminusy": version("pminusy"),
        "files": [asdict(Stamp.of(Path(file))) for file in sources.files],
        "test files": [asdict(Stamp.of(Path(file))) for file in test.files] if test else None,
        "given": sources.given,
        "reading": asdict(options.reading),
        **{name: getattr(options, name) for name in ("target", "drop", "test_size", "seed")},
        "roles": dict(options.roles),
    }
    plain: dict[str, Any] = json.loads(json.dumps(found))
    return plain


def _name(key: dict[str, Any]) -> str:
    """The same whether or not the files have changed, so that a new cache takes the place of an old one."""
    paths = {name: key[name] and [each["path"] for each in key[name]] for name in ("files", "test files")}
    return sha256(json.dumps(key | paths).encode()).hexdigest()[:16]


def _is_of(folder: Path, key: dict[str, Any]) -> bool:
    try:
        return bool(json.loads((folder / _KEY).read_text()) == key)
    except (OSError, ValueError):
        return False
