from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from pminusy.report.path import HeldOut, Panel, PathOutcome, Trace
from pminusy.report.path_charts import _spread, coefficients_chart, held_out_chart, n_features_chart

CS = (0.01, 0.1, 1.0, 10.0)
HELD = HeldOut((1.0, 0.6, 0.5, float("inf")), (0.1, 0.1, 0.08, float("inf")), 2, 5, one_standard_error=False)


def panel(name, against=None, n=4):
    traces = tuple(Trace(f"{name} <feature {i}>", (0.0, 0.1, i - 1.5, i - 1.0)) for i in range(n))
    return Panel(name, against, traces)


PATH = PathOutcome(CS, (0, 2, 5, 9), 2, tuple(map(panel, "abcde")), HELD)


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag == "text"]


def test_the_loss_is_drawn_with_the_chosen_C():
    assert "C = 1" in {text.strip() for text in texts(held_out_chart(PATH))}
    rule = replace(PATH, held_out=replace(HELD, one_standard_error=True), chosen=1)
    assert {"lowest + 1 standard error", "C = 0.1"} <= {text.strip() for text in texts(held_out_chart(rule))}


def test_without_losses_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="expected one with held-out losses"):
        held_out_chart(replace(PATH, held_out=None))


def test_the_number_of_features_is_drawn():
    assert "features in use" in texts(n_features_chart(PATH))


@pytest.mark.parametrize("n_panels", [1, 2, 5, 9])
def test_each_class_has_a_panel_and_names_its_strongest(n_panels):
    path = replace(PATH, panels=tuple(panel(f"class {i}") for i in range(n_panels)))
    found = texts(coefficients_chart(path))
    for i in range(n_panels):
        assert f"class {i}" in found
        assert sum(text.startswith(f"class {i} <") for text in found) == 3


def test_two_classes_and_long_names():
    path = replace(PATH, panels=(panel("y" * 40, "n"),), chosen=None)
    found = texts(coefficients_chart(path))
    assert "y" * 29 + "…" in found


def test_a_path_of_zeros_and_a_single_C():
    flat = Panel("a", None, (Trace("p", (0.0,)),))
    path = PathOutcome((0.5,), (0,), 0, (flat,), HeldOut((1.0,), (0.0,), 0, 1, one_standard_error=False))
    for chart in (held_out_chart, n_features_chart, coefficients_chart):
        assert chart(path).startswith("<svg")


@pytest.mark.parametrize("heights", [[], [0.5], [0.5, 0.5, 0.5], [0.97, 0.98, 1.0], [0.0, 0.01, 1.0]])
def test_names_are_moved_apart_and_stay_inside(heights):
    moved = _spread(heights)
    assert len(moved) == len(heights)
    assert all(np.diff(moved) >= 0.085 - 1e-12)
    assert all(height <= 1 for height in moved)
