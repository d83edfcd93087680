"""Pages that need no network and no script, from the templates beside this file."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

Filters: TypeAlias = Mapping[str, Callable[..., Any]]


def render_page(template: str, filters: Filters, *, layout: str = "page.html.j2", **values: Any) -> str:
    """Fill in a template; whatever isn't `markupsafe.Markup` is escaped.

    Parameters
    ----------
    template : str
        Its name; it extends `layout`.
    filters : dict of str to function
        What the template calls.
    layout : str
        What is around the content: a whole document, or nothing, "fragment.html.j2".
    **values : object
        What it shows.

    Returns
    -------
    str
        The document; the same bytes for the same values.

    Examples
    --------
    >>> render_page("report.html.j2", filters, report=report, words=words)   # doctest: +SKIP
    """
    environment = Environment(
        loader=PackageLoader("pminusy.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    return environment.get_template(template).render(layout=layout, **values)
