r"""Macros of well-known packages (physics, derivative, commath, …), for pages that use them without their preamble.

Each has its forms by what follows the macro: `{}` an argument in braces, `[]` an optional one in brackets. Where none
of them fits, as in `\abs x`, the first form takes its arguments as TeX does.
"""

from __future__ import annotations

Forms = tuple[tuple[str, str], ...]


def _derivative(mark: str) -> Forms:
    return (
        ("{}{}{}", rf"\frac{{{mark}^2 #1}}{{{mark} #2 {mark} #3}}"),
        ("{}{}", rf"\frac{{{mark} #1}}{{{mark} #2}}"),
        ("{}", rf"\frac{{{mark}}}{{{mark} #1}}"),
        ("[]{}{}", rf"\frac{{{mark}^{{#1}} #2}}{{{mark} #3^{{#1}}}}"),
        ("[]{}", rf"\frac{{{mark}^{{#1}}}}{{{mark} #2^{{#1}}}}"),
        ("", rf"\frac{{{mark} #1}}{{{mark} #2}}"),
    )


def _above(mark: str) -> Forms:
    """What stands above its argument, or above what is before it."""
    return (("{}", f"{{#1}}^{{{mark}}}"), ("", f"^{{{mark}}}"))


def _short(*names: str, of: str) -> dict[str, Forms]:
    return dict.fromkeys(names, (("", of),))


_ORDINARY, _PARTIAL = _derivative("d"), _derivative(r"\partial")
_FRACTION: Forms = (("{}{}", r"\frac{#1}{#2}"),)
_INNER: Forms = (("{}{}", r"\langle #1, #2 \rangle"), ("{}", r"\langle #1 \rangle"))

PACKAGES: dict[str, Forms] = {
    **dict.fromkeys(["dv", "odv", "deriv", "derivative"], _ORDINARY),
    **dict.fromkeys(["pdv", "pd", "pderiv", "partialderivative"], _PARTIAL),
    **dict.fromkeys(["sfrac", "nicefrac", "flatfrac"], _FRACTION),
    **dict.fromkeys(["trans", "tran", "transp", "transpose"], _above(r"\top")),
    "inv": _above("-1"),
    **dict.fromkeys(["innerproduct", "inner", "ip"], _INNER),
    **_short("dd", "diff", "dif", "d", "der", "dint", "ud", "rd", of="d"),
    **{f"d{letter}": (("", f"d{letter}"),) for letter in "xty"},
    **{f"dd{letter}": (("", rf"\frac{{d}}{{d{letter}}}"),) for letter in "xtyz"},
    **_short("EV", "Expect", "expect", "E", "EE", "Ex", of=r"\mathbb{E}"),
    **_short("Prob", "prob", of=r"\Pr"),
    **_short("R", "RR", "reals", "Reals", "real", "Real", of=r"\mathbb{R}"),
    **_short("given", of=r"\mid"),
    **_short("half", of=r"\frac{1}{2}"),
    **_short("sigmoid", of=r"\operatorname{sigmoid}"),
    **_short("KL", of=r"\operatorname{KL}"),
    **_short("T", of=r"\top"),
    **_short("grad", of=r"\nabla"),
    **_short("laplacian", of=r"\nabla^2"),
    "norm": (("{}", r"\left\|#1\right\|"), ("[]{}", r"\left\|#2\right\|_{#1}")),
    "abs": (("{}", r"\left|#1\right|"),),
    **dict.fromkeys(["set", "Set"], (("{}", r"\{#1\}"),)),
    "paren": (("{}", r"\left(#1\right)"),),
    "sqbrk": (("{}", r"\left[#1\right]"),),
    "map": (("{}{}", r"#1\left(#2\right)"), ("", r"#1\left(#2\right)")),
    **_short("ds", of=r"\displaystyle"),
    "qty": (("{}", "{#1}"), ("", "")),
    "eval": (("{}", r"{#1}\right|"),),
    "order": (("{}", r"O\left(#1\right)"),),
    "pmqty": (("{}", r"\begin{pmatrix}#1\end{pmatrix}"),),
    "bmqty": (("{}", r"\begin{bmatrix}#1\end{bmatrix}"),),
    "vmqty": (("{}", r"\begin{vmatrix}#1\end{vmatrix}"),),
}
