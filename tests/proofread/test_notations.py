"""Whole derivations in many notations, right ones and some with a slip: the verdict, and the first wrong line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pminusy.proofread import proofread

PAGES = Path(__file__).with_name("pages") / "notations"
VERDICTS: dict[str, dict[str, Any]] = json.loads((PAGES / "verdicts.json").read_text())


@pytest.mark.parametrize("name", VERDICTS)
def test_verdict_and_line(name: str) -> None:
    proof = proofread((PAGES / f"{name}.md").read_text())
    assert proof.verdict == VERDICTS[name]["verdict"], [(s.lhs, s.rhs, s.reason) for s in proof.steps]
    assert (proof.first_wrong and proof.first_wrong.line) == VERDICTS[name].get("line")


def test_every_page_has_a_verdict() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == VERDICTS.keys()
