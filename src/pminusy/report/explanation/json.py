"""An explanation as JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from pminusy.report.explanation.model import Explanation


def to_json(worked: Explanation) -> dict[str, Any]:
    """The fields of an `Explanation` as plain values that `json.dumps` takes.

    Parameters
    ----------
    worked : Explanation

    Returns
    -------
    dict
        Named as the fields are. JSON has no infinities: they are null.

    Examples
    --------
    >>> from pminusy.report.explanation.build import explain
    >>> to_json(explain([2.0, 1.0, 0.1], target=0))["s"]
    1.0
    """
    return {name: _plain(value) for name, value in asdict(worked).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
