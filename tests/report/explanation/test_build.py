import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.errors import InputError, ShapeError, TargetError
from pminusy.formulas import cross_entropy, softmax
from pminusy.report.explanation.build import MAX_CLASSES, explain

logits = st.lists(st.floats(-50, 50), min_size=1, max_size=20)


@given(logits, st.data())
def test_every_number_follows_from_those_before_it(z, data):
    y = data.draw(st.lists(st.floats(0, 5), min_size=len(z), max_size=len(z)))
    worked = explain(z, targets=y)
    shown = [step.k for step in worked.classes]
    for step in worked.classes:
        assert (step.logit, step.y) == (z[step.k], y[step.k])
        assert step.shifted == z[step.k] - worked.largest
        assert step.exponential == pytest.approx(math.exp(step.shifted))
        assert step.p == pytest.approx(step.exponential / worked.total_exponential)
        assert step.log_p == pytest.approx(math.log(step.p), abs=1e-9)
        assert step.loss == pytest.approx(-step.y * step.log_p)
    assert worked.s == pytest.approx(sum(y))
    jacobian = softmax.softmax_jacobian(np.array([z]))[0]
    for step in worked.gradient:
        assert step.jacobian == pytest.approx(jacobian[step.i, shown], abs=1e-15)
        for factor, entry, term in zip(worked.outer, step.jacobian, step.terms, strict=True):
            assert term == pytest.approx(factor * entry)
        assert step.chain_rule == pytest.approx(sum(step.terms) + step.other_terms, abs=1e-12)
        assert step.chain_rule == pytest.approx(step.closed_form, abs=1e-12)
        assert step.closed_form == pytest.approx(step.scaled_p - step.y, abs=1e-15)


@given(logits, st.data())
def test_sums_are_over_all_classes_also_over_those_not_shown(z, data):
    target = data.draw(st.integers(0, len(z) - 1))
    worked = explain(z, target=target)
    Z, Y = np.array([z]), np.eye(len(z))[[target]]
    assert worked.loss == pytest.approx(cross_entropy.value(Z, Y)[0])
    assert worked.total_p == pytest.approx(1)
    assert (worked.others is None) == (len(z) <= MAX_CLASSES)
    for name, total in (
        ("exponential", worked.total_exponential),
        ("p", 1.0),
        ("y", 1.0),
        ("loss", worked.loss),
    ):
        rest = getattr(worked.others, name) if worked.others else 0.0
        assert sum(getattr(step, name) for step in worked.classes) + rest == pytest.approx(total)
    assert worked.n_classes == len(worked.classes) + (worked.others.count if worked.others else 0)


def test_of_many_classes_the_target_and_the_most_probable_are_shown():
    z = np.linspace(0, 10, 50)
    worked = explain(z, target=3)
    assert [step.k for step in worked.classes] == [3, 44, 45, 46, 47, 48, 49]
    assert [step.i for step in worked.gradient] == [3, 44, 45, 46, 47, 48, 49]


def test_where_p_underflows_it_is_cancelled_before_it_is_computed():
    worked = explain([1000.0, -1000.0, 0.0], targets=[0, 1, 0])
    assert worked.cancelled == (1,)
    assert worked.outer == (0, -math.inf, 0)
    assert worked.loss == 2000
    assert [step.chain_rule for step in worked.gradient] == [1, -1, 0]
    assert [step.closed_form for step in worked.gradient] == [1, -1, 0]


def test_a_class_ruled_out_costs_nothing_unless_it_is_the_target():
    assert explain([0.0, -math.inf], target=0).loss == 0
    ruled_out = explain([0.0, -math.inf], target=1)
    assert ruled_out.loss == math.inf
    assert [step.chain_rule for step in ruled_out.gradient] == [1, -1]


def test_huge_logits_overflow_nowhere():
    worked = explain([1e308, -1e308], target=0)
    assert (worked.loss, worked.difference) == (0, 0)
    assert [step.p for step in worked.classes] == [1, 0]


def test_one_class_leaves_nothing_to_learn():
    worked = explain([3.0], target=0)
    assert (worked.loss, worked.gradient[0].closed_form, worked.gradient[0].jacobian) == (0, 0, (0,))


def test_targets_scale_the_gradient_by_their_sum():
    worked = explain([2.0, 1.0], targets=[2.0, 1.0])
    assert worked.s == 3
    assert worked.gradient[0].closed_form == pytest.approx(3 * worked.classes[0].p - 2)


@pytest.mark.parametrize(
    ("z", "options", "error", "message"),
    [
        ([], {"target": 0}, InputError, "logits: expected at least one, got none"),
        ([1.0, math.nan], {"target": 0}, InputError, "got nan for class 1"),
        ([math.inf], {"target": 0}, InputError, "got inf for class 0"),
        ([-math.inf], {"target": 0}, InputError, "every class is ruled out"),
        ([1.0], {}, InputError, "got both or neither"),
        ([1.0], {"target": 0, "targets": [1.0]}, InputError, "got both or neither"),
        ([1.0], {"target": 1}, TargetError, r"expected a class in \[0, 1\), got 1"),
        ([1.0], {"target": -1}, TargetError, "got -1"),
        ([1.0], {"targets": [1.0, 2.0]}, ShapeError, "one number for each of 1 logits, got 2"),
        ([1.0, 2.0], {"targets": [0.5, -0.5]}, TargetError, "got -0.5 for class 1"),
        ([1.0], {"targets": [math.nan]}, TargetError, "got nan for class 0"),
        ([1.0, 2.0], {"targets": [1e308, 1e308]}, TargetError, "expected a finite sum"),
    ],
)
def test_what_cannot_be_used_is_named(z, options, error, message):
    with pytest.raises(error, match=message):
        explain(z, **options)
