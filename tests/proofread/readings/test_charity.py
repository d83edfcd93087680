"""A line is read in the way in which it holds, and the step says what that reading rests on."""

from __future__ import annotations

import importlib

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

RIGHT = {
    "a name with two meanings": r"""
$$p = \frac{1}{1 + e^{-x}}$$
$$\frac{dp}{dx} = p (1 - p)$$
For the Poisson model instead, with
$$p = e^{x}$$
$$\frac{dp}{dx} = p$$""",
    "a call that was a product": r"""
$$g(x) = a x$$
$$b = c (x + 1) = c x + c$$
$$g(x) = x a$$""",
    "a mean by its bar": r"$$\sum_{i=1}^n (x_i - \bar{x}) = 0$$",
    "one for the unit matrix": r"""
Let $v$ be a vector, $H = 1 - 2 \frac{v v^T}{v^T v}$ and $x$ another one. Then
$$H x = \left(I - 2 \frac{v v^T}{v^T v}\right) x = x - \frac{2 v^T x}{v^T v} v$$""",
    "row vectors": r"""
With rows, $z = x W + b$ and $L = \frac12 (z - t)(z - t)^T$.
$$\frac{\partial L}{\partial z} = z - t$$
$$\frac{\partial L}{\partial W} = x^T (z - t)$$
$$\frac{\partial L}{\partial x} = (z - t) W^T$$""",
    "a matrix made of what a list names": r"""
Let $\Phi = (\phi_1, \dots, \phi_N)^T$ and $\mathbf{t} = (t_1, \dots, t_N)^T$.
$$E(w) = \frac12 \sum_{n=1}^N (w^T \phi_n - t_n)^2 = \frac12 \|\Phi w - \mathbf{t}\|^2$$
$$\nabla E(w) = \Phi^T (\Phi w - \mathbf{t})$$""",
    "a diagonal matrix of a list": r"""
Let $X = [x_1, \dots, x_n]$ and $W = \mathrm{diag}(a_1^2, \dots, a_n^2)$.
$$\sum_{i=1}^n a_i^2 x_i x_i^T = X W X^T$$""",
    "a label beside the vector of all labels": r"""
For $\mathbf{t} = (t_1, \dots, t_N)^T$ we have $\|\mathbf{t}\|^2 = \mathbf{t}^T \mathbf{t}$, and one label has
$$p(t) = \begin{cases} q & t = 1 \\ 1 - q & t = 0 \end{cases} = q^t (1 - q)^{1 - t}$$""",
    "a constraint on the length": r"""
We maximise $w^T S w$ subject to $w^T w = 1$, so $S w = \lambda w$ and
$$w^T S w = \lambda w^T w = \lambda$$""",
    "a derivative by an inverse": r"""
For symmetric $\Sigma$ and $S$ let $\ell = -\ln |\Sigma| - \mathrm{tr}(\Sigma^{-1} S)$. Then
$$\frac{\partial \ell}{\partial \Sigma^{-1}} = \Sigma - S$$""",
    "a division of entries": r"""
With $L = -y^T \log s$ for vectors $y$ and $s$,
$$\frac{\partial L}{\partial s} = -y \oslash s$$""",
    "one matrix for each component": r"""
$$Q = -\frac12 \sum_i \sum_k g_{ik} \left(\log |\Sigma_k| + (x_i - \mu_k)^T \Sigma_k^{-1} (x_i - \mu_k)\right)$$
$$\frac{\partial Q}{\partial \mu_k} = \Sigma_k^{-1} \sum_i g_{ik} (x_i - \mu_k)$$""",
    "a recursion of vectors": r"""
$h_t = \tanh(W_h h_{t-1} + W_x x_t + b)$, $o_t = V h_t$ and $L = \sum_t \frac12 \|o_t - y_t\|^2$.
$$\frac{\partial L}{\partial V} = \sum_t (o_t - y_t) h_t^T$$
$$\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) W_h$$""",
    "the mean of the values of random variables": r"""
For a sample $X_1, \dots, X_n$ with values $x_1, \dots, x_n$ we have
$$\sum_{i=1}^n (x_i - a) = n (\bar X - a)$$""",
    "bars as marks of vectors": r"""
Let $\ell = \frac12 (\overline{w}^T \overline{x} - t)^2$. Then
$$\frac{\partial \ell}{\partial w_j} = (\overline{w}^T \overline{x} - t) x_j$$""",
    "a condition on every entry": r"""
Let $h = \mathrm{ReLU}(z)$ and $L = \frac12 \|V h - y\|^2$. Then
$$\frac{\partial L}{\partial z} = (V^T (V h - y)) \odot \mathbf{1}[z > 0]$$""",
    "a softmax for each row": r"""
With one-hot rows in $Y$, $P = \mathrm{softmax}(X W)$ and $L = -\sum_n \sum_k Y_{nk} \log P_{nk}$,
$$\frac{\partial L}{\partial W} = X^T (P - Y)$$""",
    "a bias for every column": r"""
For a batch, $Z = W X + b$ and $J = \frac12 \|Z - Y\|^2$, so
$$\frac{\partial J}{\partial Z} = Z - Y$$
$$\frac{\partial J}{\partial W} = (Z - Y) X^T$$
$$\frac{\partial J}{\partial b} = (Z - Y) \mathbf{1}$$""",
    "a bold vector beside a plain number": r"""
For $\mathbf{x} \in \mathbb{R}^n$ we have $\|\mathbf{x}\|^2 = \mathbf{x}^T \mathbf{x}$. For a number,
$$(x - 1)^2 = x^2 - 2 x + 1$$""",
    "a substitution and its inverse": r"""
Let $r = s^2 t$ and $s = u$.
$$t = \frac{r}{s^2}$$
$$\frac{\partial t}{\partial r} = \frac{1}{s^2}$$""",
    "a positive root": r"$$\int_{-\infty}^{\infty} e^{-\frac{x^2}{2 \sigma^2}} dx = \sqrt{2 \pi} \sigma$$",
    "a name that a derivative is taken of, with what it depends on": r"""
$$z = \theta_1 x + \theta_2 w$$
$$\frac{\partial z(\theta_1)^2}{\partial \theta_1} = 2 z x$$""",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_line_holds(text: str) -> None:
    assert proofread(text).verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)


def test_the_choice_is_said() -> None:
    proof = proofread(r"$$\sum_{i=1}^n (x_i - \bar{x}) = 0$$")
    assert proof.steps[0].rests_on
    assert proof.steps[0].verdict in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)


def test_the_chain_rule_of_a_logarithm() -> None:
    proof = proofread(
        r"$$\frac{\partial \log{f(x)}}{\partial x} = \frac{1}{f(x)} \frac{\partial f(x)}{\partial x}$$"
    )
    assert proof.verdict is Verdict.CORRECT


def test_charity_does_not_make_a_wrong_line_right() -> None:
    text = r"""
$$p = \frac{1}{1 + e^{-x}}$$
$$\frac{dp}{dx} = p (1 + p)$$
$$q = e^{x}$$
$$\frac{dq}{dx} = q$$"""
    proof = proofread(text)
    assert proof.verdict is Verdict.WRONG
    assert proof.first_wrong is not None
    assert proof.first_wrong.line == 3


def test_a_step_of_a_long_chain_is_read_by_itself() -> None:
    text = r"""$$p(y|x) = \mu$$
$$\nabla_\theta L(\theta) = \sum_n \left(\frac{y_n}{\mu_n} - \frac{1-y_n}{1-\mu_n}\right) \mu_n (1-\mu_n) \cdot x_n
= \sum_n (y_n - \mu_n) \cdot x_n$$"""
    assert proofread(text).steps[-1].verdict is StepVerdict.HOLDS
    assert proofread(text.replace("(y_n - ", "(y_n + ")).steps[-1].verdict is not StepVerdict.HOLDS


WRONG = {
    "a gradient that is not transposed, with columns": r"""
Let $z = W x + b$ and $\ell = \frac12 \|z - t\|^2$.
$$\frac{\partial \ell}{\partial W} = (z - t) x^T$$
$$\frac{\partial \ell}{\partial x} = W (z - t)$$""",
    "a gradient in the wrong order, with rows": r"""
With rows, $z = x W + b$ and $\ell = \frac12 (z - t)(z - t)^T$.
$$\frac{\partial \ell}{\partial W} = (z - t)^T x$$""",
    "a label with a wrong case": r"""
$$p(t) = \begin{cases} q & t = 1 \\ 1 - q & t = 0 \end{cases} = q^t (1 - q)^{t - 1}$$""",
    "a derivative by an inverse with a lost minus": r"""
For symmetric $\Sigma$ and $S$ let $\ell = -\ln |\Sigma| - \mathrm{tr}(\Sigma^{-1} S)$. Then
$$\frac{\partial \ell}{\partial \Sigma^{-1}} = \Sigma + S$$""",
    "a softmax with the matrix on the wrong side": r"""
With one-hot rows in $Y$, $P = \mathrm{softmax}(X W)$ and $L = -\sum_n \sum_k Y_{nk} \log P_{nk}$,
$$\frac{\partial L}{\partial W} = X^T (Y - P)$$""",
    "a batch without its transpose": r"""
For a batch, $Z = W X + b$ and $J = \frac12 \|Z - Y\|^2$, so
$$\frac{\partial J}{\partial Z} = Z - Y$$
$$\frac{\partial J}{\partial W} = (Z - Y) X$$""",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_no_reading_makes_a_wrong_line_right(text: str) -> None:
    assert proofread(text).verdict not in (Verdict.CORRECT, Verdict.CORRECT_IF)


def test_what_was_not_read_in_every_way_is_not_called_wrong(monkeypatch):
    page = r"$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$"
    assert proofread(page).verdict is Verdict.WRONG
    monkeypatch.setattr(importlib.import_module("pminusy.proofread.readings.charity"), "MOST_WORK", -1)
    step = proofread(page).steps[-1]
    assert step.verdict is StepVerdict.UNDECIDED
    assert "too long" in step.reason
