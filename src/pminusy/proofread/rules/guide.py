"""The page of the documentation that names every rule."""

from __future__ import annotations

from pminusy.proofread.rules.catalogue import FAMILIES
from pminusy.proofread.rules.rule import Rule

_HEAD = """# The rules behind `--why`

`pminusy proofread FILE --why` names the rules by which a line follows from the one before. This page lists
them all; it is generated from the code (`python -m pminusy.proofread.rules.guide`). Every rule works in both
directions, and in each direction it has a name of its own. Every line that a rule leads to is evaluated
before it is shown.
"""
_EQUATIONS = """## Equations

An equation that stands alone may follow from earlier ones: **differentiate both sides**, **integrate both
sides**, **raise both sides to a power**, **apply a function to both sides**, **multiply both sides**,
**divide both sides**, **add to both sides**, **subtract from both sides**, **put in the right side for the
left**, **put in the left side for the right**.

## Integrals between two lines

**Substitution**, **rename the variable**, **integration by parts**, **antiderivative** and **split the
range** are recognised from an integral and what became of it: the integrands are compared, with the new
variable or the product differentiated. The integrand as it is before the new variable is put in, and the product
between its limits, are shown on a line of their own. In a sum, every integral is followed by itself.

## Several steps at once

Where no single rule is found, **rearrange** stands for arithmetic, **rearrange sums** for constants taken out
of sums and deltas contracted, **definitions put in** for definitions used several times, and **work out
numbers** for numbers alone. **Derivatives worked out** says that the derivatives on the right side, too, were
worked out, and that they come to the line before. **Reorder** is a change of order, signs or notation only.
"""


def guide() -> str:
    """The page as Markdown: each family with its rules, their names in both directions, and an example."""
    sections = [_HEAD]
    for name, rules in FAMILIES:
        rows = "\n".join(dict.fromkeys(map(_row, rules)))
        sections.append(f"## {name}\n\n| rule | backwards | example |\n| --- | --- | --- |\n{rows}\n")
    return "\n".join([*sections, _EQUATIONS])


def _row(rule: Rule) -> str:
    before, after = (side.replace("|", r"\vert ") for side in (rule.example.before, rule.example.after))
    name = f"[{rule.name}](derivations/{rule.page}.md)" if rule.page else rule.name
    back = "the same" if rule.back == rule.name else rule.back
    return f"| {name} | {back} | ${before} = {after}$ |"


if __name__ == "__main__":
    print(guide(), end="")
