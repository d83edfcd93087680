"""A problem's rows as cells, as text for a terminal and as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.classifiers.competitors import BASELINE, COMPETITORS, OURS
from benchmarks.classifiers.problems.problem import Problem

HEADER = ("", "time", "ratio", "gap", "gradient", "passes", "accuracy", "memory", "of X")

Cells = list[str]


def rows(problem: Problem, section: dict[str, Any]) -> list[Cells]:
    """One row for each competitor; a reason alone where there is nothing else to show."""
    fits = section["fits"]
    best = best_objective(section)
    ours = fits.get(OURS, {}).get("seconds")
    return [_row(name, fit, problem, section["x_bytes"], best, ours) for name, fit in fits.items()]


def best_objective(section: dict[str, Any]) -> float:
    """The lowest that any competitor found; infinite where none found any."""
    return min(
        (fit["objective"] for fit in section["fits"].values() if "error" not in fit), default=float("inf")
    )


def caption(problem: Problem, section: dict[str, Any]) -> str:
    """The data and the settings in a line."""
    tested = "held-out rows" if section["held_out"] else "the training rows"
    return (
        f"{section['shape']}; C = {problem.C:,g}, max_iter {problem.max_iter:,}. "
        f"Lowest objective {best_objective(section):.7g}. Accuracy on {tested}."
    )


def as_text(table: Sequence[Cells]) -> str:
    """Aligned columns; a row that is too short for them ends in its reason."""
    widths = [
        max(len(row[i]) for row in (HEADER, *table) if len(row) == len(HEADER)) for i in range(len(HEADER))
    ]
    widths[0] = max(len(row[0]) for row in table)
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=False))]
        )
        for row in (HEADER, *table)
    )


def as_markdown(table: Sequence[Cells]) -> str:
    """The same as a Markdown table."""
    full = [[*row, *[""] * (len(HEADER) - len(row))] for row in (HEADER, ["---"] * len(HEADER), *table)]
    return "\n".join("| " + " | ".join(row) + " |" for row in full)


def _row(
    name: str, fit: dict[str, Any], problem: Problem, x_bytes: int, best: float, ours: list[float] | None
) -> Cells:
    title = COMPETITORS[name].title
    if "error" in fit:
        return [title, fit["error"]]
    seconds = statistics.median(fit["seconds"])
    gap = (fit["objective"] - best) / best
    return [
        title,
        _time(seconds),
        "" if ours is None or name in (OURS, BASELINE) else _ratio(seconds, ours, problem.aims.get(name)),
        f"{gap:.1e}" if gap else "0",
        f"{fit['gradient_norm']:.1e}",
        f"{fit['passes']}" if fit["passes"] is not None else f"{fit['n_iter']} it.",
        f"{100 * fit['accuracy']:.2f} %",
        *_memory(fit["peak_bytes"], x_bytes, problem.memory_aim if name == OURS else None),
    ]


def _time(seconds: float) -> str:
    if seconds < 1:
        return f"{1e3 * seconds:.3g} ms"
    return f"{_three_digits(seconds)} s"


def _ratio(seconds: float, ours: list[float], aim: float | None) -> str:
    ratio = seconds / statistics.median(ours)
    return _three_digits(ratio) + (f" (≥ {aim:g})" if aim else "")


def _memory(peaks: list[int | None], x_bytes: int, aim: float | None) -> tuple[str, str]:
    known = [peak for peak in peaks if peak is not None]
    if not known:
        return "–", "–"
    peak = max(known)
    share = f"{_one_decimal(100 * peak / x_bytes)} %" + (f" (≤ {100 * aim:g})" if aim else "")
    return f"{_one_decimal(peak / 1e6)} MB", share


def _three_digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _one_decimal(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
