from pminusy.proofread import proofread
from pminusy.proofread.proof import Verdict
from pminusy.proofread.rendering.json import to_json as one
from pminusy.report.proof.checked import Checked
from pminusy.report.proof.findings import UNREADABLE, Finding
from pminusy.report.proof.many import to_json


def test_a_page_has_all_that_is_said_of_it_alone():
    json = one(proofread("$$h = 2 t = t + t$$"))
    found = to_json([Checked("a.md", Verdict.CORRECT, 1, (), json)])
    assert found["pages"] == [{"file": "a.md", "outcome": "correct", **json}]
    assert found["outcomes"]["correct"] == 1


def test_a_page_that_cannot_be_read_says_why():
    [page] = to_json([Checked("a.md", None, 0, (Finding(UNREADABLE, "no such file"),))])["pages"]
    assert page == {"file": "a.md", "outcome": "unreadable", "error": "no such file"}
