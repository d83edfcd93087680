from pminusy.proofread.proof import Verdict
from pminusy.report.proof.checked import Checked
from pminusy.report.proof.findings import CONDITIONAL, UNDECIDED, WRONG, Finding, Place
from pminusy.report.proof.github import annotations


def annotation(finding, file="notes.md"):
    [line] = annotations(Checked(file, Verdict.WRONG, 1, (finding,)))
    return line


def test_columns_are_given_where_the_finding_is_on_one_line():
    assert annotation(Finding(WRONG, "no", Place(4, 7, 4, 9))) == (
        "::error file=notes.md,line=4,col=7,endColumn=8,title=A step is wrong::no"
    )
    assert ",line=4,title" in annotation(Finding(WRONG, "no", Place(4, 7, 5, 9)))
    assert "file=notes.md,title" in annotation(Finding(WRONG, "no"))


def test_the_level_is_that_of_the_rule():
    assert annotation(Finding(UNDECIDED, "?")).startswith("::warning ")
    assert annotation(Finding(CONDITIONAL, "if")).startswith("::notice ")


def test_nothing_from_a_page_or_its_name_ends_a_command_or_begins_one():
    line = annotation(Finding(WRONG, "a\n::error::b\r 5%"), file="a,b:c%\n.md")
    assert "\n" not in line
    assert "\r" not in line
    assert "file=a%2Cb%3Ac%25%0A.md," in line
    assert line.endswith("::a%0A::error::b%0D 5%25")
