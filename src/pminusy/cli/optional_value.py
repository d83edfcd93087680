"""An option that may stand alone or with a number, as `--why` and `--why 12`."""

from collections.abc import Iterator, Sequence
from typing import Any

from typer.core import TyperCommand

ALL = "all"


class WhyCommand(TyperCommand):
    """A command whose option `--why` may be given without its line, which then is "all"."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments with the value that was left out put in."""
        return super().parse_args(ctx, list(filled_in(args, "--why")))


def filled_in(arguments: Sequence[str], option: str) -> Iterator[str]:
    """Give an option that no number follows the value "all".

    Examples
    --------
    >>> list(filled_in(["--why", "notes.md"], "--why"))
    ['--why=all', 'notes.md']
    """
    for place, argument in enumerate(arguments):
        alone = argument == option and not "".join(arguments[place + 1 : place + 2]).isdigit()
        yield f"{option}={ALL}" if alone else argument
