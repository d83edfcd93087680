"""The report in a terminal: a short form after a fit, and a full one."""

from collections.abc import Iterable, Sequence, Sized

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pminusy.report import words
from pminusy.report.formats import count, decimals, number, percent
from pminusy.report.model import Report
from pminusy.report.network import Epoch, NetworkOutcome
from pminusy.report.outcome import spread
from pminusy.report.weights import NamedWeight

_MAX_LINES = 12
_MAX_WEIGHTS = 3
_MAX_NAMED = 6


def render_text(report: Report, console: Console, *, full: bool = False) -> None:
    """Print a report; it fits 80 columns, and is plain where the console is no terminal.

    Parameters
    ----------
    report : Report
    console : rich.console.Console
    full : bool
        Also explain the scores, and print the classes, the most frequent mistakes, the strongest weights or
        the network's layers and epochs, and the worst mistakes.

    Examples
    --------
    >>> render_text(report, Console(), full=True)   # doctest: +SKIP
    """
    console.print(Text(report.title, style="bold"))
    console.print(Text(words.headline(report)))
    _print_scores(report, console)
    _print_verdicts(report, console)
    if full:
        _print_meanings(report, console)
        _print_classes(report, console)
        _print_confusions(report, console)
        _print_weights(report, console)
        if report.network:
            _print_layers(report.network, console)
            _print_epochs(report.network, console)
        _print_mistakes(report, console)


def _print_scores(report: Report, console: Console) -> None:
    named = (("held out", report.test), ("training", report.train), ("class frequencies", report.baseline))
    parts = [(name, scores) for name, scores in named if scores]
    rows = [
        ("accuracy", *(percent(scores.accuracy) for _, scores in parts)),
        ("log loss", *(decimals(scores.log_loss) for _, scores in parts)),
        ("Brier score", *(decimals(scores.brier) for _, scores in parts)),
        ("calibration error", *(decimals(scores.ece) for _, scores in parts)),
        (f"{words.noun(report)}s", *(count(scores.n) for _, scores in parts)),
    ]
    console.print()
    _print_table(console, ("", *(name for name, _ in parts)), rows)
    console.print()


def _print_verdicts(report: Report, console: Console) -> None:
    training, check = words.training_verdict(report), report.gradient_check
    _print_labelled(console, f"{training.label}: ", training.sentence, "green" if training.good else "red")
    if training.remedy:
        _print_labelled(console, "Suggestion: ", training.remedy)
    if report.path:
        _print_labelled(console, "Choice of C: ", words.choice(report.path))
    if report.kept:
        _print_labelled(console, "Features: ", words.kept(report.kept, _MAX_NAMED))
    label = "Gradient check passed: " if check.ok else "Gradient check failed: "
    _print_labelled(console, label, words.gradient_verdict(report), "green" if check.ok else "red")


def _print_meanings(report: Report, console: Console) -> None:
    _print_heading(console, "What the scores mean")
    for finding in words.findings(report):
        _print_labelled(console, f"{finding.name} {finding.value} ", finding.meaning)


def _print_classes(report: Report, console: Console) -> None:
    _print_heading(console, "Scores by class, hardest first")
    rows = [
        (c.name, percent(c.f1), percent(c.precision), percent(c.recall), count(c.support))
        for c in report.per_class[:_MAX_LINES]
    ]
    _print_table(console, ("class", "F1", "precision", "recall", f"{words.noun(report)}s"), rows)
    _print_rest(console, report.per_class[_MAX_LINES:])


def _print_confusions(report: Report, console: Console) -> None:
    _print_heading(console, "Most frequent mistakes")
    if not report.confusion.pairs:
        console.print("None.")
    rows = [(p.true, p.predicted, count(p.count), percent(p.share)) for p in report.confusion.pairs]
    _print_table(console, ("true class", "predicted as", "count", "share of class"), rows, n_texts=2)


def _print_weights(report: Report, console: Console) -> None:
    named = [c for c in report.weights if not c.image]
    if not named:
        return
    _print_heading(console, "Strongest weights")
    rows = [(c.name, _listed(c.supporting), _listed(c.opposing)) for c in named[:_MAX_LINES]]
    _print_table(console, ("class", "evidence for", "evidence against"), rows, n_texts=3)
    _print_rest(console, named[_MAX_LINES:])


def _listed(weights: Sequence[NamedWeight]) -> str:
    return "\n".join(f"{w.feature} {decimals(w.weight)}" for w in weights[:_MAX_WEIGHTS])


def _print_layers(network: NetworkOutcome, console: Console) -> None:
    _print_heading(console, "Layers")
    rows = [
        (layer.name, " × ".join(map(count, layer.shape)), count(layer.n_parameters))
        for layer in network.layers
    ]
    total = ("total", "", count(network.training.n_parameters))
    _print_table(console, ("layer", "output shape", "parameters"), [*rows, total])


def _print_epochs(network: NetworkOutcome, console: Console) -> None:
    if not network.history:
        return
    _print_heading(console, "Epochs")
    validated = any(epoch.validation_loss is not None for epoch in network.history)
    headers = (
        "epoch",
        "loss",
        "accuracy",
        *(("validation loss", "accuracy") if validated else ()),
        "learning rate",
    )
    rows = [
        (
            count(epoch.epoch),
            decimals(epoch.loss),
            percent(epoch.accuracy),
            *(_validation(epoch) if validated else ()),
            number(epoch.learning_rate),
        )
        for epoch in spread(network.history, _MAX_LINES)
    ]
    _print_table(console, headers, rows, n_texts=0)


def _validation(epoch: Epoch) -> tuple[str, str]:
    loss = "–" if epoch.validation_loss is None else decimals(epoch.validation_loss)
    return loss, percent(epoch.validation_accuracy)


def _print_mistakes(report: Report, console: Console) -> None:
    if not report.mistakes:
        return
    _print_heading(
        console, f"Worst mistakes (rows counted from 1 among the {words.part(report)} {words.noun(report)}s)"
    )
    rows = [
        (count(m.row), m.true, m.predicted, percent(m.probability_true), percent(m.probability_predicted))
        for m in report.mistakes[:_MAX_LINES]
    ]
    _print_table(console, ("row", "true class", "predicted as", "p(true)", "p(predicted)"), rows, n_texts=3)


def _print_heading(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold"))


def _print_labelled(console: Console, label: str, sentence: str, colour: str = "") -> None:
    console.print(Text.assemble((label, f"bold {colour}"), sentence))


def _print_table(
    console: Console, headers: Sequence[str], rows: Iterable[Sequence[str]], n_texts: int = 1
) -> None:
    """Print a table whose first `n_texts` columns are text, and the others numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for place, header in enumerate(headers):
        table.add_column(header, justify="left" if place < n_texts else "right", overflow="fold")
    for row in rows:
        # As Text, a cell with brackets isn't taken for markup.
        table.add_row(*map(Text, row))
    console.print(Padding(table, (0, 0, 0, 2), expand=False))


def _print_rest(console: Console, rest: Sized) -> None:
    if rest:
        console.print(Text(f"  and {count(len(rest), 'more class', 'more classes')}", style="dim"))
