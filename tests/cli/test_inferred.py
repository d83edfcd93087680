from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from pminusy.cli.inferred import print_inferred
from pminusy.runs.options import FitOptions
from pminusy.runs.train_test import read_parts


def inferred(source: str, **options) -> str:
    file = StringIO()
    print_inferred(read_parts(source, FitOptions(**options)).dataset, Console(file=file, width=80))
    return file.getvalue()


def test_images():
    assert inferred("digits").startswith("digits: 1,797 images of 8 × 8 pixels; target: digit, 10 classes\n")


def test_arrays(tmp_path):
    np.savez(tmp_path / "numbers.npz", X=np.ones((9, 1)), y=np.arange(9) % 2)
    text = inferred(str(tmp_path / "numbers.npz"), test_size=0.0)
    assert text == "numbers: 9 rows of 1 feature; target: y, 2 classes\n\n"


@pytest.mark.parametrize("n_columns", [3, 24, 25, 300])
def test_many_columns_are_counted_rather_than_listed(tmp_path, n_columns):
    header = ",".join(f"column{i:03}" for i in range(n_columns))
    row = ",".join("1" for _ in range(n_columns))
    (tmp_path / "wide.csv").write_text(f"{header},class\n{row},a\n{row},b\n{row},a\n{row},b\n")
    text = inferred(str(tmp_path / "wide.csv"))
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("column0") == min(n_columns, 24)
    assert (f"and {n_columns - 24} more" in " ".join(text.split())) == (n_columns > 24)


def test_names_from_the_data_are_printed_as_they_are_but_for_what_would_move_the_cursor(tmp_path):
    (tmp_path / "odd.csv").write_text("[red]a[/red],b\x1b[2J,class\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n")
    text = inferred(str(tmp_path / "odd.csv"))
    assert "[red]a[/red]" in text
    assert "\x1b" not in text
