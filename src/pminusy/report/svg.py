"""From drawing commands for matplotlib to an SVG element that follows the page's light and dark colours.

Matplotlib knows no CSS variables: charts are drawn in placeholder colours, which are replaced at the end.
"""

import io
import re
import warnings
from collections.abc import Callable
from xml.etree import ElementTree

from matplotlib import rc_context
from matplotlib.figure import Figure

# Colours that nothing else uses, each standing for one of the page's CSS variables.
INK, MUTED, GRID, ACCENT, WARM = "#010101", "#020202", "#030303", "#040404", "#050505"
_STEPS = 6
RAMP = tuple(f"#{7 + step:02}{7 + step:02}{7 + step:02}" for step in range(_STEPS))
"""From ACCENT to WARM, for what has an order."""
_COLOURS = {
    **{
        placeholder: f"var(--{variable})"
        for placeholder, variable in zip(
            (INK, MUTED, GRID, ACCENT, WARM), ("ink", "muted", "line", "accent", "warm"), strict=True
        )
    },
    **{
        placeholder: f"color-mix(in oklch, var(--warm) {100 * step // (_STEPS - 1)}%, var(--accent))"
        for step, placeholder in enumerate(RAMP)
    },
}

_STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": GRID,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": GRID,
    "ytick.color": GRID,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
}
_PIXELS_PER_POINT = 1.36
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def draw_svg(draw: Callable[[Figure], None], size: tuple[float, float], name: str, description: str) -> str:
    """Draw a figure and return it as an `<svg>` element to put into a page.

    Parameters
    ----------
    draw : callable
        Takes an empty `matplotlib.figure.Figure` and draws on it, in this module's colours.
    size : (float, float)
        Width and height in inches.
    name : str
        Unlike that of any other chart on the page: its element ids are derived from it.
    description : str
        What the chart shows, for those who can't see it.

    Returns
    -------
    str
        The same bytes for the same drawing.

    Examples
    --------
    >>> chart = draw_svg(lambda figure: figure.text(0.5, 0.5, "<hi>", color=INK), (2, 1), "hi", "A greeting")
    >>> chart.startswith("<svg "), "var(--ink)" in chart, "&lt;hi&gt;" in chart
    (True, True, True)
    """
    buffer = io.StringIO()
    with rc_context({**_STYLE, "svg.hashsalt": name}), warnings.catch_warnings():
        # Only the layout is measured with matplotlib's font; the browser draws the text with its own.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        figure.savefig(buffer, format="svg", transparent=True, metadata=_NO_METADATA)
    return _for_page(ElementTree.fromstring(buffer.getvalue()), size, description)


def _for_page(svg: ElementTree.Element, size: tuple[float, float], description: str) -> str:
    _drop_global_style(svg)
    used = set(re.findall(r"#([\w-]+)", " ".join(v for e in svg.iter() for v in e.attrib.values())))
    for element in svg.iter():
        element.tag = _local(element.tag)
        element.attrib = {
            _local(key): _with_variables(value)
            for key, value in element.attrib.items()
            if key != "id" or value in used
        }
    svg.set("width", f"{72 * size[0] * _PIXELS_PER_POINT:.0f}")
    svg.attrib.pop("height")
    svg.set("role", "img")
    svg.set("aria-label", description)
    return ElementTree.tostring(svg, encoding="unicode")


def _drop_global_style(svg: ElementTree.Element) -> None:
    """Take out metadata, and a style sheet that would reach every element of the page."""
    for parent in list(svg.iter()):
        for child in list(parent):
            if _local(child.tag) in ("metadata", "style"):
                parent.remove(child)


def _local(name: str) -> str:
    """Strip an XML namespace: an element inside HTML needs none."""
    return name.rpartition("}")[2]


def _with_variables(value: str) -> str:
    for placeholder, colour in _COLOURS.items():
        value = value.replace(placeholder, colour)
    return value
