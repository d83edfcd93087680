from pminusy.proofread import proofread
from pminusy.web.examples import EXAMPLES


def test_the_examples_show_what_they_promise():
    found = {example.title: proofread(example.text) for example in EXAMPLES}
    assert {title: str(proof.verdict) for title, proof in found.items()} == {
        "Where am I going wrong?": "wrong",
        "Its answer": "correct_if",
        "Least squares in vectors": "correct",
        "A layer, with a slip": "wrong",
        "Something undecidable": "undecided",
    }
    assert found["Where am I going wrong?"].first_wrong.suggestions[0].repair == "p_i"
    assert found["Its answer"].assumptions == ("sum(y)=1",)
    assert any(step.question for step in found["Something undecidable"].steps)
