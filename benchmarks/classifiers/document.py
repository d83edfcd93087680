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

All competitors minimise C·Σ L + ½‖W‖² on the same rows, in float32 unless noted, starting from zero, with an
unpenalised intercept, to tol {TOLERANCE:g} and with {N_THREADS} threads each. lbfgs, newton-cg, newton-cholesky and
saga are solvers of scikit-learn's `LogisticRegression`; PyTorch L-BFGS runs full batch with a strong Wolfe line search;
frequencies is the trivial baseline, which predicts the class frequencies.

- time: the fit only, median over rounds (a single round for slow fits). Each fit runs in its own process after a
  warm-up of a few iterations on at most 2,000 rows, so imports and compilation are excluded.
- ratio: time divided by ours; targets in parentheses.
- gap: (objective − lowest found) / lowest found, with every objective computed in float64 by the same function.
- gradient: the largest absolute component of the gradient of the mean objective, computed the same way.
- passes: number of passes over X; "it." where the library reports only iterations, each of which takes several passes.
- memory: the increase in peak resident memory over the level before the fit, and the same as a percentage of X; "–" on
  systems other than Linux.
"""


def write_document(results: dict[str, Any]) -> None:
    """Replace the file by what is known."""
    sections = [
        _section(name, section)
        for name in PROBLEMS
        if (section := results.get("problems", {}).get(name)) is not None
    ]
    if "gradient" in results:
        sections.append(f"## One gradient evaluation on MNIST\n\n{gradient_sentence(results['gradient'])}\n")
    if "curves" in results:
        sections.append(_picture(results["curves"]))
    FILE.write_text("\n".join([_HEAD, *sections]))


def gradient_sentence(measured: dict[str, Any]) -> str:
    """Both times and their ratio."""
    ours, theirs = (1e3 * measured["seconds"][name] for name in ("ours", "scikit_learn"))
    return (
        f"Value and gradient at the same W: ours {ours:.1f} ms, scikit-learn's `LinearModelLoss.loss_gradient` "
        f"{theirs:.1f} ms, a ratio of {measured['ratio']:.2f} (≥ {GRADIENT_AIM}), median over interleaved rounds. "
        f"{measured['machine']}."
    )


def _picture(curves: dict[str, Any]) -> str:
    sentence = (
        "Every point is a separate fit, stopped after an increasing number of iterations; the gap is relative to the "
        f"float64 optimum, {curves['optimum']:.9g}. {curves['machine']}."
    )
    picture = "![Gap to the optimum over time, one line per library](../docs/classifiers-light.png)"
    return f"## Convergence on MNIST\n\n{picture}\n\n{sentence}\n"


def _section(name: str, section: dict[str, Any]) -> str:
    problem = PROBLEMS[name]
    table = as_markdown(rows(problem, section))
    return f"## {problem.title}\n\n{caption(problem, section)}\n\n{table}\n\n{section['machine']}.\n"
