"""Every usual slip, planted into a right line, is found at its place and repaired."""

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Proof, StepVerdict, Verdict

SOFTMAX = r"$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}$$" + "\n" + r"$$L = -\sum_j y_j \log p_j$$" + "\n"
GRADIENT = SOFTMAX + r"$$\frac{\partial L}{\partial o_i} = "
LEAST_SQUARES = r"$$J(w) = (y - Xw)^T (y - Xw)$$" + "\n"
MEAN = (
    r"$$E = \frac{1}{2} \sum_k (a_k - t_k)^2, \quad a_k = \tanh(u_k), \quad u_k = \sum_j w_{kj} x_j$$" + "\n"
)

WRONG = [
    (GRADIENT + r"-\left( y_i(1-p_i) + \sum_{k\neq i} -p_k y_k \right)$$", "p_k", "p_i", "wrong index"),
    (GRADIENT + r"p_i \sum_k y_k + y_i$$", "+ y_i", "- y_i", "sign error"),
    (
        GRADIENT + r"y_i - p_i \sum_k y_k$$",
        r"y_i - p_i \sum_k y_k",
        r"p_i \sum_k y_k - y_i",
        "reversed subtraction",
    ),
    (
        GRADIENT + r"-y_i(1 - p_i) + \sum_k y_k p_i$$",
        r"\sum_k y_k p_i",
        r"\sum_{k \ne i} y_k p_i",
        "exclusion dropped",
    ),
    (GRADIENT + r"p_i \sum_k y_k - y_i p_i$$", "y_i p_i", "y_i", "extra factor"),
    (
        SOFTMAX + r"$$\frac{\partial p_i}{\partial o_k} = p_i (1 - p_k)$$",
        "1",
        r"\delta_{ik}",
        "missing delta",
    ),
    (
        MEAN + r"$$\frac{\partial E}{\partial w_{kj}} = (a_k - t_k)(1 - a_k)\, x_j$$",
        "a_k",
        "a_k^2",
        "wrong exponent",
    ),
    (
        MEAN + r"$$\frac{\partial E}{\partial x_j} = (a_k - t_k)(1 - a_k^2)\, w_{kj}$$",
        r"(a_k - t_k)(1 - a_k^2)\, w_{kj}",
        r"\sum_k (a_k - t_k) (1 - a_k^2) w_{kj}",
        "missing sum",
    ),
    (LEAST_SQUARES + r"$$\nabla_w J = -2 X (y - Xw)$$", "X", r"X^T", "missing transpose"),
    (
        r"$$f(x) = \frac{x}{1 + x^2}$$ $$f'(x) = \frac{1 - x^2}{1 + x^2}$$",
        None,
        None,
        "denominator not squared",
    ),
    (r"$$f(x) = \sin(3x)$$ $$f'(x) = \cos(3x)$$", None, None, "missing inner derivative"),
]


@pytest.mark.parametrize(("text", "found", "repair", "slip"), WRONG, ids=[case[3] for case in WRONG])
def test_the_usual_slips(text, found, repair, slip):
    proof = proofread(text)
    best = proof.first_wrong.suggestions[0]
    if found is not None:
        assert (best.found.strip(), best.repair) == (found, repair)
    assert slip in [suggestion.slip for suggestion in proof.first_wrong.suggestions]
    assert_repaired(proof)


def assert_repaired(proof: Proof) -> None:
    """Every suggestion, put into the text, makes the step true."""
    place = proof.first_wrong
    assert place.suggestions
    for suggestion in place.suggestions:
        lines = proof.text.split("\n")
        line = lines[place.line - 1]
        assert line[suggestion.start : suggestion.end] == suggestion.found
        lines[place.line - 1] = f"{line[: suggestion.start]} {suggestion.repair} {line[suggestion.end :]}"
        step = proofread("\n".join(lines)).steps[place.step]
        assert step.verdict in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)


def test_two_slips_in_one_line_are_repaired_together():
    proof = proofread(r"$$f(x) = x^3 + \sin x$$ $$f'(x) = 3 x^3 - \cos x$$")
    assert_repaired(proof)
    assert "3 x^2" in proof.first_wrong.suggestions[0].repaired


def test_what_holds_under_an_assumption_only_says_so():
    proof = proofread(
        SOFTMAX + r"where $\sum_k y_k = 1$." + "\n" + r"$$\frac{\partial L}{\partial o_i} = p_i + y_i$$"
    )
    assert proof.verdict is Verdict.WRONG
    best = proof.first_wrong.suggestions[0]
    assert best.assumption == "sum(y)=1"
    assert "sum(y)=1" in best.explanation
    assert_repaired(proof)


def test_the_right_answer_is_given_where_the_text_ends_with_a_wrong_one():
    proof = proofread(GRADIENT + r"p_i \sum_k y_k + y_i$$")
    assert proof.final_answer.right is False
    assert proof.final_answer.correct == r"p_i \sum_k y_k - y_i"


def test_nothing_is_suggested_for_a_right_derivation():
    assert proofread(GRADIENT + r"p_i \sum_k y_k - y_i$$").first_wrong is None


def test_the_same_page_gives_the_same_suggestions():
    text = WRONG[0][0]
    assert proofread(text).first_wrong == proofread(text).first_wrong


@pytest.mark.parametrize(
    ("text", "found", "repair", "slip"),
    [
        (
            r"$$g(u) = u^3 e^{-u}$$ $$g''(u) = 3 u^2 e^{-u} - u^3 e^{-u}$$",
            "g''(u)",
            "g'(u)",
            "wrong order of a derivative",
        ),
        (
            r"$$R = \log(a q + c^2)$$ $$\frac{\partial R}{\partial a} = \frac{2 c}{a q + c^2}$$",
            r"\frac{\partial R}{\partial a}",
            r"\frac{\partial R}{\partial c}",
            "wrong variable",
        ),
    ],
)
def test_a_slip_on_the_left_side_is_mended_there(text, found, repair, slip):
    best = proofread(text).first_wrong.suggestions[0]
    assert (best.found.strip(), best.repair, best.slip) == (found, repair, slip)


@pytest.mark.parametrize(
    ("line", "repair"),
    [
        (r"\int_0^3 \frac{1}{\sqrt{9 - x^2}} \, dx = \pi", r"\frac{1}{2} \pi"),
        (r"\int_0^1 \frac{\log x}{\sqrt{x}} \, dx = 4", "-4"),
    ],
)
def test_changes_are_tried_where_an_integrand_is_singular(line, repair):
    assert proofread(f"$${line}$$").first_wrong.suggestions[0].repair == repair


@pytest.mark.parametrize(
    ("text", "found", "repair"),
    [
        (
            r"$$e^{i u} e^{-c} = e^{i u + c}$$ where $i^2 = -1$",
            "e^{i u + c}",
            "e^{i u - c}",
        ),
        (
            r"Let $x$ be a vector with two entries. $$x^T \begin{bmatrix} u & 0 \\ 0 & v \end{bmatrix} x + u"
            r" = x^T \begin{bmatrix} u & 0 \\ 0 & v \end{bmatrix} x - u$$",
            "- u",
            "+ u",
        ),
        ("$$0.04 \\cdot 0.5 = 0.2$$", "0.2", "0.02"),
    ],
)
def test_what_reads_otherwise_without_its_page_is_mended_as_well(text, found, repair):
    place = proofread(text).first_wrong
    best = place.suggestions[0]
    line = text.split("\n")[place.line - 1]
    assert (
        f"{line[: best.start]}{best.repair}{line[best.end :]}".replace(" ", "").find(repair.replace(" ", ""))
        >= 0
    )


def test_a_gradient_by_a_vector_is_derived():
    text = r"""Let $M$ be an $m \times n$ matrix, $u \in \mathbb{R}^n$, $c \in \mathbb{R}^m$ and $V$ a symmetric matrix.
$$F(u) = (c - M u)^T V^{-1} (c - M u)$$
$$\nabla F(u) = -2 M^T (c - M u)$$"""
    best = proofread(text).first_wrong.suggestions[0]
    assert "V^{-1}" in best.repair
    assert best.slip == "derivative not carried out correctly"
