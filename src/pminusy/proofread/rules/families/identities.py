"""Identities as they stand in tables: two patterns and a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.rules.build import add, mul
from pminusy.proofread.rules.patterns import filled, instances, pattern
from pminusy.proofread.rules.rule import Apply, Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Add, Node

_TRIGONOMETRIC, _SPECIAL, _CHANCE, _FUNCTIONS = (
    "trigonometric identity",
    "special function",
    "expectation",
    "function",
)


def identity(left: str, right: str, sentence: str) -> Apply:
    """The rule that puts the right pattern for the left one."""

    def apply(node: Node, setting: Setting) -> Iterator[Move]:
        wanted = pattern(left)
        if type(wanted) is not type(node):
            return
        for found, rest in instances(wanted, node):
            new = filled(pattern(right), found)
            if rest is not None:
                new = add([new, rest]) if isinstance(wanted, Add) else mul([new, rest])
            yield Move(new, sentence)

    return apply


def _rules(name: str, *rows: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple(
        Rule(name, name, identity(left, right, f"${left} = {right}$ for all values"), Example(left, right))
        for left, right in rows
    )


TRIGONOMETRIC = _rules(
    _TRIGONOMETRIC,
    (r"\sin^2 u + \cos^2 u", "1"),
    (r"1 - \sin^2 u", r"\cos^2 u"),
    (r"1 - \cos^2 u", r"\sin^2 u"),
    (r"\sin(2 u)", r"2 \sin u \cos u"),
    (r"\cos(2 u)", r"\cos^2 u - \sin^2 u"),
    (r"\cos(2 u)", r"1 - 2 \sin^2 u"),
    (r"\cos(2 u)", r"2 \cos^2 u - 1"),
    (r"\sin^2 u", r"\frac{1 - \cos(2 u)}{2}"),
    (r"\cos^2 u", r"\frac{1 + \cos(2 u)}{2}"),
    (r"\sin^2 u", r"1 - \cos^2 u"),
    (r"\cos^2 u", r"1 - \sin^2 u"),
    (r"\tan u", r"\frac{\sin u}{\cos u}"),
    (r"\cot u", r"\frac{\cos u}{\sin u}"),
    (r"\sec u", r"\frac{1}{\cos u}"),
    (r"\csc u", r"\frac{1}{\sin u}"),
    (r"1 + \tan^2 u", r"\frac{1}{\cos^2 u}"),
    (r"\tan^2 u", r"\sec^2 u - 1"),
    (r"\sin(-u)", r"-\sin u"),
    (r"\cos(-u)", r"\cos u"),
    (r"\tan(-u)", r"-\tan u"),
    (r"\sin(u + v)", r"\sin u \cos v + \cos u \sin v"),
    (r"\cos(u + v)", r"\cos u \cos v - \sin u \sin v"),
    (r"\sin u \cos v", r"\frac{\sin(u + v) + \sin(u - v)}{2}"),
    (r"\sin u \cos u", r"\frac{\sin(2 u)}{2}"),
    (r"\sin(\frac{\pi}{2} - u)", r"\cos u"),
    (r"\cos(\frac{\pi}{2} - u)", r"\sin u"),
    (r"\cosh^2 u - \sinh^2 u", "1"),
    (r"1 - \tanh^2 u", r"\frac{1}{\cosh^2 u}"),
)
SPECIAL = _rules(
    _SPECIAL,
    (r"\Gamma(u + 1)", r"u \Gamma(u)"),
    (r"\Gamma(n)", "(n - 1)!"),
    (r"\Gamma(n + 1)", "n!"),
    (r"\Gamma(n + 2)", "(n + 1)!"),
    (r"n!", r"n (n - 1)!"),
    (r"(n + 1)!", r"(n + 1) n!"),
    (r"\binom{n}{m}", r"\frac{n!}{m! (n - m)!}"),
    (r"\binom{n}{m}", r"\binom{n - 1}{m} + \binom{n - 1}{m - 1}"),
    (r"m \binom{n}{m}", r"n \binom{n - 1}{m - 1}"),
    (r"\Gamma(u)", r"\frac{\Gamma(u + 1)}{u}"),
)
CHANCE = _rules(
    _CHANCE,
    (r"\mathrm{Var}(X)", r"\mathbb{E}[X^2] - \mathbb{E}[X]^2"),
    (r"\mathrm{Var}(X)", r"\mathbb{E}[(X - \mathbb{E}[X])^2]"),
    (r"\mathrm{Cov}(X, Y)", r"\mathbb{E}[X Y] - \mathbb{E}[X] \mathbb{E}[Y]"),
    (r"\mathrm{Cov}(X, Y)", r"\mathbb{E}[(X - \mathbb{E}[X]) (Y - \mathbb{E}[Y])]"),
    (r"\mathrm{Cov}(X, X)", r"\mathrm{Var}(X)"),
    (r"\mathrm{Var}(X + Y)", r"\mathrm{Var}(X) + 2 \mathrm{Cov}(X, Y) + \mathrm{Var}(Y)"),
)
FUNCTIONS = _rules(
    _FUNCTIONS,
    (r"\mathrm{ReLU}(u)", r"\max(0, u)"),
    (r"\mathrm{ReLU}(u)", r"\begin{cases} u & \text{if } u > 0 \\ 0 & \text{otherwise} \end{cases}"),
    (r"\mathrm{ReLU}'(u)", r"\begin{cases} 1 & \text{if } u > 0 \\ 0 & \text{otherwise} \end{cases}"),
    (r"\mathrm{GELU}(u)", r"u \Phi(u)"),
    (r"\mathrm{softplus}(u)", r"\log(1 + e^u)"),
    (r"\log(\sigma(u))", r"-\log(1 + e^{-u})"),
)
RULES = (*TRIGONOMETRIC, *SPECIAL, *FUNCTIONS)
