"""An explanation in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pminusy.report.explanation import words
from pminusy.report.explanation.model import Explanation
from pminusy.report.explanation.words import figure

_MIN_WIDTHS = (5, 7)
_ROOMY = 7  # columns that leave room for wider gaps


def render_text(worked: Explanation, console: Console) -> None:
    """Print the steps in order; they fit 80 columns, and are plain where the console is no terminal.

    Parameters
    ----------
    worked : Explanation
    console : rich.console.Console

    Examples
    --------
    >>> render_text(explain([2.0, 1.0, 0.1], target=0), Console())   # doctest: +SKIP
    """
    console.print(Text(words.title(worked), style="bold"))
    for sentence in filter(None, (words.mass(worked), words.shown(worked), *words.warnings(worked))):
        console.print(Text(sentence))
    _print_probabilities(worked, console)
    _print_loss(worked, console)
    _print_jacobian(worked, console)
    _print_chain_rule(worked, console)
    _print_closed_form(worked, console)


def _print_probabilities(worked: Explanation, console: Console) -> None:
    _print_heading(console, "1  Probabilities", "p_k = e^(z_k − m) / Σ_j e^(z_j − m)")
    console.print(Text(words.shift(worked)))
    rows = [
        (str(c.k), *map(figure, (c.logit, c.shifted, c.exponential, c.p, c.log_p))) for c in worked.classes
    ]
    if worked.others:
        rows.append(("others", "", "", figure(worked.others.exponential), figure(worked.others.p), ""))
    rows.append(("Σ", "", "", figure(worked.total_exponential), figure(worked.total_p), ""))
    _print_table(console, ("k", "z", "z − m", "e^(z−m)", "p", "log p"), rows)


def _print_loss(worked: Explanation, console: Console) -> None:
    _print_heading(console, "2  Loss", "L = −Σ_k y_k log p_k")
    rows = [(str(c.k), *map(figure, (c.y, c.log_p, c.loss))) for c in worked.classes]
    if worked.others:
        rows.append(("others", figure(worked.others.y), "", figure(worked.others.loss)))
    rows.append(("Σ", figure(worked.s), "", figure(worked.loss)))
    _print_table(console, ("k", "y", "log p", "−y·log p"), rows)


def _print_jacobian(worked: Explanation, console: Console) -> None:
    _print_heading(console, "3  Jacobian", "∂p_j/∂z_i = p_j (δ_ij − p_i)")
    rows = [(str(step.i), *map(figure, step.jacobian)) for step in worked.gradient]
    _print_table(console, ("i \\ j", *(str(c.k) for c in worked.classes)), rows)


def _print_chain_rule(worked: Explanation, console: Console) -> None:
    _print_heading(console, "4  Chain rule", "∂L/∂z_i = Σ_j ∂L/∂p_j · ∂p_j/∂z_i,  ∂L/∂p_j = −y_j/p_j")
    console.print(Text(words.products()))
    others = bool(worked.others)
    rows = [("−y/p", *map(figure, worked.outer), *[""] * others, "")]
    for step in worked.gradient:
        rest = [figure(step.other_terms)] * others
        rows.append((str(step.i), *map(figure, step.terms), *rest, figure(step.chain_rule)))
    classes = [str(c.k) for c in worked.classes]
    _print_table(console, ("i \\ j", *classes, *["others"] * others, "Σ"), rows)


def _print_closed_form(worked: Explanation, console: Console) -> None:
    _print_heading(console, "5  Closed form", "∂L/∂z_i = s·p_i − y_i")
    rows = [
        (str(step.i), *map(figure, (step.scaled_p, step.y, step.closed_form, step.chain_rule)))
        for step in worked.gradient
    ]
    _print_table(console, ("i", "s·p", "y", "s·p − y", "chain rule"), rows, strong=3)
    console.print(Text(words.agreement(worked)))


def _print_heading(console: Console, title: str, formula: str) -> None:
    console.print()
    console.print(Text.assemble((title, "bold"), "   ", (formula, "cyan")))


def _print_table(
    console: Console, headers: Sequence[str], rows: Iterable[Sequence[str]], strong: int | None = None
) -> None:
    """Print a table of figures, whose column `strong` is set in bold."""
    gap = 1 if len(headers) > _ROOMY else 3
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    for place, header in enumerate(headers):
        style = "dim" if place == 0 else "bold" if place == strong else ""
        table.add_column(header, justify="right", style=style, min_width=_MIN_WIDTHS[place > 0], no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(Padding(table, (0, 0, 0, 2), expand=False))
