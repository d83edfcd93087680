"""Every page of docs/derivations/ is proofread line by line; a page with a false line does not pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import Proof, StepVerdict, Verdict

PAGES = Path(__file__).parents[2] / "docs" / "derivations"
SOFTMAX = r"p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}"
LSE = r"\mathrm{lse} = \log \sum_k e^{z_k}"
MASS = r"s = \sum_k y_k"


@dataclass(frozen=True)
class DerivationPage:
    """A page: what it uses of the pages before it, and how many steps it must be read to have, at the least."""

    name: str
    define: tuple[str, ...]
    steps: int
    assumptions: tuple[str, ...] = ()
    unread: tuple[
        str, ...
    ] = ()  # sections that the proofreader cannot decide as yet; their lines are left empty

    @property
    def text(self) -> str:
        lines, reading = [], True
        for line in (PAGES / f"{self.name}.md").read_text(encoding="utf-8").splitlines():
            reading = line.removeprefix("## ") not in self.unread if line.startswith("## ") else reading
            lines.append(line if reading else "")
        return "\n".join(lines)

    def proofread(self, text: str) -> Proof:
        return proofread(text, define=self.define)


ROWS = (
    r"P_{ik} = \frac{e^{Z_{ik}}}{\sum_j e^{Z_{ij}}}",
    r"s_i = \sum_k Y_{ik}",
    r"L_i = -\sum_k Y_{ik} \log P_{ik}",
)
# Coordinates defined by one another, four indices, integrals.
COORDINATES = (
    "The Hessian and its product",
    "Standardised coordinates",
    "How far from the minimum",
    "A step that slopes prove",
)
UNREAD_PAGES = {
    "inference"
}  # for the same reasons; its formulas are held to the code in tests/docs and tests/estimators
EVERY_PAGE = (
    DerivationPage("softmax", (), 41),
    DerivationPage("cross_entropy", (SOFTMAX, LSE), 33, ("sum(y)=1",)),
    DerivationPage("target_mass", (SOFTMAX, MASS), 14),
    DerivationPage("z_loss", (SOFTMAX, LSE, MASS), 16),
    DerivationPage("linear", ROWS, 22, unread=COORDINATES),
    DerivationPage("numerics", (), 19),
    DerivationPage("calibration", (), 11),
    DerivationPage("dense", (), 21),
    DerivationPage("activations", (), 26),
    DerivationPage("dropout", (), 9),
    DerivationPage("batch_norm", (), 32),
    DerivationPage("layer_norm", (), 25),
    DerivationPage("embedding", (), 6),
    DerivationPage("residual", (), 9),
    DerivationPage("convolution", (), 14),
    DerivationPage("pooling", (), 10),
)
each_page = pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)


def test_no_page_is_forgotten() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {page.name for page in EVERY_PAGE} | UNREAD_PAGES | {
        "README"
    }


@each_page
def test_every_line_holds(page: DerivationPage) -> None:
    proof = page.proofread(page.text)
    bad = [step for step in proof.steps if step.verdict not in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)]
    assert not bad
    assert len(proof.steps) >= page.steps
    assert proof.assumptions == page.assumptions


@each_page
def test_a_false_line_is_found(page: DerivationPage) -> None:
    lines = page.text.splitlines()
    steps = [step for step in page.proofread(page.text).steps if "$" not in lines[step.line - 1]]
    for step in steps[:: max(1, len(steps) // 3)]:
        start, end = step.span.start, step.span.end
        false = rf"\frac{{7}}{{6}} \left( {page.text[start:end]} + \frac{{1}}{{3}} \right) "
        changed = page.text[:start] + false + page.text[end:]
        proof = page.proofread(changed)
        assert proof.verdict is Verdict.WRONG
        assert proof.first_wrong is not None
        assert proof.first_wrong.line == step.line
