import pytest

from pminusy.solvers.result import Reason, SolverResult


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentence_and_all_but_success_a_remedy(reason):
    assert reason.sentence.endswith(".")
    assert bool(reason.remedy) is (reason is not Reason.GRADIENT_TOLERANCE)


def result(gradient_norm, reason=Reason.MAX_ITERATIONS):
    return SolverResult(
        reason=reason,
        method="lbfgs",
        objective=12.5,
        gradient_norm=gradient_norm,
        tolerance=1e-4,
        n_iter=7,
        passes=9,
        seconds=0.1,
        phases={},
        history=(),
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_a_small_gradient_alone_is_no_convergence(reason):
    assert result(1e-9, reason).converged is (reason is Reason.GRADIENT_TOLERANCE)


def test_in_words():
    assert str(result(0.003)) == (
        "Reached max_iter before convergence. After 7 iterations and 9 passes over X: "
        "objective 12.5, gradient norm 0.003 (tol 0.0001)."
    )
