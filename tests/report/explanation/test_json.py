import json
import math

from pminusy.report.explanation.build import explain
from pminusy.report.explanation.json import to_json


def test_the_numbers_are_those_worked_out():
    worked = explain([2.0, 1.0, 0.1], targets=[0.5, 2, 0])
    found = json.loads(json.dumps(to_json(worked), allow_nan=False))
    assert (found["s"], found["loss"], found["label"]) == (2.5, worked.loss, None)
    assert [each["p"] for each in found["classes"]] == [each.p for each in worked.classes]
    assert [each["jacobian"] for each in found["gradient"]] == [
        list(each.jacobian) for each in worked.gradient
    ]
    assert found["others"] is None


def test_an_infinity_is_null():
    worked = explain([1.0, -math.inf], targets=[0, 1])
    assert math.isinf(worked.loss)
    found = json.loads(json.dumps(to_json(worked), allow_nan=False))
    assert (found["loss"], found["classes"][1]["logit"]) == (None, None)
