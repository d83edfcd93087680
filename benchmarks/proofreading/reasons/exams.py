"""The exams: coverage of steps that hold, names of rules, and lines left out."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.proofreading.reasons.asked import ASKED
from benchmarks.proofreading.reasons.labels import NO_STEP, meant
from pminusy.proofread import proofread
from pminusy.proofread.proof import Proof, Reason, Step


@dataclass
class Tally:
    """What came out of one exam: counts by outcome, times, and what missed."""

    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def note(self, outcome: str, what: str = "") -> None:
        """Count an outcome; what it was about is kept where it is to be looked at."""
        self.counts[outcome] += 1
        if what:
            self.misses.append(f"{outcome}: {what}")

    def lines(self) -> Iterator[str]:
        """The tally in words."""
        total = sum(self.counts.values())
        for outcome, count in sorted(self.counts.items(), key=lambda pair: -pair[1]):
            yield f"{outcome:24} {count:5} ({count / max(total, 1):.1%})"
        if self.seconds:
            yield f"{'CPU s, mean and worst':24} {sum(self.seconds) / len(self.seconds):.3f} {max(self.seconds):.2f}"


def pages_of(folders: Sequence[Path]) -> list[Path]:
    """All pages of some folders, and files as they are."""
    return [p for f in folders for p in ([f] if f.is_file() else sorted(f.glob("*.md")))]


def why(step: Step, tally: Tally) -> tuple[Reason, ...]:
    """The reasons of a step, with the processor time that they took."""
    start = time.process_time()
    found = step.why()
    tally.seconds.append(time.process_time() - start)
    return found


def coverage(pages: Sequence[Path], define: dict[str, tuple[str, ...]] | None = None) -> Tally:
    """How many steps that hold have a reason."""
    tally = Tally()
    for page in pages:
        proof = proofread(page.read_text(encoding="utf-8"), define=(define or {}).get(page.stem, ()))
        for step in proof.steps:
            if step.holds:
                found = why(step, tally)
                tally.note("reason" if found else "none", "" if found else _described(page.stem, step))
    return tally


def named(records: Path, every: int = 1) -> Tally:
    """How many labelled steps get the rule of their label, or one that it may mean; `every` skips cases."""
    tally = Tally()
    cases: defaultdict[str, list[dict]] = defaultdict(list)
    for line in records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        cases[record["case"]].append(record)
    for name, steps in list(cases.items())[::every]:
        labels = {step["line"]: step["rule"] for step in steps}
        if not any(meant(label) for label in labels.values()):
            continue
        proof = proofread(_page(steps))
        for step in proof.steps:
            _judge(name, step, labels.get(step.line), tally)
    return tally


def names_of(reasons: Sequence[Reason]) -> list[str]:
    """The names of the rules, also of small steps that are shown together."""
    return [name for reason in reasons for name in reason.rule.split(", ")]


def asked() -> Tally:
    """How many steps that people ask about are answered with the rules that an answer has to name."""
    tally = Tally()
    for each in ASKED:
        step = proofread(each.page).steps[-1]
        found = set(names_of(why(step, tally)))
        right = bool(found) and all(group & found for group in each.rules)
        tally.note("answered" if right else "not answered", "" if right else each.what)
    return tally


def _judge(name: str, step: Step, label: str | None, tally: Tally) -> None:
    accepted = meant(label) if label is not None and label not in NO_STEP else None
    if accepted is None or not step.holds:
        return
    reasons = why(step, tally)
    rules = names_of(reasons)
    if not rules:
        tally.note("none", f"{label} | {_described(name, step)}")
    elif accepted.intersection(rules):
        tally.note("right")
    else:
        tally.note("other", f"{label} | {', '.join(rules)} | {_described(name, step)}")


def _page(steps: Sequence[dict]) -> str:
    """A page with each labelled line on its own line number."""
    lines: dict[int, str] = {}
    for step in steps:
        bare = step["to"].strip().removesuffix("\\\\").replace("&", " ").strip()
        lines[step["line"]] = f"$${bare}$$"
    return "\n".join(lines.get(n, "") for n in range(1, max(lines) + 1))


def gaps(pages: Sequence[Path]) -> Tally:
    """How many lines left out are found again, or one between the same two lines that serves as well."""
    tally = Tally()
    for page in pages:
        truth = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        proof = proofread(page.read_text(encoding="utf-8"))
        steps = [step for step in proof.steps if step.line == truth["gap_before_line"]]
        if not steps or not steps[0].holds:
            tally.note("not decided")
            continue
        found = why(steps[0], tally)
        if not found:
            tally.note("none", _described(page.stem, steps[0]))
        elif _restores(truth["hidden"], proof, steps[0], found):
            tally.note("restored")
        elif len(found) > 1:
            tally.note("another line")
        else:
            tally.note("one rule for both")
    return tally


def _restores(hidden: str, proof: Proof, step: Step, reasons: Sequence[Reason]) -> bool:
    """Whether one of the lines left out is the hidden one up to the order of terms."""
    wanted = "".join(hidden.replace("&", "").removesuffix("\\\\").split()).lstrip("=")
    return any("".join(reason.latex.split()) == wanted for reason in reasons[:-1])


def _described(name: str, step: Step) -> str:
    return f"{name}:{step.line} {' '.join(step.lhs.split())[:150]}  =>  {' '.join(step.rhs.split())[:150]}"
