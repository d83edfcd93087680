import io
import json
import sys

import pytest

LOSS, SOFTMAX = r"L = -\sum_j y_j \log p_j", r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}"


def test_a_gradient_is_derived_from_its_definitions(pminusy):
    outcome = pminusy("derive", LOSS, SOFTMAX, "--by", "o_i")
    assert (outcome.code, outcome.message) == (0, "")
    assert r"Result: \frac{\partial L}{\partial o_i} = p_i \sum_j y_j - y_i" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


@pytest.mark.parametrize("condition", ["sum(y)=1", r"\sum_j y_j = 1"])
def test_what_is_assumed_is_used(pminusy, condition):
    outcome = pminusy("derive", LOSS, SOFTMAX, "--by", "o_i", "--assume", condition)
    assert "= p_i - y_i\n" in outcome.out
    assert outcome.out.endswith("if sum(y)=1.\n")


def test_definitions_may_come_from_a_file_or_from_standard_input(pminusy, tmp_path, monkeypatch):
    (tmp_path / "loss.txt").write_text(f"{LOSS}\n{SOFTMAX}\n", encoding="utf-8")
    from_file = pminusy("derive", "loss.txt", "--by", "o_i")
    typed = io.TextIOWrapper(io.BytesIO(f"{LOSS}\n{SOFTMAX}\n".encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    assert pminusy("derive", "-", "--by", "o_i") == from_file
    assert from_file.code == 0


def test_json_is_all_that_is_printed(pminusy):
    outcome = pminusy("derive", LOSS, SOFTMAX, "--by", "o_i", "--of", "p", "--json")
    assert json.loads(outcome.out)["result"] == r"p_j \left(\delta_{ji} - p_i\right)"


def test_the_markdown_is_one_that_proofread_reads(pminusy, tmp_path):
    outcome = pminusy("derive", LOSS, SOFTMAX, "--by", "o_i", "--markdown")
    (tmp_path / "derivation.md").write_text(outcome.out, encoding="utf-8")
    assert pminusy("proofread", "derivation.md").code == 0


def test_the_page_is_written_as_well(pminusy, tmp_path):
    outcome = pminusy("derive", "f = x^2", "--by", "x", "--html", "page.html")
    assert (outcome.code, outcome.message) == (0, "Wrote page.html\n")
    assert "<math" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_where_no_rule_leads_on_the_exit_code_says_so(pminusy):
    outcome = pminusy("derive", r"f = x \zeta(x)", "--by", "x")
    assert outcome.code == 3
    assert "It stops here" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("f = a x", "--by", "b"), "by: expected a name in the definitions (f, a, x), got b"),
        ((r"f = \frac{x", "--by", "x"), r"given: expected a formula, got '\\frac{x'"),
        (("missing.md", "--by", "x"), "missing.md: no such file"),
    ],
)
def test_bad_input_is_refused(pminusy, arguments, message):
    outcome = pminusy("derive", *arguments)
    assert outcome.code == 2
    assert message in outcome.message
