from pminusy.proofread.proof import Verdict
from pminusy.report.proof.checked import Checked
from pminusy.report.proof.findings import UNDECIDED, UNREADABLE, Finding, Place
from pminusy.report.proof.listing import closing, lines


def test_a_line_begins_with_what_editors_jump_to():
    findings = (Finding(UNDECIDED, "Why?", Place(2, 5, 2, 8)), Finding(UNDECIDED, "How?", Place(9)))
    assert lines(Checked("a.tex", Verdict.UNDECIDED, 2, findings)) == [
        "a.tex:2:5: warning: Why? [undecided-step]",
        "a.tex:9: warning: How? [undecided-step]",
    ]


def test_a_file_that_cannot_be_read_has_no_line():
    assert lines(Checked("a.md", None, 0, (Finding(UNREADABLE, "no such file"),))) == [
        "a.md: error: no such file [unreadable-file]"
    ]


def test_the_closing_names_the_worst_first_and_leaves_out_what_does_not_occur():
    pages = [Checked("a", Verdict.CORRECT, 1), Checked("b", None, 0), Checked("c", Verdict.UNDECIDED, 0)]
    assert closing(pages) == "3 pages, 1 step: 1 cannot be checked, 1 right, 1 without a step to check"
