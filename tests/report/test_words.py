from dataclasses import replace

import numpy as np
import pytest

from pminusy.report import words


def _plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_headline_says_what_was_learned_from_what(digits_report):
    headline = words.headline(digits_report)
    for phrase in ("10 classes", "1,347 images of 8 × 8 pixels", "tested on 450 held-out images"):
        assert phrase in headline


def test_the_headline_admits_that_nothing_was_held_out(wine_report):
    assert "No rows were held out" in words.headline(wine_report)


def test_each_score_is_explained_with_its_baseline(digits_report):
    accuracy, log_loss, brier, calibration = words.findings(digits_report)
    assert accuracy.value == words.percent(digits_report.test.accuracy)
    assert words.percent(digits_report.baseline.accuracy) in accuracy.meaning
    assert words.percent(digits_report.test.typical_probability) in log_loss.meaning
    assert words.decimals(digits_report.baseline.brier) in brier.meaning
    assert _plain(calibration.meaning).count("percentage points on average") == 1


def test_an_infinite_log_loss_is_explained(wine_report):
    report = replace(wine_report, train=replace(wine_report.train, log_loss=float("inf")))
    finding = words.findings(report)[1]
    assert finding.value == "∞"
    assert "probability of exactly 0" in finding.meaning


def test_the_solvers_ending_is_told_with_its_cost(digits_report):
    report = replace(
        digits_report, solver=replace(digits_report.solver, iterations=5, passes=11, seconds=0.25)
    )
    told = _plain(words.training_verdict(report).sentence)
    assert told.startswith("The gradient and the expected decrease of the objective ")
    assert told.endswith("The fit took 5 iterations, 11 passes over the training images and 250 ms.")
    assert words.training_verdict(digits_report).remedy == ""


def test_a_remedy_is_a_sentence(table_report):
    assert words.training_verdict(table_report).remedy.startswith("Increase max_iter")
    assert words.training_verdict(table_report).remedy.endswith(".")


@pytest.mark.parametrize(
    ("name", "verdict"), [("digits_report", "matches"), ("table_report", "does not match")]
)
def test_the_gradients_verdict(name, verdict, request):
    report = request.getfixturevalue(name)
    assert words.gradient_verdict(report).startswith(f"The analytic gradient {verdict} finite differences")


@pytest.mark.parametrize(
    ("slope", "told"),
    [
        (3.0, "order 3.00 in the step size (3 for a correct gradient"),
        (np.inf, "Taylor remainder is below rounding"),
    ],
)
def test_the_slope_is_told_where_there_is_one(digits_report, slope, told):
    check = replace(digits_report.gradient_check, slope=slope)
    assert told in words.gradient_verdict(replace(digits_report, gradient_check=check))
