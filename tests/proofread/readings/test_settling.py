import pytest
from tests.proofread.reading import page

from pminusy.errors import InputError
from pminusy.proofread import proofread
from pminusy.proofread.readings.settling import open_choices, settle
from pminusy.proofread.syntax.vocabulary import Vocabulary

CALLED = "$$u = 4 t$$ $$2 u(t - 1) + 0 = 8 t - 8$$"
TWICE = "# A\n\n$$Q = r^2$$\n\n# B\n\n$$Q = r^3$$\n\n# C\n\n$$\\frac{dQ}{dr} + 0 = %s$$"
SQUARES = "$$(A + I)(A - I) = %s$$"
VECTORS = "Let $x$ and $a$ be vectors.\n\n$$f = a^\\top x$$\n\n$$\\frac{\\partial f}{\\partial x} = a^\\top$$"


def verdict(text, readings):
    return proofread(text, readings=readings).steps[-1].verdict.value


@pytest.mark.parametrize(
    ("text", "readings", "expected"),
    [
        (CALLED, {}, "undecided"),
        (CALLED, {"u(…)": "a function call"}, "holds"),
        (CALLED, {"u(…)": "a product"}, "fails"),
        (CALLED.replace("t - 8", "t^2 - 8 t"), {"u(…)": "a product"}, "holds"),
        (TWICE % "5 r", {}, "undecided"),
        (TWICE % "2 r", {"Q in line 11": "defined in line 3"}, "holds"),
        (TWICE % "2 r", {"Q in line 11": "defined in line 7"}, "fails"),
        (TWICE % "3 r^2", {"Q in line 11": "defined in line 3"}, "fails"),
        (SQUARES % "A^2 - I", {"A": "a matrix", "I": "a matrix"}, "holds"),
        (SQUARES % "A^2 - 2 I", {}, "undecided"),
        (SQUARES % "A^2 - 2 I", {"A": "a number", "I": "a number"}, "fails"),
        (VECTORS, {"x": "a vector", "derivatives by vectors": "rows (numerator layout)"}, "holds"),
        (
            VECTORS,
            {"x": "a vector", "a": "a vector", "derivatives by vectors": "columns (denominator layout)"},
            "fails",
        ),
    ],
)
def test_what_is_chosen_decides(text, readings, expected):
    assert verdict(text, readings) == expected


def test_a_question_names_the_choices_that_answer_it():
    (step,) = proofread(CALLED).steps
    assert step.choices == ("u(…)",)
    assert "Is the bracket after u a factor" in step.question
    (step,) = proofread(TWICE % "5 r").steps
    assert step.choices == ("Q in line 11",)


def test_a_reading_that_was_found_names_its_choice():
    proof = proofread("$$a = v(b + c) = v b + v c$$ $$f(x) = x^2$$")
    assert (proof.steps[0].rests_on, proof.steps[0].choices) == (("v(…) read as a product",), ("v(…)",))


def test_what_is_chosen_is_not_read_otherwise():
    text = "$$a = v(b + c) = v b + v c$$ $$f(x) = x^2$$"
    assert verdict(text, {"v(…)": "a function call"}) != "holds"


def test_a_function_of_two_quantities_is_asked_of_which():
    text = CALLED.replace("4 t", "4 t s").replace("8 t - 8", "5 t s - 1")
    proof = proofread(text, readings={"u(…)": "a function call"})
    assert proof.steps[0].question == "Of what is u a function? Define it: u(…) = …"


def test_choices_are_listed_with_what_was_chosen():
    proof = proofread(CALLED, readings={"u(...)": "product"})
    (choice,) = [each for each in proof.choices if each.key == "u(…)"]
    assert (choice.options, choice.chosen) == (("a product", "a function call"), "a product")
    assert [each.chosen for each in proofread(CALLED).choices] == [None]


def test_names_may_be_vectors_only_where_there_are_vectors():
    assert "a" not in [choice.key for choice in proofread("$$f = a b$$ $$f = b a$$").choices]
    options = {choice.key: choice.options for choice in proofread(VECTORS).choices}
    assert options["a"][0] == "a vector"
    assert "derivatives by vectors" in options


def test_settled_names_can_be_given_like_those_of_the_page():
    settled, chosen = settle(page("g(x) = 3 x"), {" g(...) ": "The product"})
    assert chosen == {"g(…)": "a product"}
    assert settled.keys == {"g(…)"}
    assert settled.over(Vocabulary(functions=frozenset("gh"))) == Vocabulary(functions=frozenset("h"))


@pytest.mark.parametrize(
    ("formula", "readings", "message"),
    [
        (
            "g(x) = 3 x",
            {"h(…)": "a product"},
            "readings: 'h(…)' is no choice on this page; expected one of 'g(…)'",
        ),
        ("1 = 2", {"h(…)": "a product"}, "is no choice on this page, which leaves nothing open"),
        (
            "g(x) = 3 x",
            {"g(…)": "a vector"},
            r"readings: g\(…\): expected 'a function call' or 'a product', got 'a vector'",
        ),
    ],
)
def test_what_is_not_open_is_refused_with_what_is(formula, readings, message):
    with pytest.raises(
        InputError, match=message.replace("(…)", ".….") if "no choice" in message else message
    ):
        settle(page(formula), readings)


def test_keys_are_unique():
    own = page("g(x) = 3 x", r"\frac{d g}{d x} = 3", "Q = r^2", "Q = r^3", "w = Q + 1")
    keys = [choice.key for choice in open_choices(own)]
    assert len(keys) == len(set(keys))
