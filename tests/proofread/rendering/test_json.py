import json

from pminusy.proofread import proofread
from pminusy.proofread.rendering.json import to_json

WRONG = r"""$f = \sin(3x)$
$$\frac{df}{dx} = \cos(3x)$$"""


def test_everything_found_is_plain_and_can_be_written():
    found = to_json(proofread(WRONG))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found.keys() == {
        "verdict",
        "assumptions",
        "definitions",
        "steps",
        "first_wrong",
        "final_answer",
        "notes",
        "choices",
    }


def test_a_wrong_step_is_given_with_its_place_and_repairs():
    found = to_json(proofread(WRONG))
    (step,) = found["steps"]
    assert (found["verdict"], step["verdict"], step["line"]) == ("wrong", "fails", 2)
    assert step["witness"]["left"] != step["witness"]["right"]
    wrong = found["first_wrong"]
    assert WRONG.splitlines()[wrong["line"] - 1][wrong["start"] : wrong["end"]] == wrong["found"]
    assert {"repair", "repaired", "slip", "explanation", "link", "assumption", "alternatives"} <= wrong.keys()


def test_without_a_repair_its_entries_are_null():
    from dataclasses import replace

    proof = proofread(WRONG)
    wrong = to_json(replace(proof, first_wrong=replace(proof.first_wrong, suggestions=())))["first_wrong"]
    assert wrong["repair"] is None
    assert wrong["alternatives"] == []


def test_what_is_not_there_is_null():
    found = to_json(proofread(r"$f = x^2$ $$\frac{df}{dx} = 2x$$"))
    assert found["first_wrong"] is None
    assert found["steps"][0]["witness"] is None
    assert found["final_answer"]["right"] is True


def test_reasons_are_given_where_they_are_asked_for():
    proof = proofread(r"$f = x^2$ $$\frac{df}{dx} = 2x$$")
    assert to_json(proof)["steps"][0]["why"] is None
    (step,) = to_json(proof, proof.reasons())["steps"]
    assert [reason["rule"] for reason in step["why"]] == ["definition put in", "power rule"]
    assert step["why"][0]["latex"] == r"\frac{d}{d x} x^2"
    assert step["why"][-1]["latex"] == "2x"
