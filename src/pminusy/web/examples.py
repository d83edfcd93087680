r"""Derivations to start from, each with what it shows."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A text with its title, in the order in which one would try them."""

    title: str
    text: str


EXAMPLES = (
    Example(
        "Where am I going wrong?",
        r"""The outputs of a softmax layer, and its loss:

$$p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}, \qquad L = -\sum_j y_j \log p_j$$

The derivatives of the outputs are

$$\frac{\partial p_j}{\partial o_i} = p_i (1 - p_i), \quad i = j$$

$$\frac{\partial p_j}{\partial o_i} = -p_i p_j, \quad i \neq j$$

so that

$$
\begin{aligned}
\frac{\partial L}{\partial o_i} &= -\left( y_i (1 - p_i) + \sum_{k \neq i} -p_k y_k \right) \\
&= p_i y_i - y_i + \sum_{k \neq i} p_k y_k \\
&= \left( \sum_i p_i y_i \right) - y_i
\end{aligned}
$$

I expected $p_i - y_i$. Where am I going wrong?
""",
    ),
    Example(
        "Its answer",
        r"""With the softmax $p_k = \frac{e^{o_k}}{\sum_j e^{o_j}}$ and the loss $L = -\sum_k y_k \log p_k$,

$$
\begin{aligned}
\frac{\partial L}{\partial o_i} &= -\sum_k y_k \frac{\partial \log p_k}{\partial o_i} \\
&= -\sum_k y_k \frac{1}{p_k} \frac{\partial p_k}{\partial o_i} \\
&= -y_i (1 - p_i) - \sum_{k \neq i} y_k \frac{1}{p_k} (-p_k p_i) \\
&= -y_i (1 - p_i) + \sum_{k \neq i} y_k p_i \\
&= -y_i + y_i p_i + \sum_{k \neq i} y_k p_i \\
&= p_i \left( \sum_k y_k \right) - y_i \\
&= p_i - y_i
\end{aligned}
$$
""",
    ),
    Example(
        "Least squares in vectors",
        r"""For a matrix $X$ and vectors $y$ and $w$, let

$$L(w) = \| y - X w \|^2 + \lambda \| w \|^2$$

Then

$$
\begin{aligned}
\nabla_w L &= -2 X^\top (y - X w) + 2 \lambda w \\
&= 2 (X^\top X + \lambda I) w - 2 X^\top y
\end{aligned}
$$

and the Hessian is

$$\nabla_w^2 L = 2 (X^\top X + \lambda I)$$
""",
    ),
    Example(
        "A layer, with a slip",
        r"""One unit of a network: $z = w^\top x + b$, $a = \sigma(z) = \frac{1}{1 + e^{-z}}$, and for one
example with the target $y$ the loss $L = -y \log a - (1 - y) \log (1 - a)$.

$$
\begin{aligned}
\frac{\partial L}{\partial a} &= -\frac{y}{a} + \frac{1 - y}{1 - a} \\
\frac{\partial a}{\partial z} &= a (1 + a) \\
\frac{\partial L}{\partial z} &= \frac{\partial L}{\partial a} \frac{\partial a}{\partial z} = a - y
\end{aligned}
$$
""",
    ),
    Example(
        "Something undecidable",
        r"""The derivative of $f(x) = x^2 + \beta x$ is

$$\frac{d f}{d x} = 2 x + \beta = 2 x + \kappa$$
""",
    ),
)
"""What the page offers."""
