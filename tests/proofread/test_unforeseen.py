"""An error of our own, wherever it is met, leaves steps undecided: it is no verdict on the page, and no traceback."""

import importlib
import operator

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

WRONG = r"$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$"
PLACES = (
    ("readings.charity", "Charity.better"),
    ("readings.check", "solved"),
    ("readings.check", "doubted"),
    ("readings.check", "unlinked"),
    ("repair.marking", "problem_of"),
    ("", "read_page"),
    ("", "marked"),
)


def fail(*_, **__):
    raise IndexError("not foreseen")


def break_there(monkeypatch, module, name):
    """Let a function or a method of the proofreader fail."""
    where = importlib.import_module(f"pminusy.proofread.{module}".rstrip("."))
    *owner, last = name.split(".")
    monkeypatch.setattr(operator.attrgetter(*owner)(where) if owner else where, last, fail)


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_an_error_of_our_own_is_no_verdict(monkeypatch, place):
    assert proofread(WRONG).verdict is Verdict.WRONG
    break_there(monkeypatch, *place)
    proof = proofread(WRONG)
    assert proof.verdict is Verdict.UNDECIDED
    assert all(step.verdict is not StepVerdict.FAILS for step in proof.steps)


def test_what_held_before_it_still_holds(monkeypatch):
    break_there(monkeypatch, "readings.check", "doubted")
    assert [step.verdict.value for step in proofread(WRONG).steps] == ["holds", "undecided"]


def test_it_is_said(monkeypatch):
    break_there(monkeypatch, "", "read_page")
    assert "internal error (IndexError)" in proofread(WRONG).notes[0]
