import json
import os
import pickle
from pathlib import Path

import pytest

from pminusy.proofread.proof import Verdict
from pminusy.report.proof.checked import Checked
from pminusy.report.proof.findings import RULES, UNDECIDED, UNREADABLE, WRONG, Finding, Place
from pminusy.report.proof.sarif import to_sarif

PAGES = [
    Checked("notes/one page.md", Verdict.WRONG, 1, (Finding(WRONG, "x, not y", Place(3, 5, 3, 6), "y"),)),
    Checked("b.ipynb", Verdict.UNDECIDED, 1, (Finding(UNDECIDED, "Why?", Place(7)), Finding(UNDECIDED, "?"))),
    Checked("c.md", None, 0, (Finding(UNREADABLE, "no such file"),)),
]


def run_of(pages):
    return to_sarif(pages)["runs"][0]


def test_results_refer_to_their_rules():
    run = run_of(PAGES)
    rules = run["tool"]["driver"]["rules"]
    assert [result["ruleId"] for result in run["results"]] == [
        "wrong-step",
        "undecided-step",
        "undecided-step",
    ]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


def test_a_region_has_what_is_known():
    regions = [each["locations"][0]["physicalLocation"].get("region") for each in run_of(PAGES)["results"]]
    assert regions == [
        {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 6},
        {"startLine": 7},
        None,
    ]


def test_a_repair_is_a_fix():
    first, *others = run_of(PAGES)["results"]
    [change] = first["fixes"][0]["artifactChanges"]
    [replacement] = change["replacements"]
    assert replacement["insertedContent"] == {"text": "y"}
    assert replacement["deletedRegion"] == first["locations"][0]["physicalLocation"]["region"]
    assert not any("fixes" in each for each in others)


def test_files_are_relative_to_the_working_folder_and_quoted():
    locations = [each["location"] for each in run_of(PAGES)["artifacts"]]
    assert locations[0] == {"uri": "notes/one%20page.md", "uriBaseId": "%SRCROOT%"}
    inside = os.path.join(os.getcwd(), "b.ipynb")
    outside = str(Path.cwd().parent / "elsewhere.md")
    named = [
        each["location"]
        for each in run_of([Checked(inside, None, 0), Checked(outside, None, 0)])["artifacts"]
    ]
    assert named[0] == {"uri": "b.ipynb", "uriBaseId": "%SRCROOT%"}
    assert named[1]["uri"].startswith("file:///")


def test_a_file_that_cannot_be_read_makes_the_run_unsuccessful():
    [invocation] = run_of(PAGES)["invocations"]
    assert not invocation["executionSuccessful"]
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "no such file"
    assert run_of(PAGES[:2])["invocations"][0]["executionSuccessful"]


def test_findings_from_another_process_are_the_same():
    assert to_sarif(pickle.loads(pickle.dumps(PAGES))) == to_sarif(PAGES)


def test_the_log_is_valid_against_the_schema(schema):
    import jsonschema

    jsonschema.validate(json.loads(json.dumps(to_sarif(PAGES))), schema)


@pytest.fixture
def schema():
    """The standard's schema, from the file that the environment names."""
    pytest.importorskip("jsonschema")
    name = os.environ.get("SARIF_SCHEMA")
    if name is None:
        pytest.skip("SARIF_SCHEMA names no file: sarif-schema-2.1.0.json of the OASIS standard")
    return json.loads(Path(name).read_text(encoding="utf-8"))


def test_all_rules_but_the_one_for_files_are_told():
    told = [rule["id"] for rule in run_of([])["tool"]["driver"]["rules"]]
    assert told == [rule.id for rule in RULES if rule != UNREADABLE]
