"""MathML elements as strings; leaves escape what they are given."""

from html import escape


def element(tag: str, *children: str, **attributes: str) -> str:
    """Put children that are MathML already into an element.

    Examples
    --------
    >>> element("mrow", "<mi>a</mi>", class_="wrong")
    '<mrow class="wrong"><mi>a</mi></mrow>'
    """
    named = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{named}>{''.join(children)}</{tag}>"


def row(*children: str) -> str:
    """Put children side by side, as one operand."""
    return children[0] if len(children) == 1 else element("mrow", *children)


def identifier(text: str, **attributes: str) -> str:
    """A name: one letter is set in italics, several upright."""
    return element("mi", escape(text), **attributes)


def operator(text: str, **attributes: str) -> str:
    """An operator, fence or separator."""
    return element("mo", escape(text), **attributes)


def fenced(opening: str, body: str, closing: str) -> str:
    """A body between fences that grow with it; an empty fence is left out."""
    left = operator(opening, form="prefix", fence="true") if opening else ""
    right = operator(closing, form="postfix", fence="true") if closing else ""
    return element("mrow", left, body, right)


def separated(children: list[str], separator: str = ",") -> str:
    """A list with commas, or another separator, between its members; of none, nothing."""
    if len(children) < 2:
        return "".join(children)
    return element("mrow", operator(separator, separator="true").join(children))


def scripts(base: str, below: str = "", above: str = "") -> str:
    """A base with what is set below and above its right end; empty scripts are left out."""
    if below and above:
        return element("msubsup", base, below, above)
    if below or above:
        return element("msub" if below else "msup", base, below or above)
    return base


def limits(base: str, below: str = "", above: str = "") -> str:
    """A large operator with what is set under and over it; empty limits are left out."""
    if below and above:
        return element("munderover", base, below, above)
    if below or above:
        return element("munder" if below else "mover", base, below or above)
    return base
