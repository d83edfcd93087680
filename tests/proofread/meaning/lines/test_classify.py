import pytest
from tests.proofread.reading import page, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.lines.classify import classify
from pminusy.proofread.meaning.names.families import find_families
from pminusy.proofread.syntax.latex import to_latex


def classified(*formulas, text="", claimed=False):
    read = page(*formulas, text=text)
    trees = [m.tree for chain in read.chains for m in chain.members if m.tree]
    return classify(read, find_families(trees, ()), tuple(read.chains) if claimed else ())


def test_the_first_line_about_a_name_defines_it_and_others_are_claims():
    found = classified("y = a x", "y = x a")
    assert to_latex(found.definitions["y"].body) == "a x"
    assert [to_latex(m.tree) for m in found.claims[0].members] == ["y", "x a"]


def test_a_chain_that_defines_goes_on_as_a_claim():
    (claim,) = classified("y = a x = x a").claims
    assert [to_latex(m.tree) for m in claim.members] == ["a x", "x a"]


def test_a_bare_name_in_the_middle_is_defined_in_passing():
    assert {"a", r"\hat{y}"} <= classified(r"a = \hat{y} = c z").definitions.keys()


def test_a_name_at_the_end_gets_its_meaning():
    assert to_latex(classified("a b + c = S").definitions["S"].body) == "a b + c"


def test_what_is_said_through_a_derivative_defines():
    found = classified(r"\frac{d s}{dx} = \frac{d}{dx} (x^2 + a)")
    assert to_latex(found.definitions["s"].body) == "x^2 + a"
    assert len(found.claims) == 1


def test_given_derivatives_are_rules():
    found = classified(r"\frac{\partial L}{\partial a_i} = g_i", r"a_i = w x_i", r"L + 0 = \sum_i a_i")
    assert [(rule.family, rule.variable) for rule in found.rules] == [("L", "a")]


def test_equations_that_are_assumptions_are_stated():
    assert [s.assumption for s in classified(r"\sum_k y_k = 1").stated] == [Assumption("sum", "y", (1.0,))]


def test_values_of_entries_are_fixed_and_two_different_ones_leave_it_free():
    assert classified("h_0 = 0", r"s = \sum_t h_t").fixed == {("h", (0,)): 0.0}
    assert classified("h_0 = 0", "h_0 = 1", r"s = \sum_t h_t").fixed == {("h", (0,)): None}


@pytest.mark.parametrize(
    ("formulas", "reason"),
    [((r"w = w - \eta \nabla_w L",), "a step of an algorithm")],
)
def test_what_is_no_claim_is_set_aside(formulas, reason):
    found = classified(*formulas)
    assert [aside.reason for aside in found.asides] == [reason]
    assert found.claims == []


@pytest.mark.parametrize(
    ("formula", "claims"),
    [(r"$g = (1, 1, \dots, 1)$", 0), (r"$g + h = \frac{}{} \dots$", 1), (r"$g = h + h = ! \dots$", 1)],
    ids=["a name", "a claim", "a chain"],
)
def test_a_claim_in_the_running_text_that_cannot_be_read_stays_one(formula, claims):
    found = classified(text=formula)
    assert len(found.claims) == claims
    assert len(found.asides) == 1 - claims


def test_conditions_that_give_values_are_kept_apart_from_those_on_indices():
    (claim,) = classified(
        r"a_i + 0 = b_i \quad i \ne j \text{ if } \lambda = 0", r"s = \sum_i \sum_j a_i b_j"
    ).claims
    assert claim.given.keys() == {r"\lambda"}
    assert claim.condition is not None


def test_chains_can_be_claims_whatever_their_form():
    assert classified("y = a x", claimed=True).definitions == {}
    assert len(classified("y = a x", claimed=True).claims) == 1


def test_a_matrix_of_numbers_in_the_text_is_a_definition() -> None:
    text = r"Let $A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$."
    assert verdicts(r"A^{-1} = \frac{1}{-2} \begin{bmatrix} 4 & -2 \\ -3 & 1 \end{bmatrix}", text=text) == [
        "holds"
    ]
    wrong = r"A^{-1} = \frac{1}{2} \begin{bmatrix} 4 & -2 \\ -3 & 1 \end{bmatrix}"
    assert "holds" not in verdicts(wrong, text=text)


def test_a_derivative_of_what_is_named_at_the_end_of_a_line_is_a_claim():
    page = r"$$a^3 + a b = q(a, b)$$ $$\frac{\partial q}{\partial b} = {}$$"
    assert [s.verdict for s in proofread(page.replace("{}", "a")).steps] == ["holds", "holds"]
    assert [s.verdict for s in proofread(page.replace("{}", "2 a")).steps] == ["holds", "fails"]
