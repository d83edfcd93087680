"""A model directory read whole: what it predicts is printed, and every file that is missing or damaged is an error."""

from __future__ import annotations

from pathlib import Path

from pminusy.runs.predict import predict
from pminusy.runs.saved import read_report


def show(name: str, data: str) -> None:
    """Print what `pminusy predict --proba` prints, after reading the report as well."""
    read_report(Path(name))
    if not (Path(name) / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>"):
        raise ValueError("report.html: cut short")
    print(predict(Path(name), data, proba=True).write_csv(), end="")
