"""Cases with known verdicts: `NAME.md` is the derivation, `NAME.json` what is true about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A derivation and its verdict; `repairs` are pairs (found, repair) that make the first wrong step true."""

    name: str
    text: str
    verdict: str
    assumption: str | None
    line: int | None
    repairs: tuple[tuple[str, str], ...]


def read_cases(folder: Path) -> list[Case]:
    """All cases of a folder, by name."""
    return [_read(path) for path in sorted(folder.glob("*.json")) if path.with_suffix(".md").exists()]


def _read(path: Path) -> Case:
    truth = json.loads(path.read_text(encoding="utf-8"))
    wrong = truth["first_wrong"]
    pairs = [] if wrong is None else [wrong, *wrong["alternatives"]]
    return Case(
        name=path.stem,
        text=path.with_suffix(".md").read_text(encoding="utf-8"),
        verdict=truth["verdict"],
        assumption=truth["assumption"],
        line=None if wrong is None else wrong["line"],
        repairs=tuple((pair["found"], pair["repair"]) for pair in pairs),
    )
