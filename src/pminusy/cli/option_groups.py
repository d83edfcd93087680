"""Options from tables, put among those of a command."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any


def option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """An option by its name in Python, its type for Typer and its value where it is not given."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def takes_options(
    **groups: Sequence[inspect.Parameter],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command groups of options, each after the option that it is named by; they come to it as `**given`.

    Examples
    --------
    >>> @takes_options(data=[option("separator", str | None, None)])
    ... def show(data: str, **given): ...
    >>> list(inspect.signature(show).parameters)
    ['data', 'separator']
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_options(**values: Any) -> None:
            command(**values)

        parameters: list[inspect.Parameter] = []
        for own in inspect.signature(command).parameters.values():
            if own.kind is not own.VAR_KEYWORD:
                parameters += [own.replace(kind=own.KEYWORD_ONLY), *groups.get(own.name, ())]
        with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        with_options.__annotations__ = {each.name: each.annotation for each in parameters}
        return with_options

    return decorate
