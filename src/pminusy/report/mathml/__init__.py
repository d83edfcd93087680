"""Formulas typeset as MathML Core, which browsers show without scripts or fonts of ours."""

from pminusy.report.mathml.latex import latex_math
from pminusy.report.mathml.prose import plain, prose
from pminusy.report.mathml.typeset import math

__all__ = ["latex_math", "math", "plain", "prose"]
