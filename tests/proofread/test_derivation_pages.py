"""Every page of docs/derivations/ is proofread line by line; a page with a false line does not pass."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.check import check
from pminusy.proofread.source.reader import read_page

PAGES = Path(__file__).parents[2] / "docs" / "derivations"
# What a page uses of those before it; the documentation site reads it, too.
GIVEN = json.loads((PAGES / "given.json").read_text(encoding="utf-8"))
FALSIFIED = 6  # lines of each page


@dataclass(frozen=True)
class DerivationPage:
    """A page: how many steps it must be read to have, at the least."""

    name: str
    steps: int
    assumptions: tuple[str, ...] = ()

    @property
    def define(self) -> tuple[str, ...]:
        return tuple(GIVEN.get(self.name, ()))

    @property
    def text(self) -> str:
        return (PAGES / f"{self.name}.md").read_text(encoding="utf-8")

    def steps_of(self, text: str) -> tuple[Step, ...]:
        return check(read_page(text, self.define)).steps


EVERY_PAGE = (
    DerivationPage("softmax", 41),
    DerivationPage("cross_entropy", 33, ("sum(y)=1",)),
    DerivationPage("target_mass", 14),
    DerivationPage("z_loss", 16),
    DerivationPage("linear", 33, ("symmetric(Q)",)),
    DerivationPage("certificate", 7, ("sum(q)=1",)),
    DerivationPage("elastic_net", 7),
    DerivationPage("numerics", 19),
    DerivationPage("calibration", 11),
    DerivationPage("dense", 21),
    DerivationPage("activations", 26),
    DerivationPage("dropout", 9),
    DerivationPage("batch_norm", 32),
    DerivationPage("layer_norm", 25),
    DerivationPage("embedding", 6),
    DerivationPage("residual", 9),
    DerivationPage("convolution", 14),
    DerivationPage("pooling", 10),
    DerivationPage("inference", 16),
)
each_page = pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)


def test_no_page_is_forgotten() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {page.name for page in EVERY_PAGE} | {"README"}


@each_page
def test_every_line_holds(page: DerivationPage) -> None:
    proof = proofread(page.text, define=page.define)
    bad = [step for step in proof.steps if step.verdict not in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)]
    assert not bad
    assert len(proof.steps) >= page.steps
    assert proof.assumptions == page.assumptions


@each_page
def test_a_false_line_is_found(page: DerivationPage) -> None:
    lines = page.text.splitlines()
    steps = [step for step in page.steps_of(page.text) if "$" not in lines[step.line - 1]]
    for step in steps[:: max(1, len(steps) // FALSIFIED)]:
        start, end = step.span.start, step.span.end
        false = rf"\frac{{7}}{{6}} \left( {page.text[start:end]} + \frac{{1}}{{3}} \right) "
        changed = page.steps_of(page.text[:start] + false + page.text[end:])
        wrong = [each.line for each in changed if each.verdict is StepVerdict.FAILS]
        assert wrong[:1] == [step.line]
