import json

import pytest

RIGHT = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^3$$\n"
WRONG = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^2$$\n"
OPEN = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = \\operatorname{prox}_h x$$\n"


@pytest.fixture
def notes(tmp_path):
    """Write pages into a folder of the test, and give its name."""

    def write(**pages):
        (tmp_path / "notes").mkdir()
        for name, text in pages.items():
            (tmp_path / "notes" / f"{name}.md").write_text(text)
        return "notes"

    return write


def test_findings_are_listed_and_the_pages_counted(pminusy, notes):
    outcome = pminusy("proofread", notes(a=WRONG, b=RIGHT, c="Prose."), "--jobs", "1")
    first, last = outcome.out.splitlines()
    assert first.startswith("notes/a.md:3:")
    assert last == "3 pages, 2 steps: 1 wrong, 1 right, 1 without a step to check"
    assert (outcome.code, outcome.err) == (1, "")


@pytest.mark.parametrize(
    ("pages", "code", "lenient"),
    [
        ({"a": RIGHT, "b": "Prose."}, 0, 0),
        ({"a": RIGHT, "b": OPEN}, 3, 0),
        ({"a": OPEN, "b": WRONG}, 1, 1),
        ({"a": "Prose."}, 3, 0),
    ],
)
def test_the_exit_code_is_that_of_the_worst_page(pminusy, notes, pages, code, lenient):
    folder = notes(**pages)
    assert pminusy("proofread", folder, "--jobs", "1").code == code
    assert pminusy("proofread", folder, "--jobs", "1", "--fail-on", "wrong").code == lenient


def test_a_file_that_cannot_be_read_does_not_stop_the_others(pminusy, notes):
    outcome = pminusy("proofread", notes(a=WRONG), "none.md", "--jobs", "1")
    assert outcome.code == 2
    assert "notes/a.md:3:" in outcome.out
    assert "none.md: error: no such file [unreadable-file]" in outcome.out


def test_json_and_sarif_are_all_that_is_printed(pminusy, notes):
    folder = notes(a=WRONG, b=RIGHT)
    outcome = pminusy("proofread", folder, "--json", "--jobs", "1")
    assert [page["outcome"] for page in json.loads(outcome.out)["pages"]] == ["wrong", "correct"]
    assert outcome.message == "2 pages, 2 steps: 1 wrong, 1 right\n"
    log = json.loads(pminusy("proofread", folder, "--format", "sarif", "--jobs", "1").out)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["wrong-step"]


def test_a_single_file_has_annotations_and_a_log_too(pminusy, notes):
    notes(a=WRONG)
    outcome = pminusy("proofread", "notes/a.md", "--format", "github")
    assert outcome.out.startswith("::error file=notes/a.md,line=3,")
    assert outcome.code == 1
    assert json.loads(pminusy("proofread", "notes/a.md", "--format", "sarif").out)["version"] == "2.1.0"


@pytest.mark.parametrize("options", [["--why"], ["--html", "out.html"], ["--reading", "f(...)=a product"]])
def test_what_needs_one_page_is_refused_for_several(pminusy, notes, options):
    outcome = pminusy("proofread", notes(a=RIGHT, b=RIGHT), *options)
    assert outcome.code == 2
    assert f"{options[0]}: goes with one file" in outcome.message


def test_many_pages_are_checked_in_processes(pminusy, notes):
    folder = notes(a=WRONG, b=RIGHT, c=OPEN)
    assert pminusy("proofread", folder, "--jobs", "2") == pminusy("proofread", folder, "--jobs", "1")
