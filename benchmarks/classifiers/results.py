"""What was measured, kept as JSON beside the tables, so that a partial run leaves the rest as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "RESULTS.json"


def load_results() -> dict[str, Any]:
    """{"problems": {name: section}, "gradient": …, "curves": …}, as far as measured."""
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def save_results(results: dict[str, Any]) -> None:
    """Replace the file."""
    FILE.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
