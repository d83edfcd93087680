import io
import json
import subprocess
import sys

import pytest

HEAVY = ("scipy", "sklearn", "numba", "polars", "matplotlib", "pandas")

DEFINITIONS = r"""
$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}, \qquad L = -\sum_j y_j \log p_j$$
"""
WRONG = (
    DEFINITIONS
    + r"""
\begin{align}
\frac{\partial L}{\partial o_i} &= -\left( y_i(1-p_i) + \sum_{k\neq i} -p_k y_k \right) \\
&= p_i y_i - y_i + \sum_{k\neq i} p_k y_k \\
&= \left(\sum_i p_i y_i\right) - y_i
\end{align}
"""
)
RIGHT = DEFINITIONS + r"$$\frac{\partial L}{\partial o_i} = p_i \sum_k y_k - y_i$$"
RIGHT_IF = DEFINITIONS + r"$$\frac{\partial L}{\partial o_i} = p_i - y_i$$"
UNDECIDABLE = DEFINITIONS + r"$$\frac{\partial L}{\partial o_i} = \operatorname{prox}_h \frac{h}{2}$$"


@pytest.fixture
def derivation(tmp_path):
    """Write a derivation into the folder of the test, and give its name."""

    def write(text):
        (tmp_path / "derivation.md").write_text(text, encoding="utf-8")
        return "derivation.md"

    return write


@pytest.fixture
def typed(monkeypatch):
    """Have bytes come from standard input."""

    def type_in(content):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    return type_in


def test_the_first_wrong_step_is_found_and_marked(pminusy, derivation):
    outcome = pminusy("proofread", derivation(WRONG))
    assert (outcome.code, outcome.message) == (1, "")
    assert outcome.out.startswith("Line 5 is wrong")
    lines = outcome.out.splitlines()
    carets = next(place for place, line in enumerate(lines) if line.strip() == "^^^")
    assert lines[carets - 1][lines[carets].index("^") :].startswith("p_k y_k")
    assert "p_k should be p_i" in outcome.out
    assert "Final answer: wrong" in outcome.out
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(("text", "code"), [(RIGHT, 0), (RIGHT_IF, 0), (WRONG, 1), (UNDECIDABLE, 3)])
def test_the_exit_code_says_how_it_came_out(pminusy, derivation, text, code):
    assert pminusy("proofread", derivation(text)).code == code


def test_what_is_assumed_holds(pminusy, derivation):
    name = derivation(DEFINITIONS + r"$$\frac{\partial L}{\partial o_i} = 2 p_i - y_i$$")
    assert pminusy("proofread", name).code == 1
    outcome = pminusy("proofread", name, "--assume", "sum(y)=2")
    assert outcome.code == 0
    assert outcome.out.startswith("Every step holds if sum(y)=2")


def test_what_the_text_leaves_out_can_be_defined(pminusy, derivation):
    name = derivation(r"$$\frac{\partial F}{\partial x} = 3 x^2$$")
    assert pminusy("proofread", name).code == 3
    assert pminusy("proofread", name, "--define", "F = x^3").code == 0
    assert pminusy("proofread", name, "--define", "F = x^2").code == 1


def test_what_the_notation_leaves_open_can_be_settled(pminusy, derivation):
    name = derivation("$$v = 3 r$$\n\n$$v(r - 1) + 0 = 3 r - 3$$\n")
    outcome = pminusy("proofread", name)
    assert outcome.code == 3
    assert "v(…) = a product, or a function call" in outcome.out
    assert pminusy("proofread", name, "--reading", "v(...)=a function call").code == 0
    assert pminusy("proofread", name, "--reading", "v(...)=product").code == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("v(...)", "--reading: expected a choice and an option, such as 'f(...)=a product', got 'v(...)'"),
        ("w(...)=product", "readings: 'w(...)' is no choice on this page; expected one of 'v(…)'"),
        ("v(...)=vector", "readings: v(…): expected 'a product' or 'a function call', got 'vector'"),
    ],
)
def test_what_is_not_open_is_no_reading(pminusy, derivation, given, message):
    name = derivation("$$v = 3 r$$ $$v(r - 1) + 0 = 3 r - 3$$")
    outcome = pminusy("proofread", name, "--reading", given)
    assert outcome.code == 2
    assert message in " ".join(outcome.message.split())


def test_a_definition_is_an_equation(pminusy, tmp_path):
    (tmp_path / "page.md").write_text("$$a = b + 1 = 1 + b$$", encoding="utf-8")
    outcome = pminusy("proofread", "page.md", "--define", "b is positive")
    assert outcome.code == 2
    assert "define: expected an equation such as 'p_j = …', got 'b is positive'" in " ".join(
        outcome.message.split()
    )


def test_standard_input_is_read(pminusy, typed):
    typed(WRONG.encode())
    assert pminusy("proofread", "-").code == 1


def test_json_is_all_that_is_printed(pminusy, derivation):
    outcome = pminusy("proofread", derivation(WRONG), "--json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["verdict"]) == (1, "wrong")
    assert [each["line"] for each in found["steps"]] == [5, 6, 7]
    first = found["first_wrong"]
    line = WRONG.split("\n")[first["line"] - 1]
    assert (first["found"], first["repair"]) == ("p_k", "p_i")
    assert line[first["start"] : first["end"]] == "p_k"


def test_the_page_is_written_as_well(pminusy, derivation, tmp_path):
    outcome = pminusy("proofread", derivation(WRONG), "--html", "proof.html")
    assert (outcome.code, outcome.message) == (1, "Wrote proof.html\n")
    page = (tmp_path / "proof.html").read_text(encoding="utf-8")
    assert '<mrow class="wrong"><msub><mi>p</mi><mi>k</mi></msub></mrow>' in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["derivation.md", "proof.html"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe$\x00x\x00", "standard input: expected UTF-8 text, got byte 0xff on line 1"),
        (b"$x = x$\n\xe4", "standard input: expected UTF-8 text, got byte 0xe4 on line 2"),
    ],
)
def test_another_encoding_is_refused(pminusy, typed, content, message):
    typed(content)
    outcome = pminusy("proofread", "-")
    assert (outcome.code, outcome.out, outcome.message) == (2, "", f"error: {message}\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.md", "none.md: no such file"),
        (".", ".: expected files that end in .md, .markdown, .tex, .ipynb in this folder, got none"),
        ("\0.md", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(pminusy, name, message):
    outcome = pminusy("proofread", name)
    assert outcome.code == 2
    assert message in " ".join(outcome.message.split())
    assert outcome.message.count("\n") == 1


def test_an_assumption_of_no_known_form_is_refused(pminusy, derivation):
    outcome = pminusy("proofread", derivation(RIGHT), "--assume", "y is nice")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.message.startswith("error: assume: expected sum(y)=1")


def test_where_nothing_is_claimed_there_is_nothing_to_decide(pminusy, derivation):
    outcome = pminusy("proofread", derivation("No formula, but prose."))
    assert (outcome.code, outcome.message) == (3, "")
    assert outcome.out.startswith("Nothing to check")


def test_it_imports_nothing_heavy(tmp_path):
    (tmp_path / "derivation.md").write_text(WRONG, encoding="utf-8")
    script = f"""
import sys
from pminusy.cli.app import run
run(["proofread", r"{tmp_path / "derivation.md"}", "--html", r"{tmp_path / "out.html"}"])
print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"


SQUARE = r"$f = x^2$" + "\n" + r"$$\frac{df}{dx} = 2x$$"


def test_why_names_the_rules_under_each_step(pminusy, derivation):
    outcome = pminusy("proofread", "--why", derivation(SQUARE))
    assert (outcome.code, outcome.message) == (0, "")
    assert "definition put in: By the definition of f (line 1)" in outcome.out
    assert "power rule" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_why_of_one_line_leaves_the_others_alone(pminusy, derivation):
    text = SQUARE + "\n" + r"$$g = x^3$$" + "\n" + r"$$\frac{dg}{dx} = 3 x^2$$"
    outcome = pminusy("proofread", derivation(text), "--why", "4", "--json")
    first, second = json.loads(outcome.out)["steps"]
    assert first["why"] is None
    assert second["why"][0]["rule"] == "definition put in"


def test_why_of_a_line_that_has_no_step_is_refused(pminusy, derivation):
    outcome = pminusy("proofread", derivation(SQUARE), "--why", "9")
    assert outcome.code == 2
    assert "--why: expected the line of a step that holds (one of 2), got 9" in outcome.message
