import json

from pminusy.proofread import derive
from pminusy.proofread.rendering.derivation import to_json


def test_every_line_is_there_with_its_rule():
    found = to_json(derive([r"f = \sin u", "u = x^2"], "x"))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["result"] == r"2 x \cos u"
    assert (found["finished"], found["stopped"], found["verdict"]) == (True, None, "correct")
    assert [part["left"] for part in found["parts"]] == [
        r"\frac{\partial u}{\partial x}",
        r"\frac{\partial f}{\partial x}",
    ]
    assert found["parts"][0]["lines"][-1] == {
        "latex": "2 x",
        "rule": "power rule",
        "sentence": "Power rule: the exponent comes in front and goes down by one.",
    }


def test_what_stopped_it_is_said():
    found = to_json(derive([r"f = x \zeta(x)"], "x"))
    assert not found["finished"]
    assert "zeta" in found["stopped"]
