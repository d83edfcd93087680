"""Tables of a page in which a formula stands at the left and its numbers to the right of it.

    | | $h = 0$ | $h = 1$ |
    | --- | --- | --- |
    | $b_h$ | 0 | 0.5 |
    | $a_h = x_0 W_{0h} + b_h$ | 2 · 1 + 0 = 2 | 2 · (−3) + 0.5 = −5.5 |

Every number of a cell belongs to a symbol or number of the formula, in its order, and the last to what the formula is
of. A number with four decimals is rounded, and any other is exact.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]  # numbers and arrays, by the names that they have on the page

SYMBOL = r"d?[A-Za-z]'?(?:_(?:\{\w+\}|\w)|(?![a-z]))"
NUMBER = r"\d+(?:\.\d+)?"
PIECE = re.compile(rf"(?P<number>{NUMBER})|(?P<word>max)|(?P<symbol>{SYMBOL})")
SHOWN = re.compile(rf"\(−{NUMBER}\)|(?:^|(?<=[(= ]))−?{NUMBER}")
OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Row:
    """A row of a table: its formula, for some values of one index."""

    section: str
    index: str
    columns: tuple[int, ...]
    label: str
    cells: tuple[str, ...]

    @property
    def symbol(self) -> str:
        return self.label.partition(" = ")[0]

    @property
    def formula(self) -> str:
        """What the symbol is, or nothing where it is given."""
        return self.label.partition(" = ")[2].replace(r"\max", "max").replace(r" \cdot", "")

    def problem(self, values: Values) -> str | None:
        """What is wrong with the first cell that is not right."""
        worked_out = self.formula and not re.fullmatch(SYMBOL, self.formula)
        source = f"{self.formula} = {self.symbol}" if worked_out else self.symbol
        for column, cell in zip(self.columns, self.cells, strict=True):
            pieces = [piece for piece in PIECE.finditer(source) if not piece["word"]]
            expected = [self._number(piece, column, values) for piece in pieces]
            if SHOWN.sub("#", cell) != _skeleton(source):
                return f"{cell} is not of the form {source}"
            for number, exact in zip(SHOWN.findall(cell), expected, strict=True):
                if not shows(number.strip("()"), exact):
                    return f"{cell}: {number} should be {exact}"
            if self.formula and abs(self._computed(column, values) - expected[-1]) > 1e-14:
                return f"{self.formula} is not {self.symbol}"
        return None

    def _number(self, piece: re.Match[str], column: int, values: Values) -> float:
        if piece["number"]:
            return float(piece["number"])
        name, _, indices = piece["symbol"].replace("{", "").replace("}", "").partition("_")
        at = tuple(column if letter == self.index else int(letter) for letter in indices)
        return float(values[name][at] if at else values[name])

    def _computed(self, column: int, values: Values) -> float:
        def number(piece: re.Match[str]) -> str:
            return piece["word"] or f"({self._number(piece, column, values)!r})"

        return _arithmetic(PIECE.sub(number, self.formula).replace(") (", ") * ("))


def rows(text: str) -> Iterator[Row]:
    """All rows of a page's tables."""
    section, index, columns = "", "", ()
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("| |"):
            index, columns = cells[1][1], tuple(range(len(cells) - 1))
            assert cells[1:] == [f"${index} = {column}$" for column in columns]
        elif line.startswith("| $"):
            yield Row(section, index, columns, cells[0].strip("$"), tuple(cells[1:]))


def shows(number: str, exact: float) -> bool:
    """Whether this is how the number is written."""
    number = number.replace("−", "-")
    if len(number.partition(".")[2]) == 4:
        return number == f"{exact:.4f}"
    return abs(float(number) - exact) < 1e-14


def with_a_digit_changed(text: str) -> Iterator[str]:
    """The text with each of its digits changed, one at a time."""
    for digit in re.finditer(r"\d", text):
        yield f"{text[: digit.start()]}{(int(digit[0]) + 1) % 10}{text[digit.end() :]}"


def _skeleton(formula: str) -> str:
    """A formula as a cell writes it, with # for the numbers."""
    marked = PIECE.sub(lambda piece: piece["word"] or "#", formula)
    return marked.replace("# #", "# · #").replace("-", "−")


def _arithmetic(text: str) -> float:
    def value(node: ast.expr) -> float:
        match node:
            case ast.BinOp(left, operation, right):
                return OPERATIONS[type(operation)](value(left), value(right))
            case ast.UnaryOp(ast.USub(), operand):
                return -value(operand)
            case ast.Call(ast.Name("max"), arguments):
                return max(value(argument) for argument in arguments)
            case ast.Constant(float(number)):
                return number
        raise ValueError(ast.dump(node))

    return value(ast.parse(text, mode="eval").body)
