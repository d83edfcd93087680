from dataclasses import replace

from tests.proofread.reading import page

from pminusy.proofread.proof import StepVerdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.readings.restated import restated

PAGE = ("E = b^2", "E = b b = b^2 + 0", "E = b^2 + 0")


def pairs(*formulas):
    checked = check(page(*formulas))
    return checked, [(step, checked.views[step.chain]) for step in checked.steps]


def test_a_line_that_says_again_what_a_chain_derived_holds():
    checked, found = pairs(*PAGE)
    *others, (last, view) = found
    failing = replace(last, verdict=StepVerdict.FAILS)
    again = restated(checked.page, [*others, (failing, view)])[-1][0]
    assert again.verdict is StepVerdict.HOLDS
    assert again.rests_on[0].startswith("follows from the steps starting at line")


def test_a_chain_with_a_failing_step_proves_nothing():
    checked, found = pairs(*PAGE)
    failing = [(replace(step, verdict=StepVerdict.FAILS), view) for step, view in found]
    assert all(step.verdict is StepVerdict.FAILS for step, _ in restated(checked.page, failing))
