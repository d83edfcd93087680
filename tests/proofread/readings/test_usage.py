"""Notation as people use it: right lines hold, a slip in the same notation is found, and what is open is asked."""

from __future__ import annotations

import pytest

from pminusy.proofread import proofread
from pminusy.proofread.proof import StepVerdict, Verdict

RIGHT_AND_WRONG = {
    "a sum of what does not vary": (
        r"$Z = \sum_{i=1}^n e^{x_i \theta}$ $$\sum_{i=1}^n (x_i - \log Z) = \sum_{i=1}^n x_i - n \log Z$$",
        r"- n \log Z",
        r"- \log Z",
    ),
    "a loss known through a derivative": (
        r"$$\frac{d\sigma}{dx} = \frac{d}{dx}\left[\frac{1}{1+e^{-x}}\right] = \frac{e^{-x}}{(1+e^{-x})^2}"
        r" = \sigma(x)(1-\sigma(x))$$",
        r"(1-\sigma(x))$$",
        r"(1+\sigma(x))$$",
    ),
    "a derivative at a place": (
        r"$$\frac{d}{dx}\left(g(x) h(x)\right) = g(x)\frac{dh}{dx}(x) + \frac{dg}{dx}(x)h(x)$$",
        r"+ \frac{dg}",
        r"- \frac{dg}",
    ),
    "a square among the arguments": (
        r"$$\ln L(\mu,\sigma^2) = -\frac{n}{2}\ln\sigma^2 - \frac{1}{2\sigma^2}\sum_{i=1}^n (x_i-\mu)^2$$"
        r"$$\frac{\partial \ln L(0,\sigma^2)}{\partial\sigma^2} = -\frac{n}{2\sigma^2}"
        r" + \frac{1}{2(\sigma^2)^2}\sum_{i=1}^n x_i^2$$",
        r"+ \frac{1}{2(\sigma^2)^2}",
        r"- \frac{1}{2(\sigma^2)^2}",
    ),
    "a row that goes on behind gaps": (
        r"$f(x) = e^x + \sin x$ $$f'(x) = e^x \\ \quad\quad\small + \cos x$$",
        r"+ \cos x",
        r"- \cos x",
    ),
    "gaps and ends of lines": (
        r"$$\begin{align} (a+b)^2 &= a^2 + 2ab + b^2 \enspace , \newline (a-b)^2 &= a^2 - 2ab + b^2 \end{align}$$",
        r"- 2ab",
        r"+ 2ab",
    ),
    "a power of a logarithm's argument": (
        r"$$\log (2\pi)^{-M/2} + \log s = -\frac{M}{2} \log(2\pi) + \log s$$",
        r"= -\frac{M}{2}",
        r"= \frac{M}{2}",
    ),
    "labels −1 and 1": (
        r"The labels are -1 and 1. $g(z) = \frac{1}{1+e^{-z}}$ $$\sum_k g(z_k) y_k x_k y_k x_k = \sum_k g(z_k) x_k^2$$",
        r"g(z_k) x_k^2",
        r"g(z_k) x_k^3",
    ),
    "an operator that the page explains": (
        r"$$S_i = e^{a_i} + \sum_k a_k$$ $$D_j S_i = \frac{\partial S_i}{\partial a_j}$$"
        r"$$D_j S_i = \delta_{ij} e^{a_i} + 1$$",
        r"e^{a_i} + 1$$",
        r"e^{a_i} - 1$$",
    ),
    "an abbreviation in words": (
        r"We write $\Sigma$ for $\sum_{k=1}^N e^{a_k}$. $$\frac{\partial}{\partial a_j} \log \sum_{k=1}^N e^{a_k}"
        r" = \frac{e^{a_j}}{\Sigma}$$",
        r"}{\Sigma}",
        r"}{\Sigma^2}",
    ),
    "a vector with dots": (
        r"$$E = \sum_{i=1}^n x_i^3$$ $$\frac{\partial E}{\partial x} ="
        r" \begin{bmatrix} 3 x_1^2 \\ 3 x_2^2 \\ \vdots \\ 3 x_n^2 \end{bmatrix}$$",
        r"3 x_1^2 \\ 3 x_2^2 \\ \vdots \\ 3 x_n^2",
        r"2 x_1^2 \\ 2 x_2^2 \\ \vdots \\ 2 x_n^2",
    ),
    "a matrix with dots": (
        r"$\mathbf{x}^T \mathbf{x} = \sum_i x_i^2$ $$\mathbf{x} \mathbf{x}^T ="
        r" \begin{bmatrix} x_1 x_1 & \cdots & x_1 x_n \\ \vdots & \ddots & \vdots \\"
        r" x_n x_1 & \cdots & x_n x_n \end{bmatrix}$$",
        r"= \sum_i x_i^2",
        r"= \sum_i x_i^3",
    ),
    "a list of arguments": (
        r"$$L(k_1,\ldots,k_m ; p) = \prod_{i=1}^m p^{k_i}(1-p)^{1-k_i}$$"
        r"$$\ln L(k_1,\ldots,k_m ; p) = \sum_{i=1}^m k_i \ln p + (1-k_i) \ln(1-p)$$",
        r"+ (1-k_i) \ln",
        r"- (1-k_i) \ln",
    ),
    "a quotation": (
        "> We know\n> $$\n> f(x) = x^2\n> $$\n> and so\n> $$\n> f'(x) = 2x\n> $$\n",
        "= 2x",
        "= 3x",
    ),
    "the chain rule of unknown functions": (
        r"$$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a}\frac{\partial a}{\partial z}"
        r"\frac{\partial z}{\partial w}$$",
        r"\frac{\partial z}{\partial w}",
        r"\frac{\partial w}{\partial z}",
    ),
    "the chain rule over all paths": (
        r"$$\frac{\partial L}{\partial w_{ij}} = \sum_k \frac{\partial L}{\partial z_k}"
        r"\frac{\partial z_k}{\partial w_{ij}}$$",
        r"= \sum_k",
        r"= 2 \sum_k",
    ),
    "the chain rule of second order": (
        r"$$\frac{d^2L}{dw^2} = \frac{d^2 L}{da^2}\left(\frac{da}{dw}\right)^2 + \frac{dL}{da}\frac{d^2a}{dw^2}$$",
        r"\left(\frac{da}{dw}\right)^2",
        r"\left(\frac{da}{dw}\right)",
    ),
    "lines numbered by hand": (
        r"$$h(x) = e^x + x~~~(3)$$ \begin{eqnarray} h'(x) & = & e^x + 1 & (4) \end{eqnarray}",
        r"e^x + 1 & (4)",
        r"e^x + 2 & (4)",
    ),
    "what a chain has derived": (
        r"With $$F^2 = I$$ and $$E = \frac{I + F}{2}$$ we get $$E^2 = \left(\frac{I + F}{2}\right)^2"
        r" = \frac{I + 2F + F^2}{4} = \frac{2I + 2F}{4} = \frac{I + F}{2} = E.$$ Hence $E^2 = E$.",
        r"\frac{2I + 2F}{4}",
        r"\frac{2I + 3F}{4}",
    ),
    "a prime in a superscript": (r"$$(t^2)^{\prime} = 2t$$", "= 2t", "= 3t"),
}
ASKED = {
    "a sum over values": (
        r"$$\frac{1}{\sum_{\theta} \prod_i \theta_i^{a_i}} = \frac{\Gamma(\sum_i a_i)}{\prod_i \Gamma(a_i)}$$",
        "Which values of",
    ),
    "a dagger": (r"$$R R^\dagger d = d$$", "pseudoinverse"),
    "an operator or a factor": (
        r"$$\frac{d^2 f}{dx^2} = \frac{df}{dx}\left(\frac{df}{dx}\right)$$",
        "differentiated",
    ),
    "a fraction of differentials before its own function": (
        r"$$g(m) = y - mx$$ $$J(g) = g^2$$ $$\frac{dJ}{dg}J(g(m)) = \frac{dJ}{dg}g(m)^2 = 2g(m)$$",
        "differentiate",
    ),
    "an order of a derivative": (
        r"$$f(t) = e^t$$ $$\frac{d}{dt} \sum_{i=0}^n f(t) g^{(n-i)}(t) = \sum_{i=0}^n f(t) g^{(n-i+1)}(t)$$",
        "order of a derivative",
    ),
    "a sum that the chain rule leaves out": (
        r"$$\sum_i x_i = 1$$ $$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_j}"
        r"\frac{\partial y_j}{\partial x_i}$$",
        "",
    ),
    "the imaginary unit": (r"$$(1 + i t)(1 - i t) = 1 + t^2$$", "imaginary"),
    "a sum that is understood": (
        r"$$\frac{y_i}{q_i} \delta_{ia} = \frac{y_a}{q_a}$$",
        "Is a sum over i implied",
    ),
}


@pytest.mark.parametrize("case", RIGHT_AND_WRONG.values(), ids=RIGHT_AND_WRONG)
def test_the_right_line_holds_and_the_slip_is_found(case: tuple[str, str, str]) -> None:
    text, right, slip = case
    assert text.count(right) == 1
    assert proofread(text).verdict in (Verdict.CORRECT, Verdict.CORRECT_IF)
    assert proofread(text.replace(right, slip)).verdict is not Verdict.CORRECT
    assert not all(step.holds for step in proofread(text.replace(right, slip)).steps)


@pytest.mark.parametrize(("text", "about"), ASKED.values(), ids=ASKED)
def test_what_is_open_is_asked(text: str, about: str) -> None:
    proof = proofread(text)
    assert proof.verdict is Verdict.UNDECIDED
    assert any(
        about in (step.question or "") for step in proof.steps if step.verdict is StepVerdict.UNDECIDED
    )


def test_an_eigenvector_is_no_claim() -> None:
    assert proofread(r"For an eigenvector, $$A v = \lambda v$$ $$a + b = b + a$$").verdict is Verdict.CORRECT


def test_a_page_of_which_nothing_could_be_read_is_not_called_wrong() -> None:
    unreadable = r"$$a + ) = ( b$$ $$\oint c = \prod_{p | d} (e$$ $$[f, g) = \coprod h]$$"
    wrong = r" $$w = u + v$$ $$w^2 = u^2 + v^2$$"
    assert proofread(unreadable + wrong).verdict is Verdict.UNDECIDED
    assert proofread(wrong).verdict is Verdict.WRONG
