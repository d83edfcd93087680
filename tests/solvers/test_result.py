from dataclasses import replace

import pytest

from pminusy.solvers.result import Reason, SolverResult

SUCCESS = Reason.GRADIENT_TOLERANCE, Reason.DUALITY_GAP


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentence_and_all_but_success_a_remedy(reason):
    assert reason.sentence.endswith(".")
    assert bool(reason.remedy) is (reason not in SUCCESS)


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
    assert result(1e-9, reason).converged is (reason in SUCCESS)


def test_in_words():
    assert str(result(0.003)) == (
        "Reached max_iter before convergence. After 7 iterations and 9 passes over X: "
        "objective 12.5, gradient norm 0.003 (tol 0.0001)."
    )
    sparse = replace(result(0.003), gap=0.25, null_objective=50.0)
    assert str(sparse).endswith("objective 12.5, duality gap 0.25, 0.005 of the null objective (tol 0.0001).")
    assert sparse.relative_gap == 0.005
    assert result(0.003).relative_gap is None


def test_a_notebook_shows_why_it_ended_and_what_to_try():
    shown = result(0.003)._repr_html_()
    assert "Reached max_iter before convergence. Increase max_iter" in shown
    assert "class='bad'" in shown
    assert "<td>unknown</td>" in shown  # without a penalty there is no bound
    converged = replace(result(0.003), reason=Reason.DUALITY_GAP, gap=0.25, null_objective=2.0)._repr_html_()
    assert "class='good'" in converged
    assert "0.12 (tol" in converged
