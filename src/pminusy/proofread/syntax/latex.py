r"""Back from trees to LaTeX, with the parentheses that the tree needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pminusy.proofread.syntax.barred import sides_of_bar
from pminusy.proofread.syntax.chances import is_conditioned, written_out
from pminusy.proofread.syntax.ellipses import spelled_out
from pminusy.proofread.syntax.latex_names import latex_name
from pminusy.proofread.syntax.names import PLUS_MINUS
from pminusy.proofread.syntax.tree import (
    BRACKETS,
    LISTS,
    Add,
    Between,
    Branch,
    Call,
    Cases,
    Component,
    Conjunction,
    Delta,
    Derivative,
    Differential,
    Divide,
    Fold,
    Group,
    Indicator,
    Inner,
    Integral,
    Limit,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Partial,
    Power,
    Relation,
    Symbol,
    Transpose,
)

_SUM, _PRODUCT, _TIGHT = 0, 1, 2

_TRIGONOMETRIC = frozenset(["sin", "cos", "tan", "sinh", "cosh", "tanh", "sec", "csc", "cot"])


def to_latex(node: Node) -> str:
    r"""The LaTeX of a tree; reading it again gives an equal tree, up to parentheses.

    Parameters
    ----------
    node : Node

    Returns
    -------
    str

    Examples
    --------
    >>> to_latex(Negative(Symbol("p", lower=(Symbol("k"),))))
    '-p_k'
    """
    return _written(node, _SUM)


def _written(node: Node, tightness: int) -> str:
    text = _RULES[type(node)](node)
    if _LOOSENESS.get(type(node), _TIGHT) < tightness:
        return rf"\left({text}\right)"
    return text


def _symbol(node: Symbol) -> str:
    if barred := sides_of_bar(node):
        name, *sides = barred
        below = r" \mid ".join(" ".join(_written(index, _SUM) for index in side) for side in sides)
        return f"{latex_name(name)}_{{{below}}}"
    text = latex_name(node.name)
    if node.applied:
        return f"{text}({', '.join(_written(index, _SUM) for index in node.lower)})"
    if node.upper:
        upper = ", ".join(_written(index, _SUM) for index in node.upper)
        text += f"^{{({upper})}}"
    return text + _lower(node.lower)


def _lower(indices: tuple[Node, ...]) -> str:
    if not indices:
        return ""
    plain = all(isinstance(index, Symbol | Number) and len(_written(index, _SUM)) == 1 for index in indices)
    text = ("" if plain else ", ").join(_written(index, _SUM) for index in indices)
    return f"_{text}" if len(text) == 1 else f"_{{{text}}}"


def _add(node: Add) -> str:
    text = _written(node.terms[0], _SUM)
    for term in node.terms[1:]:
        body = term.body if isinstance(term, Negative) else term
        if isinstance(body, Multiply) and body.factors[0] == Symbol(PLUS_MINUS):
            rest = replace(body, factors=body.factors[1:], signs=body.signs[1:])
            sign = r"\mp" if body is not term else r"\pm"
            text += f" {sign} {_written(rest if len(rest.factors) > 1 else rest.factors[0], _PRODUCT)}"
        elif isinstance(term, Negative):
            text += f" - {_written(term.body, _PRODUCT)}"
        else:
            text += f" + {_written(term, _SUM if not isinstance(term, Add) else _PRODUCT)}"
    return text


def _negative(node: Negative) -> str:
    return f"-{_written(node.body, _PRODUCT)}"


def _multiply(node: Multiply) -> str:
    texts = [
        _factor(factor, last=n + 1 == len(node.factors), first=n == 0)
        for n, factor in enumerate(node.factors)
    ]
    result = texts[0]
    for sign, text in zip(node.signs, texts[1:], strict=True):
        sign = sign.removesuffix("·")
        joint = f" {sign} " if sign else r" \cdot " if text[0].isdigit() else " "
        result += joint + text
    return result


def _factor(node: Node, last: bool, first: bool) -> str:
    reaches_on = isinstance(node, Fold) or (
        isinstance(node, Derivative) and node.form in ("operator", "nabla", "subscript")
    )
    if (reaches_on and not last) or (isinstance(node, Negative) and not first):
        return rf"\left({_written(node, _SUM)}\right)"
    if isinstance(node, Divide) and node.slash and not first:
        return rf"\left({_written(node, _SUM)}\right)"
    return _written(node, _PRODUCT if isinstance(node, Negative) else _PRODUCT + isinstance(node, Multiply))


def _divide(node: Divide) -> str:
    if node.slash:
        return f"{_written(node.numerator, _PRODUCT)} / {_written(node.denominator, _TIGHT)}"
    return rf"\frac{{{_written(node.numerator, _SUM)}}}{{{_written(node.denominator, _SUM)}}}"


def _power(node: Power) -> str:
    exponent = _written(node.exponent, _SUM)
    base = node.base
    if isinstance(base, Call) and _takes_power(base, node.exponent):
        return _call(base, power=exponent)
    text = _written(base, _TIGHT)
    open_call = isinstance(base, Call) and not base.opening
    if open_call or isinstance(base, Divide | Power | Transpose | Derivative | Fold | Integral):
        text = text if text.startswith(r"\left(") else rf"\left({text}\right)"
    return f"{text}^{exponent}" if len(exponent) == 1 else f"{text}^{{{exponent}}}"


def _takes_power(call: Call, exponent: Node) -> bool:
    r"""Whether a power is written on the name of the function: `\sin^2 x`, but never `\sin^{-1} x` for one by it."""
    if call.function.name == "sqrt":
        return False
    usual = call.function.name in _TRIGONOMETRIC and isinstance(exponent, Number) and not call.primes
    return not call.opening or usual


def _transpose(node: Transpose) -> str:
    text = _written(node.body, _TIGHT)
    if isinstance(node.body, Power | Divide | Derivative | Fold | Call):
        text = rf"\left({text}\right)"
    return f"{text}^{node.mark}" if len(node.mark) == 1 else f"{text}^{{{node.mark}}}"


def _group(node: Group) -> str:
    inner = _written(node.body, _SUM)
    if node.opening == "{":
        return f"{{{inner}}}"
    return rf"\left{node.opening}{inner}\right{node.closing}"


def _call(node: Call, power: str = "") -> str:
    function = node.function
    if function.name == "sqrt":
        degree = f"[{_written(function.lower[0], _SUM)}]" if function.lower else ""
        return rf"\sqrt{degree}{{{_written(node.arguments[0], _SUM)}}}"
    if function.name in ("!", "!!"):
        return f"{_written(node.arguments[0], _TIGHT)}{function.name}"
    if function.name == "binom":
        return rf"\binom{{{_written(node.arguments[0], _SUM)}}}{{{_written(node.arguments[1], _SUM)}}}"
    text = _symbol(function) + "'" * node.primes + (f"^{{{power}}}" if power else "")
    if not node.opening:
        argument = node.arguments[0]
        plain = isinstance(argument, Symbol | Number | Power | Divide | Fold | Call | Norm | Group)
        inner = _written(argument, _TIGHT if not plain else _SUM)
        return f"{text} {inner}"
    sides = written_out(function.name, node.arguments) if is_conditioned(function.name) else [node.arguments]
    inside = r" \mid ".join(", ".join(_written(each, _SUM) for each in side) for side in sides if side)
    return rf"{text}\left{node.opening}{inside}\right{node.closing}"


def _fold(node: Fold) -> str:
    if node.kind in LISTS:
        return to_latex(spelled_out(node))
    below = [
        latex_name(b.index.name) + ("" if b.low is None else f" = {_written(b.low, _SUM)}")
        for b in node.bindings
    ]
    condition = "" if node.condition is None else _written(node.condition, _SUM)
    if condition:
        bound = [b for b in node.bindings if b.low is None and condition.startswith(latex_name(b.index.name))]
        below = [text for text, b in zip(below, node.bindings, strict=True) if b not in bound] + [condition]
    text = f"\\{node.kind}"
    if below:
        limits = ", ".join(below)
        text += f"_{limits}" if len(limits) == 1 else f"_{{{limits}}}"
    high = next((b.high for b in node.bindings if b.high is not None), None)
    if high is not None:
        upper = _written(high, _SUM)
        text += f"^{upper}" if len(upper) == 1 else f"^{{{upper}}}"
    return f"{text} {_written(node.body, _PRODUCT)}"


def _integral(node: Integral) -> str:
    limits = ""
    if isinstance(node.low, Symbol) and node.low.name.startswith(r"\inf "):
        limits = f"_{{{node.low.name.removeprefix(chr(92) + 'inf ')}}}"
    elif node.low is not None and node.high is not None:
        limits = rf"_{{{_written(node.low, _SUM)}}}^{{{_written(node.high, _SUM)}}}"
    return rf"\int{limits} {_written(node.body, _PRODUCT)} \, d{_written(node.variable, _TIGHT)}"


def _limit(node: Limit) -> str:
    target = _written(node.target, _TIGHT) + (f"^{{{node.side}}}" if node.side else "")
    return rf"\lim_{{{_written(node.variable, _TIGHT)} \to {target}}} {_written(node.body, _PRODUCT)}"


def _between(node: Between) -> str:
    if node.low is None:
        variable = "" if node.variable is None else f"{_written(node.variable, _TIGHT)} = "
        return rf"\left. {_written(node.body, _PRODUCT)} \right|_{{{variable}{_written(node.high, _SUM)}}}"
    limits = rf"_{{{_written(node.low, _SUM)}}}^{{{_written(node.high, _SUM)}}}"
    return rf"\left[{_written(node.body, _SUM)}\right]{limits}"


def _derivative(node: Derivative) -> str:
    if node.form == "nabla":
        below = _lower(node.variables[:1]) if node.variables[0] != Symbol("") else ""
        order = f"^{len(node.variables)}" if len(node.variables) > 1 else ""
        return rf"\nabla{order}{below} {_written(node.body, _PRODUCT)}"
    mark = node.mark
    order = f"^{len(node.variables)}" if len(node.variables) > 1 else ""
    below = " ".join(_repeated(mark, v, count) for v, count in _counted(node.variables))
    if node.form == "slash":
        return f"{mark}{order} {_written(node.body, _TIGHT)} / {below}"
    if node.form in ("operator", "subscript"):
        return rf"\frac{{{mark}{order}}}{{{below}}} {_written(node.body, _PRODUCT)}"
    body = _written(node.body, _PRODUCT)
    return rf"\frac{{{mark}{order} {body}}}{{{below}}}"


def _counted(variables: tuple[Node, ...]) -> list[tuple[Node, int]]:
    """The variables, and how often each is repeated."""
    counted: list[tuple[Node, int]] = []
    for variable in variables:
        if counted and counted[-1][0] == variable:
            counted[-1] = (variable, counted[-1][1] + 1)
        else:
            counted.append((variable, 1))
    return counted


def _repeated(mark: str, variable: Node, count: int) -> str:
    """What a derivative of some order is taken by; what has an upper index of its own is written again and again."""
    text = f"{mark} {_written(variable, _TIGHT)}"
    if count == 1:
        return text
    return f"{text}^{count}" if "^" not in text else " ".join([text] * count)


def _partial(node: Partial) -> str:
    function = _symbol(node.function)
    arguments = ", ".join(_written(argument, _SUM) for argument in node.arguments)
    if not node.by:
        return rf"\nabla {function}\left({arguments}\right)"
    order = f"^{len(node.by)}" if len(node.by) > 1 else ""
    below = " ".join(f"{node.mark} {_symbol(variable)}" for variable in node.by)
    return rf"\frac{{{node.mark}{order} {function}}}{{{below}}}\left({arguments}\right)"


def _cases(node: Cases) -> str:
    rows = r" \\ ".join(_branch(branch) for branch in node.branches)
    return rf"\begin{{cases}} {rows} \end{{cases}}"


def _branch(node: Branch) -> str:
    condition = (
        r"\text{otherwise}" if node.condition is None else rf"\text{{if }} {_written(node.condition, _SUM)}"
    )
    return f"{_written(node.value, _SUM)} & {condition}"


def _norm(node: Norm) -> str:
    text = rf"\left{node.bar}{_written(node.body, _SUM)}\right{node.bar}"
    return text if node.order is None else text + _lower((node.order,))


def _matrix(node: Matrix) -> str:
    if node.fence in BRACKETS:
        opening, closing = BRACKETS[node.fence]
        entries = (entry for row in node.rows for entry in row)
        return rf"\left{opening}{', '.join(_written(entry, _SUM) for entry in entries)}\right{closing}"
    rows = r" \\ ".join(" & ".join(_written(entry, _SUM) for entry in row) for row in node.rows)
    return rf"\begin{{{node.fence}}} {rows} \end{{{node.fence}}}"


def _component(node: Component) -> str:
    inner = _written(node.body, _TIGHT)
    has_own = isinstance(node.body, Symbol) and bool(node.body.lower)
    return (rf"\left({inner}\right)" if has_own else inner) + _lower(node.indices)


def _differential(node: Differential) -> str:
    body = node.body.body if isinstance(node.body, Transpose) else node.body
    whole = _written(node.body, _SUM)
    return f"d{whole}" if isinstance(body, Symbol | Group) else rf"d\left({whole}\right)"


_LOOSENESS: dict[type[Node], int] = {
    Add: _SUM,
    Negative: _SUM,
    Multiply: _PRODUCT,
    Fold: _PRODUCT,
    Integral: _PRODUCT,
    Divide: _TIGHT,
}
_RULES: dict[type[Node], Callable[..., str]] = {
    Number: lambda node: node.text,
    Symbol: _symbol,
    Group: _group,
    Negative: _negative,
    Add: _add,
    Multiply: _multiply,
    Divide: _divide,
    Power: _power,
    Transpose: _transpose,
    Call: _call,
    Component: _component,
    Fold: _fold,
    Derivative: _derivative,
    Partial: _partial,
    Differential: _differential,
    Delta: lambda node: r"\delta" + _lower((node.left, node.right)),
    Indicator: lambda node: rf"{'' if node.mark == '[' else node.mark}[{_written(node.condition, _SUM)}]",
    Branch: _branch,
    Cases: _cases,
    Inner: lambda node: rf"\langle {_written(node.left, _SUM)}, {_written(node.right, _SUM)} \rangle",
    Integral: _integral,
    Between: _between,
    Limit: _limit,
    Norm: _norm,
    Matrix: _matrix,
    Relation: lambda node: f"{_written(node.left, _SUM)} {node.operator} {_written(node.right, _SUM)}",
    Conjunction: lambda node: ", ".join(_written(part, _SUM) for part in node.parts),
}
