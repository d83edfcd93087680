from io import StringIO
from pathlib import Path
from types import SimpleNamespace

from rich.console import Console

from pminusy.cli import display
from pminusy.cli.display import FitDisplay
from pminusy.datasets import load
from pminusy.nn.training.progress import Progress as BatchProgress


def terminal() -> Console:
    return Console(file=StringIO(), width=80, force_terminal=True, force_interactive=True, color_system=None)


def plain() -> Console:
    return Console(file=StringIO(), width=80)


def record(iteration: int, gradient_norm: float) -> SimpleNamespace:
    return SimpleNamespace(iteration=iteration, objective=12345.6, gradient_norm=gradient_norm)


def draw(shown: FitDisplay) -> None:
    """Let patience end, and draw the state that the display has reached."""
    if display._PATIENCE == 0 and shown._shown:
        shown._timer.join()
    shown._progress.refresh()


def watch(err: Console) -> Console:
    out = plain()
    with FitDisplay(out, err) as shown:
        shown.stage("reading")
        shown.read(load("iris"))
        shown.stage("fitting")
        shown.iteration(record(0, 1.0), 1e-4)
        shown.iteration(record(7, 1e-2), 1e-4)
        draw(shown)
    return out


def test_iterations_are_shown_once_patience_ends(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    err = terminal()
    out = watch(err)
    shown = err.file.getvalue()
    assert "iteration 7, objective 12,346, gradient norm 1.0e-02 → 1e-04" in shown
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


def batches(epoch: int, step: int) -> BatchProgress:
    return BatchProgress(
        epoch=epoch,
        n_epochs=20,
        step=step,
        n_steps=469,
        loss=0.04123,
        accuracy=0.9871,
        rows_per_second=85123.4,
        seconds_left=1.0,
    )


def test_epochs_and_batches_have_a_bar_each_within_80_columns(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    err, out = terminal(), plain()
    with FitDisplay(out, err) as shown:
        shown.read(load("digits"))
        shown.stage("fitting")
        shown.resumed(2, Path("run.checkpoint"))
        shown.batches(batches(3, 100))
        shown.epoch(SimpleNamespace(validation_loss=0.0834))
        shown.batches(batches(3, 201))
        draw(shown)
    lines = [line.rstrip() for line in err.file.getvalue().splitlines()]
    epochs = next(line for line in lines if "epoch 3 of 20" in line and "validation" in line)
    assert "validation loss 0.0834, 85,123 images/s, " in epochs
    assert epochs.endswith(" left")
    assert any("batch 201 of 469" in line and "loss 0.0412, accuracy 98.7 %" in line for line in lines)
    assert max(len(line) for line in lines if "batch" in line) <= 80
    assert "Resuming from run.checkpoint after 2 epochs." in out.file.getvalue()


def test_a_stage_ends_the_bars_of_the_one_before(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    err = terminal()
    with FitDisplay(plain(), err) as shown:
        shown.stage("fitting")
        shown.batches(batches(1, 1))
        shown.stage("scoring")
        before = len(err.file.getvalue())
        draw(shown)
    after = err.file.getvalue()[before:]
    assert "scoring" in after
    assert "batch" not in after


def test_a_pass_over_files_shows_its_share_and_rows(monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    err = terminal()
    with FitDisplay(plain(), err) as shown:
        shown.stage("reading")
        shown.passed(0.25, 1_200_000)
        shown._timer.join()
        shown._progress.refresh()
    assert "reading" in err.file.getvalue()
    assert "1,200,000 rows" in err.file.getvalue()
