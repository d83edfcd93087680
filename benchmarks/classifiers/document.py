"""benchmarks/RESULTS.md, rendered from what was measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.classifiers.measure import TOLERANCE
from benchmarks.classifiers.problems import PROBLEMS
from benchmarks.classifiers.processes import N_THREADS
from benchmarks.classifiers.table import as_markdown, caption, rows

FILE = Path(__file__).parents[1] / "RESULTS.md"
GRADIENT_AIM = 2
_HEAD = f"""# Linear softmax classifiers

`python -m benchmarks.classifiers`

All minimise C·Σ L + ½‖W‖² of the same rows, float32 unless said, from zero and with the intercept not penalised, to tol
{TOLERANCE:g} and with {N_THREADS} threads each. lbfgs, newton-cg, newton-cholesky and saga are scikit-learn's
`LogisticRegression`; PyTorch L-BFGS is full batch with the strong Wolfe line search; frequencies is the do-nothing
baseline: the classes' shares, no weights.

- time: the fit alone, median over rounds (one round where it takes long), each in a process of its own, after a few
  iterations on at most 2,000 of the rows, so that neither imports nor compilation count.
- ratio: its time over ours; in brackets what is aimed at.
- gap: (objective − lowest found) / lowest found, every objective computed in float64 by the same function.
- gradient: the largest component of the mean objective's gradient, likewise.
- passes: how often X was read; "it." where the library tells iterations only, each of which reads X several times.
- memory: how far the resident memory rose above what it was before the fit, and that as a share of X; "–" where the
  system is not Linux.
"""


def write_document(results: dict[str, Any]) -> None:
    """Replace the file by what is known."""
    sections = [
        _section(name, section)
        for name in PROBLEMS
        if (section := results.get("problems", {}).get(name)) is not None
    ]
    if "gradient" in results:
        sections.append(f"## One gradient on MNIST\n\n{gradient_sentence(results['gradient'])}\n")
    if "curves" in results:
        sections.append(_picture(results["curves"]))
    FILE.write_text("\n".join([_HEAD, *sections]))


def gradient_sentence(measured: dict[str, Any]) -> str:
    """Both times and their ratio."""
    ours, theirs = (1e3 * measured["seconds"][name] for name in ("ours", "scikit_learn"))
    return (
        f"Value and gradient at the same W: ours {ours:.1f} ms, scikit-learn's `LinearModelLoss.loss_gradient` "
        f"{theirs:.1f} ms: a ratio of {measured['ratio']:.2f} (≥ {GRADIENT_AIM}), the median over rounds in turn. "
        f"{measured['machine']}."
    )


def _picture(curves: dict[str, Any]) -> str:
    sentence = (
        "Every point is a fit of its own, ended after ever more iterations; the gap is to the optimum in float64, "
        f"{curves['optimum']:.9g}. {curves['machine']}."
    )
    picture = "![Gap to the optimum against seconds, a line for each library](../docs/classifiers-light.png)"
    return f"## The way to the optimum on MNIST\n\n{picture}\n\n{sentence}\n"


def _section(name: str, section: dict[str, Any]) -> str:
    problem = PROBLEMS[name]
    table = as_markdown(rows(problem, section))
    return f"## {problem.title}\n\n{caption(problem, section)}\n\n{table}\n\n{section['machine']}.\n"
