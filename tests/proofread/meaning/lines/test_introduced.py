import pytest
from tests.proofread.reading import model, page, verdicts

from pminusy.proofread import proofread
from pminusy.proofread.meaning.lines.introduced import introductions
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.readings.contexts import by_itself
from pminusy.proofread.syntax.latex import to_latex

INTRODUCED = [
    (r"\tanh(Wx + Uh) = \tanh(z)", "z", "W x + U h"),
    (
        r"\sum_i y_i \log \frac{e^{z_i}}{\sum_j e^{z_j}} = \sum_i y_i \log p_i",
        "p_i",
        r"\frac{e^{z_i}}{\sum_j e^{z_j}}",
    ),
    (r"(a b - y) x = (f - y) x", "f", "a b"),
    (r"(f - y) x = (a b - y) x", "f", "a b"),
    (r"\frac{1}{1 + e^{-(wx + b)}} - y = \sigma(z) - y", "z", "w x + b"),
]
NOTHING = [
    "x_k + 1 = x_{n+1} + 1",  # an index
    "a x + b = c x + b",  # another letter: a slip, maybe
    "3 x + b = c x + b",  # a number
    r"\sum_{i=1}^n x_i = \sum_{i=1}^{m-1} x_i",  # a limit
    "x^2 + 2 x + 1 = x^2 + c",  # two terms for one
    "a b + x = x + b",  # the name is part of what it would stand for
    "u = a b",  # a definition
]


@pytest.mark.parametrize(("formula", "name", "body"), INTRODUCED)
def test_a_name_where_an_expression_stands_on_the_other_side(formula: str, name: str, body: str) -> None:
    found = list(introductions(page(formula).chains, 0))
    assert [
        (to_latex(each.name), to_latex(each.body).removeprefix(r"\left(").removesuffix(r"\right)"))
        for each in found
    ] == [(name, body)]


@pytest.mark.parametrize("formula", NOTHING)
def test_other_differences_introduce_nothing(formula: str) -> None:
    assert list(introductions(page(formula).chains, 0)) == []


def test_what_an_earlier_line_said_of_the_same_left_side_is_compared_with() -> None:
    chains = page("L = (a + b)^2", "L = u^2").chains
    assert [to_latex(each.name) for each in introductions(chains, 1)] == ["u"]


def test_the_name_has_its_meaning_in_the_lines_that_follow() -> None:
    of = model(r"a = \tanh(Wx + b) = \tanh(z)", r"\frac{da}{dz} = 1 - \tanh^2(z)")
    assert "z" in of.definitions
    assert verdicts(r"a = \tanh(wx + b) = \tanh(z)", r"\frac{da}{dz} = 1 - a^2") == ["holds", "holds"]


def test_a_name_that_a_line_defines_is_not_introduced() -> None:
    of = model("u = c^2", r"a = \tanh(wx + b) = \tanh(u)")
    assert to_latex(of.definitions["u"].body) == "c^2"


def test_what_is_read_by_itself_introduces_no_name_of_the_page() -> None:
    read = page(r"\tanh(wx + b) = \tanh(u)", "c = u + 1")
    part, chain = by_itself(read, read.chains[0])
    assert "u" not in build_model(part, (chain,))[0].definitions


def test_a_name_needs_the_indices_of_what_it_stands_for() -> None:
    of = model(r"L = \sum_i y_i \log (w_i x + b) = \sum_i y_i \log p")
    assert "p" not in of.definitions


def test_another_section_may_introduce_a_name_anew() -> None:
    sections = (
        r"$$\frac{1}{1 + 4x} = \frac{1}{1 + u} = \sum_{n=0}^\infty (-u)^n$$",
        r"$$\cos(5x) = \cos u$$",
    )
    text = "".join(f"## Part\n\n{each}\n\n" for each in sections)
    assert proofread(text).verdict == "correct"
    together = proofread(text.replace("## Part", "")).steps[-1]
    assert together.question.startswith("What does u stand for here?")


def test_a_vector_called_e_is_introduced_by_its_square():
    page = "$$e'e = (y - Xb)'(y - Xb)$$ $$e'e = y'y - 2 y'Xb + b'X'Xb$$"
    assert [step.verdict.value for step in proofread(page).steps] == ["holds", "holds"]
