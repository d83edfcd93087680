from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pminusy.report import charts
from pminusy.report.outcome import Step


def _texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter("text")]


def test_the_gradient_norm_is_shown_with_the_tolerance(digits_report):
    svg = charts.gradient_norm_chart(digits_report.solver)
    assert "tolerance" in _texts(svg)
    assert "var(--warm)" in svg
    assert {"0.001", "1e−4"} <= set(_texts(svg))


def test_no_tolerance_no_line(digits_report):
    svg = charts.gradient_norm_chart(replace(digits_report.solver, tolerance=0.0))
    assert "tolerance" not in _texts(svg)


@pytest.mark.parametrize(
    "history", [(Step(0, 1, 2.0, 1.0),), (Step(0, 1, -1.0, 0.0), Step(1, 2, float("inf"), float("inf")))]
)
@pytest.mark.parametrize("chart", [charts.objective_chart, charts.gradient_norm_chart])
def test_short_and_odd_histories_can_be_drawn(chart, history, digits_report):
    assert "passes over the training data" in _texts(chart(replace(digits_report.solver, history=history)))


def test_small_matrices_carry_their_counts(digits_report):
    texts = _texts(charts.confusion_chart(digits_report.confusion))
    diagonal = [str(row[k]) for k, row in enumerate(digits_report.confusion.counts)]
    assert set(diagonal) <= set(texts)
    assert texts.count("7") >= 2


def test_large_matrices_carry_their_classes_alone(many_classes_report):
    confusion = many_classes_report.confusion
    texts = _texts(charts.confusion_chart(confusion))
    assert sorted(texts) == sorted([*confusion.classes * 2, "predicted class", "true class"])


def test_a_matrix_is_an_image_without_background(digits_report):
    svg = charts.confusion_chart(digits_report.confusion)
    assert "data:image/png;base64," in svg
    assert "#ffffff" not in svg


def test_long_class_names_are_shortened_in_the_margin(table_report):
    confusion = replace(table_report.confusion, classes=("x" * 60, "no"))
    assert "x" * 21 + "…" in _texts(charts.confusion_chart(confusion))


def test_reliability_shows_rows_with_separators(digits_report):
    bins = tuple(replace(b, count=b.count * 1000) for b in digits_report.reliability)
    texts = _texts(charts.reliability_chart(bins))
    assert "100 %" in texts
    assert any("," in text for text in texts)
