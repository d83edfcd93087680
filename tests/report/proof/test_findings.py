from dataclasses import replace

from pminusy.proofread import proofread
from pminusy.report.proof.findings import CONDITIONAL, UNDECIDED, WRONG, findings

DEFINITIONS = "$$p_j = \\frac{e^{o_j}}{\\sum_k e^{o_k}}, \\qquad L = -\\sum_j y_j \\log p_j$$\n"


def found_in(text):
    return list(findings(proofread(text)))


def marked(text, place):
    """The characters between the two ends of a place."""
    lines = text.split("\n")[place.line - 1 : place.end_line]
    last = lines[-1][: place.end_column - 1]
    return "\n".join([*lines[:-1], last])[place.column - 1 :]


def test_a_wrong_step_has_the_place_of_the_wrong_term_and_its_repair():
    text = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = 4 x^2$$\n"
    [found] = found_in(text)
    assert found.rule is WRONG
    line = text.split("\n")[found.place.line - 1]
    repaired = line[: found.place.column - 1] + found.repair + line[found.place.end_column - 1 :]
    assert found_in(text.replace(line, repaired)) == []


def test_a_later_wrong_step_is_found_too_but_not_one_that_inherits_the_error():
    text = (
        "$$g = x^4$$\n\n\\begin{align}\n\\frac{dg}{dx} &= 4 x^2 \\\\\n&= 2 (2 x^2)\n\\end{align}\n\n"
        "$$\\frac{dg}{dx} = 7 x + 1$$\n"
    )
    lines = [found.place.line for found in found_in(text)]
    assert lines == [4, 8]
    assert "left side is" in found_in(text)[1].message


def test_a_wrong_step_without_a_suggestion_names_a_point():
    proof = proofread("$$g = x^4$$\n\n$$\\frac{dg}{dx} = 7 x + 1$$")
    [found] = findings(replace(proof, first_wrong=replace(proof.first_wrong, suggestions=())))
    assert found.rule is WRONG
    assert found.message.startswith("At x = ")
    assert found.repair is None


def test_an_open_step_asks_its_question_in_whole_sentences():
    text = DEFINITIONS + "$$\\frac{\\partial L}{\\partial o_i} =\n  \\operatorname{prox}_h \\frac{h}{2}$$"
    [found] = found_in(text)
    assert found.rule is UNDECIDED
    assert "What is prox?" in found.message
    assert found.message[0].isupper()
    assert marked(text, found.place) == "\\operatorname{prox}_h \\frac{h}{2}"


def test_a_step_that_holds_under_an_assumption_is_noted():
    [found] = found_in(DEFINITIONS + "$$\\frac{\\partial L}{\\partial o_i} = p_i - y_i$$")
    assert found.rule is CONDITIONAL
    assert found.message == "Holds only if sum(y)=1"


def test_messages_are_single_lines():
    text = "$$g = x^4$$\n\n$$\\frac{dg}{dx} = \\frac{7 x\n + 1}{\n3}$$\n"
    assert all("\n" not in found.message for found in found_in(text))
