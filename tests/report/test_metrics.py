import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss

from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.report.metrics import Metrics, baseline_metrics, evaluate


@st.composite
def predictions(draw):
    n, k = draw(st.integers(1, 30)), draw(st.integers(2, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.dirichlet(np.ones(k), size=n), rng.integers(0, k, size=n)


@given(predictions())
def test_scores_follow_their_definitions(drawn):
    P, y = drawn
    scores = evaluate(P, y)
    one_hot = np.eye(P.shape[1])[y]
    assert scores.n == len(y)
    assert scores.accuracy == np.mean(P.argmax(axis=1) == y)
    assert scores.log_loss == pytest.approx(log_loss(y, P, labels=np.arange(P.shape[1])), rel=1e-12)
    assert scores.brier == pytest.approx(((P - one_hot) ** 2).sum(axis=1).mean(), rel=1e-12, abs=1e-15)
    assert 0 <= scores.ece <= 1


def test_calibration_error_of_one_bin_is_the_gap_between_confidence_and_accuracy():
    P = np.tile([0.9, 0.1], (4, 1))
    assert evaluate(P, [0, 0, 0, 1]).ece == pytest.approx(0.15)


def test_perfect_predictions_score_zero():
    scores = evaluate(np.eye(3), [0, 1, 2])
    assert scores == Metrics(n=3, accuracy=1.0, log_loss=0.0, brier=0.0, ece=0.0)
    assert math.copysign(1, scores.log_loss) == 1
    assert scores.typical_probability == 1


def test_a_probability_of_zero_costs_infinity():
    scores = evaluate([[1.0, 0.0], [0.5, 0.5]], [1, 0])
    assert scores.log_loss == math.inf
    assert scores.typical_probability == 0
    assert scores.brier == pytest.approx((2 + 0.5) / 2)


def test_sums_of_float32_accumulate_in_float64():
    P = np.tile(np.array([0.7, 0.3], dtype=np.float32), (100_000, 1))
    scores = evaluate(P, np.zeros(len(P), dtype=np.uint8))
    assert scores.log_loss == pytest.approx(-math.log(np.float32(0.7)), rel=1e-12)
    assert scores.brier == pytest.approx(2 * 0.3**2, rel=1e-6)


@pytest.mark.parametrize(
    ("P", "y", "error", "message"),
    [
        (np.empty((0, 2)), [], ShapeError, r"\(0, 2\) and \(0,\)"),
        ([0.5, 0.5], [0, 1], ShapeError, r"got \(2,\) and \(2,\)"),
        ([[0.5, 0.5]], [0, 1], ShapeError, r"got \(1, 2\) and \(2,\)"),
        ([[0.5, 0.5]], [0.0], TargetError, "expected integers, got float64"),
        ([[0.5, 0.5], [0.5, 0.5]], [0, 2], TargetError, r"integers in \[0, 2\), got 2 at row 1"),
        ([[0.5, 0.5]], [-1], TargetError, "got -1 at row 0"),
        ([[0.5, 0.5], [1.5, -0.5]], [0, 0], InputError, r"in \[0, 1\], got .* at row 1"),
        ([[0.5, math.nan]], [0], InputError, "nan.* at row 0"),
        ([[0.5, 0.5], [0.6, 0.6]], [0, 0], InputError, "sum to 1, got 1.2 at row 1"),
    ],
)
def test_bad_input_is_named(P, y, error, message):
    with pytest.raises(error, match=message):
        evaluate(P, y)


def test_exact_logs_keep_the_log_loss_finite_where_a_probability_underflows():
    P, labels = np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([1, 0])
    assert evaluate(P, labels).log_loss == np.inf
    assert evaluate(P, labels, [-1000.0, np.log(0.5)]).log_loss == pytest.approx((1000 + np.log(2)) / 2)


@pytest.mark.parametrize("counts", [[3, 1, 6], [0, 4, 1], [5, 0, 0]])
def test_the_same_answer_for_every_row_is_scored_by_the_counts_alone(counts):
    shares, counts = np.array([0.2, 0.3, 0.5]), np.array(counts)
    labels = np.repeat(np.arange(3), counts)
    found = baseline_metrics(shares, counts)
    expected = evaluate(np.broadcast_to(shares, (len(labels), 3)), labels)
    assert found.n == expected.n
    for name in ("accuracy", "log_loss", "brier", "ece"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-15)
