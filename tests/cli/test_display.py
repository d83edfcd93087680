import time
from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console

from pminusy.cli import display
from pminusy.cli.display import FitDisplay
from pminusy.runs.options import FitOptions
from pminusy.runs.parts import read_parts


def terminal() -> Console:
    return Console(file=StringIO(), width=80, force_terminal=True, force_interactive=True, color_system=None)


def plain() -> Console:
    return Console(file=StringIO(), width=80)


def record(iteration: int, gradient_norm: float) -> SimpleNamespace:
    return SimpleNamespace(iteration=iteration, objective=12345.6, gradient_norm=gradient_norm)


def watch(err: Console) -> Console:
    out = plain()
    with FitDisplay(out, err, tol=1e-4) as shown:
        shown.stage("reading")
        shown.read(read_parts("iris", FitOptions()))
        shown.stage("fitting")
        shown.iteration(record(0, 1.0))
        shown.iteration(record(7, 1e-2))
        time.sleep(0.3)
    return out


def test_iterations_are_shown_once_patience_ends(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    err = terminal()
    out = watch(err)
    shown = err.file.getvalue()
    assert "iteration 7, objective 12,346, gradient 1.0e-02 → 1e-04" in shown
    assert "fitting" in shown
    assert "iris: 150 rows" in out.file.getvalue()
    assert "iris: 150 rows" not in shown


def test_a_quick_fit_shows_nothing(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 60.0)
    err = terminal()
    watch(err)
    assert "iteration" not in err.file.getvalue()


def test_nothing_is_shown_where_there_is_no_terminal(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    err = plain()
    watch(err)
    assert err.file.getvalue() == ""


@pytest.mark.parametrize(
    ("first", "least", "tol", "share"),
    [
        (1.0, 1.0, 1e-4, 0.0),
        (1.0, 1e-2, 1e-4, 0.5),
        (1.0, 1e-4, 1e-4, 1.0),
        (1.0, 0.0, 1e-4, 1.0),
        (1e-5, 1e-5, 1e-4, 1.0),
        (1.0, 0.5, 0.0, 0.0),
        (float("nan"), 1.0, 1e-4, 0.0),
        (float("inf"), 1.0, 1e-4, 0.0),
    ],
)
def test_the_share_counts_orders_of_magnitude(first, least, tol, share):
    assert display._share_fallen(first, least, tol) == pytest.approx(share)
