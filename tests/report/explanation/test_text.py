import io

import pytest
from rich.console import Console

from pminusy.report.explanation.build import explain
from pminusy.report.explanation.text import render_text

WIDEST = [-1.234e-5 * 3.3**k for k in range(8)]


def _render(worked, terminal=False):
    buffer = io.StringIO()
    render_text(
        worked, Console(file=buffer, width=80, force_terminal=terminal, markup=False, highlight=False)
    )
    return buffer.getvalue()


@pytest.mark.parametrize(
    "worked",
    [
        explain([2.0, 1.0, 0.1], target=0),
        explain(WIDEST, targets=[1e-7, 1e7, 0.1, 1, 2, 3, 123456, 1e-300]),
        explain([-5.0 * (k % 11) for k in range(50257)], target=50256),
    ],
    ids=["three", "eight", "many"],
)
def test_it_fits_80_columns_and_no_figure_is_cut(worked):
    text = _render(worked)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    assert "\x1b" not in text
    assert "\x1b" in _render(worked, terminal=True)


def test_the_worked_example_has_its_numbers():
    rows = [line.split() for line in _render(explain([2.0, 1.0, 0.1], target=0)).splitlines()]
    assert ["0", "2.0000", "0", "1.0000", "0.6590", "−0.4170"] in rows
    assert ["1", "1.0000", "−1.0000", "0.3679", "0.2424", "−1.4170"] in rows
    assert ["Σ", "1.0000", "0.4170"] in rows
    assert ["1", "−0.1598", "0.1837", "−0.0239"] in rows
    assert ["−y/p", "−1.5174", "0", "0"] in rows
    assert ["0", "−0.3410", "0", "0", "−0.3410"] in rows
    assert ["2", "0.0986", "0", "0.0986", "0.0986"] in rows


def test_the_classes_that_are_not_shown_are_summed():
    text = _render(explain([0.0] * 100, target=99))
    assert "Of 100 classes, the 7" in text
    rows = [line.split() for line in text.splitlines()]
    assert ["others", "93.0000", "0.9300"] in rows
    assert ["Σ", "100.000", "1.0000"] in rows
