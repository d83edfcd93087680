"""One file per problem: `load(folder)` gives its data; the settings and what is aimed at are here."""

from __future__ import annotations

from benchmarks.classifiers.problems import (
    debian,
    diamonds,
    digits,
    embeddings,
    mnist,
    separable,
    wide,
)
from benchmarks.classifiers.problems.problem import Problem

_THEIRS = ("lbfgs", "newton_cg", "newton_cholesky", "saga", "torch_lbfgs")
_HUGE_HESSIAN = "skipped: its dense Hessian would take {} GB"

PROBLEMS = {
    "digits": Problem("Digits", digits.load),
    "mnist": Problem(
        "MNIST",
        mnist.load,
        max_iter=1000,
        aims={"lbfgs": 12, "newton_cg": 6},
        memory_aim=0.10,
        left_out={"saga": "skipped: an iteration takes more than a second"},
    ),
    "diamonds": Problem(
        "Diamonds, raw columns, float64",
        diamonds.load,
        max_iter=5000,
        aims={"newton_cholesky": 2, "newton_cg": 50},
    ),
    "diamonds32": Problem("Diamonds, raw columns, float32", diamonds.load_single, max_iter=5000),
    "debian": Problem(
        "Debian package texts",
        debian.load,
        aims={"newton_cg": 8},
        left_out={"newton_cholesky": _HUGE_HESSIAN.format("80,000")},
    ),
    "debian10": Problem(
        "Debian package texts, C = 10",
        debian.load,
        C=10.0,
        aims={"newton_cg": 8},
        left_out={"newton_cholesky": _HUGE_HESSIAN.format("80,000")},
    ),
    "wide": Problem("Many features, few rows", wide.load, aims=dict.fromkeys(_THEIRS, 1)),
    "embeddings": Problem(
        "Embeddings, many classes",
        embeddings.load,
        left_out={
            "newton_cholesky": _HUGE_HESSIAN.format("260"),
            "saga": "skipped: an iteration would take about two minutes, judging by MNIST",
        },
    ),
    "separable": Problem("Nearly separable, C = 10,000", separable.load, C=1e4),
}
