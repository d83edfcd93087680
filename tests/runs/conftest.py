"""Small data files, and a model directory trained on one of them."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions


@pytest.fixture(scope="session")
def fruit_rows() -> list[str]:
    """Rows of a table of two classes that weight and colour tell apart, one value missing."""
    rng = np.random.default_rng(0)
    rows = []
    for i in range(60):
        kind = ("apple", "plum")[i % 2]
        weight = rng.normal((150, 30)[i % 2], 10)
        rows.append(f"{'' if i == 7 else f'{weight:.1f}'},{('red', 'blue', 'green')[i % 3]},{kind}")
    return rows


@pytest.fixture(scope="session")
def write_table(tmp_path_factory) -> Callable[..., str]:
    """Write a CSV file and return its path."""

    def write(rows: list[str], header: str = "weight,colour,kind", name: str = "fruit.csv") -> str:
        path = tmp_path_factory.mktemp("data") / name
        path.write_text("\n".join([header, *rows, ""]))
        return str(path)

    return write


@pytest.fixture(scope="session")
def fruit(write_table, fruit_rows) -> str:
    return write_table(fruit_rows)


@pytest.fixture(scope="session")
def fruit_options() -> FitOptions:
    return FitOptions(target="kind")


@pytest.fixture(scope="session")
def _fruit_model(tmp_path_factory, fruit, fruit_options) -> Path:
    directory = tmp_path_factory.mktemp("models") / "fruit-model"
    fit(fruit, directory, fruit_options)
    return directory


@pytest.fixture
def fruit_model(_fruit_model, tmp_path) -> Path:
    """A model directory of one's own, to break at will."""
    return Path(copytree(_fruit_model, tmp_path / "fruit-model"))
