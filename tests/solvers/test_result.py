import pytest

from pminusy.solvers.result import Reason, SolverResult


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentence_and_all_but_success_a_remedy(reason):
    assert reason.sentence.endswith(".")
    assert bool(reason.remedy) is (reason is not Reason.GRADIENT_TOLERANCE)


def result(gradient_norm):
    return SolverResult(
        reason=Reason.MAX_ITERATIONS,
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


@pytest.mark.parametrize(("norm", "converged"), [(1e-4, True), (1.1e-4, False), (float("nan"), False)])
def test_convergence_is_the_gradients_to_decide(norm, converged):
    assert result(norm).converged is converged


def test_in_words():
    assert str(result(0.003)) == (
        "Reached max_iter before the gradient was within tol. After 7 iterations and 9 passes over X: "
        "objective 12.5, gradient norm 0.003 (tol 0.0001)."
    )
