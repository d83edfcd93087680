from pminusy.proofread.proof import Verdict
from pminusy.report.proof.checked import Checked, Outcome, tally


def test_a_page_without_steps_is_not_undecided():
    assert Checked("a.md", Verdict.UNDECIDED, 0).outcome is Outcome.NOTHING
    assert Checked("a.md", Verdict.UNDECIDED, 1).outcome is Outcome.UNDECIDED
    assert Checked("a.md", None, 0).outcome is Outcome.UNREADABLE


def test_every_verdict_is_an_outcome():
    assert {Checked("a.md", verdict, 1).outcome for verdict in Verdict} == set(Outcome) - {
        Outcome.UNREADABLE,
        Outcome.NOTHING,
    }


def test_outcomes_are_counted_with_those_that_do_not_occur():
    counted = tally([Checked("a.md", Verdict.WRONG, 2), Checked("b.md", Verdict.WRONG, 1)])
    assert counted == {outcome: 2 * (outcome is Outcome.WRONG) for outcome in Outcome}
