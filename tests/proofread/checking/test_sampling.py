import numpy as np
import pytest
from tests.proofread.reading import evaluated, model, read, tree

from pminusy.proofread.checking.compare import environment
from pminusy.proofread.checking.dual import plain
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.sampling import KINDS, points
from pminusy.proofread.meaning.lines.assumptions import Assumption

WITHIN = {
    "real": lambda x: (np.abs(x) > 0.1) & (np.abs(x) < 2),
    "unit": lambda x: (x > 0) & (x < 1),
    "positive": lambda x: x > 0,
    "above_one": lambda x: x > 1,
    "large": lambda x: x > 3,
    "negative": lambda x: x < 0,
}


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_of_their_kind(kind):
    value, _ = evaluated("a_i", read("z + 0 = a_i b_i"), kind=kind)
    assert WITHIN[kind](value).all()


def test_what_stands_in_a_logarithm_is_positive_among_real_numbers():
    value, _ = evaluated("a_i", read(r"z + 0 = \sum_i \log a_i"))
    assert (value > 0).all()


def _table(assumption, formula="a_i", *formulas):
    of = model(*(formulas or ("z + 0 = a_i b_i",)))
    found = []
    for point in points(of, "real", (assumption,), range(2), 3):
        env, _ = environment(of, (tree(formula),), point, None)
        found.append(plain(Evaluator().value(tree(formula), env)))
    return found


@pytest.mark.parametrize(
    ("assumption", "holds"),
    [
        (Assumption("sum", "a", (2.0,)), lambda x: np.isclose(x.sum(0), 2).all()),
        (Assumption("nonnegative", "a"), lambda x: (x >= 0).all()),
        (Assumption("one-hot", "a"), lambda x: ((x == 1).sum(0) == 1).all() and ((x == 0) | (x == 1)).all()),
        (Assumption("values", "a", (-1.0, 1.0)), lambda x: (np.abs(x) == 1).all()),
        (Assumption("unit", "a"), lambda x: np.isclose((x**2).sum(0), 1).all()),
        (Assumption("equal", "a", (0.25,)), lambda x: (x == 0.25).all()),
    ],
)
def test_assumptions_hold_at_every_point(assumption, holds):
    for table in _table(assumption):
        assert holds(table)


def test_assumptions_on_matrices_hold():
    formulas = ("y = A x", "0 + z = x^T A x")
    for A in _table(Assumption("symmetric", "A"), "A", *formulas):
        np.testing.assert_allclose(A, A.swapaxes(-1, -2))
    for Q in _table(Assumption("orthogonal", "A"), "A", *formulas):
        np.testing.assert_allclose(
            Q.swapaxes(-1, -2) @ Q, np.broadcast_to(np.eye(Q.shape[-1]), Q.shape), atol=1e-12
        )


def test_points_differ_from_trial_to_trial_and_are_the_same_every_time():
    of = model("z + 0 = a_i b_i")
    twice = [[p.seed for p in points(of, "real", (), range(3), 1)] for _ in range(2)]
    assert twice[0] == twice[1]
    assert len(set(twice[0])) == 3


def test_a_name_whose_values_cases_tell_apart_has_only_these():
    of = model(r"L = \begin{cases} p & y = 1 \\ q & y = 0 \end{cases}")
    assert of.enumerated == {"y": (1.0, 0.0)}
    point = next(points(of, "real", (), range(1), 20))
    assert set(np.unique(point.table("y", ()))) == {0, 1}
    assert model(r"L = \begin{cases} p & y = 1 \\ q & \text{otherwise} \end{cases}").enumerated == {}
