"""Where the commands print: without markup or guessed colours, since names come from data."""

from rich.console import Console


def stdout_console() -> Console:
    """Make a console for results."""
    return Console(markup=False, highlight=False, emoji=False)


def stderr_console() -> Console:
    """Make a console for progress."""
    return Console(stderr=True, markup=False, highlight=False, emoji=False)
