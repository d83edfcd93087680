"""What was written, read back in the process of a test."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from pminusy import SoftmaxNetwork
from pminusy.cli.app import run
from pminusy.errors import PminusyError
from pminusy.runs.predict import predict
from pminusy.runs.saved import read_report


def main(arguments: list[str]) -> None:
    """Run a command, and leave with its exit code where it is not 0."""
    code = run(arguments)
    if code:
        sys.exit(code)


def load(path: str) -> None:
    """Load a network and print what it predicts; a refusal is shown as the commands show theirs."""
    try:
        model = SoftmaxNetwork.load(path)
    except PminusyError as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        sys.exit(2)
    print(model.predict_proba(np.zeros((1, model.n_features_in_), np.float32)).tolist())


def show(name: str, data: str) -> None:
    """Print what `pminusy predict --proba` prints, after reading all other files of the model directory as well."""
    read_report(Path(name))
    if not (Path(name) / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>"):
        raise ValueError("report.html: cut short")
    print(predict(Path(name), data, proba=True).write_csv(), end="")
