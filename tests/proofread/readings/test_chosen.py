from pminusy.proofread import proofread

TWICE = "# A\n\n$$Q = r^2$$\n\n# B\n\n$$Q = r^3$$\n\n# C\n\n$$\\frac{dQ}{dr} + 0 = %s$$"


def keys(text, **readings):
    return [choice.key for choice in proofread(text, readings=readings or None).choices]


def test_definitions_are_named_only_where_a_verdict_depends_on_them():
    assert "Q in line 11" in keys(TWICE % "7 r")
    assert "Q in line 11" not in keys(TWICE % "3 r^2")
    assert "Q in line 11" in keys(TWICE % "3 r^2", **{"Q in line 11": "defined in line 3"})


def test_what_a_name_was_taken_for_comes_first():
    proof = proofread("$$f = w^T A w$$ $$\\frac{\\partial f}{\\partial w} = (A + A^T) w$$")
    first = {choice.key: choice.options[0] for choice in proof.choices}
    assert (first["A"], first["w"]) == ("a matrix", "a vector")
    assert first["derivatives by vectors"].startswith("columns")


def test_every_key_of_a_step_is_one_of_the_page():
    proof = proofread(TWICE % "7 r" + "$$a = v(b + c) = v b + v c$$")
    assert {key for step in proof.steps for key in step.choices} <= {choice.key for choice in proof.choices}
    assert {key for step in proof.steps for key in step.choices} == {"Q in line 11", "v(…)"}
