"""A derivation in a terminal."""

from rich.console import Console
from rich.text import Text

from pminusy.proofread.deriving.derivation import Derivation, Part
from pminusy.report.derivation import words
from pminusy.report.mathml import plain
from pminusy.report.proof.breaking import broken

_MARGIN = 4


def render_text(derivation: Derivation, console: Console) -> None:
    """Print the definitions, then each line with its rule; it fits 80 columns.

    Parameters
    ----------
    derivation : Derivation
    console : rich.console.Console

    Examples
    --------
    >>> render_text(derive("f = x^2", "x"), Console())   # doctest: +SKIP
    """
    for definition in derivation.definitions:
        _print(Text.assemble(("def ", "dim"), " ".join(definition.latex.split())), console, 0)
    for part in derivation.parts:
        console.print()
        _print_part(part, console)
    console.print()
    if derivation.finished:
        result = f"{derivation.parts[-1].left} = {derivation.result}"
        _print(Text.assemble(("Result: ", "bold"), (result, "bold green")), console, 0)
    else:
        _print(Text(plain(words.stopped(derivation)), "bold yellow"), console, 0)
    _print(Text(words.checked(derivation), "dim"), console, 0)


def _print_part(part: Part, console: Console) -> None:
    _print(Text(part.left, "bold"), console, 0)
    for line in part.lines:
        _print(Text(f"= {line.latex}"), console, 2)
        _print(Text.assemble((f"{line.rule}: ", "cyan"), (plain(line.sentence), "dim")), console, _MARGIN + 2)


def _print(text: Text, console: Console, margin: int) -> None:
    for n, line in enumerate(broken(text, console.width - margin - _MARGIN)):
        console.print(Text.assemble(" " * (margin + (_MARGIN if n else 0)), line), no_wrap=True, crop=False)
