import json
import subprocess
import sys

import pytest

HEAVY = ("scipy", "sklearn", "numba", "polars", "matplotlib", "pandas")


def test_every_number_is_printed(pminusy):
    outcome = pminusy("explain", "--logits", "2,1,0.1", "--target", "0")
    assert (outcome.code, outcome.message) == (0, "")
    assert outcome.out.startswith("Softmax cross-entropy of 3 logits, step by step\nThe target is class 0")
    rows = [line.split() for line in outcome.out.splitlines()]
    assert ["0", "0.6590", "1.0000", "−0.3410", "−0.3410"] in rows
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_targets_may_sum_to_anything(pminusy):
    outcome = pminusy("explain", "--logits", "-1, -inf, 3", "--targets", "2 0 1")
    assert outcome.code == 0
    assert "s = 3.0000, not 1" in outcome.out


def test_the_numbers_can_be_had_as_json(pminusy):
    outcome = pminusy("explain", "--logits", "2,1,-inf", "--targets", "1,0.5,0", "--json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["s"], found["classes"][2]["logit"]) == (0, 1.5, None)


def test_the_page_is_written_as_well(pminusy, tmp_path):
    outcome = pminusy("explain", "--logits", "2,1", "--target", "1", "--html", "out.html")
    assert (outcome.code, outcome.message) == (0, "Wrote out.html\n")
    assert "step by step" in outcome.out
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--logits", "2,x", "--target", "0"],
            "logits: expected numbers separated by commas, got 'x' at position 2",
        ),
        (["--logits", "", "--target", "0"], "logits: expected at least one, got none"),
        (["--logits", "2,1", "--target", "2"], "target: expected a class in [0, 2), got 2"),
        (["--logits", "2,1", "--targets", "1"], "targets: expected one number for each of 2 logits, got 1"),
        (["--logits", "2,1", "--targets", "1,-1"], "targets: expected finite mass ≥ 0"),
        (["--logits", "2,1"], "target, targets: expected exactly one of the two"),
        (["--logits", "2", "--target", "0", "--html", "."], ".: expected a file, got a directory"),
        (["--logits", "2", "--target", "0", "--html", "no/out.html"], "no/out.html: no such directory: no"),
    ],
)
def test_what_cannot_be_used_is_an_error_of_a_line(pminusy, arguments, message):
    outcome = pminusy("explain", *arguments)
    assert outcome.code == 2
    assert outcome.message.startswith(f"error: {message}")
    assert outcome.message.count("\n") == 1


def test_it_imports_nothing_heavy(tmp_path):
    script = f"""
import sys
from pminusy.cli.app import run
run(["explain", "--logits", "2,1", "--target", "0", "--html", r"{tmp_path / "out.html"}"])
print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"
