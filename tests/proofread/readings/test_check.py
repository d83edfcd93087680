from dataclasses import replace

from tests.proofread.reading import page

from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.proof import StepVerdict
from pminusy.proofread.readings import check as module
from pminusy.proofread.readings.check import check, inherited

FAILS, HOLDS = StepVerdict.FAILS, StepVerdict.HOLDS


def verdicts(*formulas, **options):
    return [step.verdict for step in check(page(*formulas), **options).steps]


def test_every_claim_has_its_steps_and_the_view_in_which_it_was_read():
    checked = check(page("y = a x", "y = x a = a x + 1"))
    assert [step.verdict for step in checked.steps] == [HOLDS, FAILS]
    assert all(0 <= step.chain < len(checked.views) for step in checked.steps)
    assert "y" in checked.found.definitions


def test_assumptions_from_outside_count():
    assumed = (Assumption("equal", "a", (2.0,)),)
    assert verdicts("y = a x", "y = 2 x", assume=assumed) == [StepVerdict.HOLDS_IF]


def test_a_long_page_is_read_claim_by_claim(monkeypatch):
    monkeypatch.setattr(module, "MOST_TOGETHER", 1)
    assert verdicts("y = a x", "y = x a", "z = y^2", "z = a^2 x^2") == [HOLDS, HOLDS]


def test_steps_behind_one_that_fails_inherit_its_error():
    checked = check(page("y = a x", "y = a x + 1 = 1 + a x"))
    assert [step.inherited for step in checked.steps] == [False, True]
    apart = [replace(step, chain=number) for number, step in enumerate(checked.steps)]
    assert [step.inherited for step in inherited(apart)] == [False, False]


def test_the_layout_that_fits_the_page_best_is_taken():
    assert verdicts("L = x^T A x", r"\frac{\partial L}{\partial x} = x^T (A + A^T)") == [HOLDS]
    assert verdicts("L = x^T A x", r"\frac{\partial L}{\partial x} = (A + A^T) x") == [HOLDS]
