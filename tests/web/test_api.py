import json

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.rendering.json import to_json
from pminusy.report.explanation.build import explain
from pminusy.report.explanation.json import to_json as explanation_json

TEXT = r"$$f(x) = x^2$$ $$f'(x) = 2x = x + \kappa$$"


def test_a_page_is_proofread_as_from_the_command_line(client):
    answer = client.post("/api/proofread", json={"text": TEXT})
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(to_json(proofread(TEXT))))


def test_definitions_and_assumptions_count(client):
    answer = client.post("/api/proofread", json={"text": TEXT, "define": [r"\kappa = x"]})
    assert answer.json()["verdict"] == "correct"
    answer = client.post("/api/proofread", json={"text": "$$q = T p$$ $$q = T p = p$$", "assume": ["T=1"]})
    assert answer.json()["verdict"] in ("correct", "correct_if")


def test_readings_count(client):
    page = {"text": "$$u = 4 t$$ $$2 u(t - 1) + 0 = 8 t - 8$$"}
    found = client.post("/api/proofread", json=page).json()
    assert (found["verdict"], found["steps"][0]["choices"]) == ("undecided", ["u(…)"])
    found = client.post("/api/proofread", json={**page, "readings": {"u(…)": "a function call"}}).json()
    assert found["verdict"] == "correct"
    assert found["choices"][0]["chosen"] == "a function call"


@pytest.mark.parametrize("targets", [[1, 0, 0], [0.5, 1.5, 2]])
def test_a_row_is_worked_out_as_from_the_command_line(client, targets):
    answer = client.post("/api/explain", json={"logits": [2, 1, 0.1], "targets": targets})
    assert answer.json() == json.loads(json.dumps(explanation_json(explain([2, 1, 0.1], targets=targets))))


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/api/proofread", {"text": TEXT, "assume": ["what?"]}, "what?"),
        ("/api/proofread", {"text": TEXT, "define": ["no definition"]}, "no definition"),
        ("/api/proofread", {"text": TEXT, "readings": {"g(…)": "a product"}}, "expected one of 'f(…)'"),
        ("/api/proofread", {"text": TEXT, "readings": {"f(…)": "a sum"}}, "expected 'a function call' or"),
        (
            "/api/explain",
            {"logits": [1, 2], "targets": [1]},
            "targets: expected one number for each of 2 logits",
        ),
        ("/api/explain", {"logits": [1, 2], "targets": [1, -1]}, "targets: expected finite mass"),
    ],
)
def test_bad_input_is_answered_with_its_reason(client, path, body, message):
    answer = client.post(path, json=body)
    assert answer.status_code == 422
    assert message in answer.json()["error"]


def test_only_posts_are_taken(client):
    assert client.get("/api/proofread").status_code == 405
    assert client.post("/api/openapi.json").status_code == 405
