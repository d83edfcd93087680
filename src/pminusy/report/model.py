"""The report: everything that a renderer shows, as plain values."""

import json
from dataclasses import dataclass

from pminusy.errors import ModelDirectoryError
from pminusy.report.confusion import Confusion
from pminusy.report.data import DataSummary
from pminusy.report.kept import KeptFeatures
from pminusy.report.metrics import Metrics
from pminusy.report.mistakes import Mistake
from pminusy.report.network import NetworkOutcome
from pminusy.report.outcome import GradientOutcome, SolverOutcome
from pminusy.report.path import PathOutcome
from pminusy.report.per_class import ClassScores
from pminusy.report.plain import from_plain, to_plain
from pminusy.report.reliability import ReliabilityBin
from pminusy.report.weights import ClassWeights


@dataclass(frozen=True)
class Fact:
    """A name and its value.

    Attributes
    ----------
    name, value : str
    """

    name: str
    value: str


@dataclass(frozen=True)
class Report:
    """A trained model and how it did.

    Attributes
    ----------
    title : str
    data : DataSummary
    train : Metrics
    test : Metrics or None
        None where no rows were held out; the details below are then of the training rows.
    baseline : Metrics
        Of answering every row of that part with the class shares of the training rows.
    confusion : Confusion
    per_class : tuple of ClassScores
    reliability : tuple of ReliabilityBin
    weights : tuple of ClassWeights
        Empty for a network.
    mistakes : tuple of Mistake
    solver : SolverOutcome or None
    gradient_check : GradientOutcome
    seconds : float
        The whole fit, reading and encoding included.
    settings, versions : tuple of Fact
    network : NetworkOutcome or None
        Of a network, in place of a solver's outcome.
    path : PathOutcome or None
        Where C was chosen by cross-validation.
    kept : KeptFeatures or None
        Where the penalty has an L1 part.

    Examples
    --------
    >>> again = Report.from_json(report.to_json())   # doctest: +SKIP
    """

    title: str
    data: DataSummary
    train: Metrics
    test: Metrics | None
    baseline: Metrics
    confusion: Confusion
    per_class: tuple[ClassScores, ...]
    reliability: tuple[ReliabilityBin, ...]
    weights: tuple[ClassWeights, ...]
    mistakes: tuple[Mistake, ...]
    solver: SolverOutcome | None
    gradient_check: GradientOutcome
    seconds: float
    settings: tuple[Fact, ...]
    versions: tuple[Fact, ...]
    network: NetworkOutcome | None = None
    path: PathOutcome | None = None
    kept: KeptFeatures | None = None

    @property
    def scores(self) -> Metrics:
        """The test part's scores, or the training part's where nothing was held out."""
        return self.test or self.train

    def to_json(self) -> str:
        """Return the report as JSON text; numbers that are not finite become null."""
        return json.dumps(to_plain(self), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """Read a report back.

        Parameters
        ----------
        text : str
            As `to_json` wrote it.

        Returns
        -------
        Report

        Raises
        ------
        ModelDirectoryError
            The text isn't JSON, or a key or a value in it isn't a report's.
        """
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ModelDirectoryError(f"report: expected JSON, got {text[:40]!r} ({error})") from error
        return from_plain(cls, value, "report")
