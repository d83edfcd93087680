"""Losses and layers with the short closed forms of their derivatives, as the literature has them.

The known forms were written down before `derive` was run on any of them. `UNSEEN` was set aside: it was not tried
before the design stood, and DERIVE.md records how it fared at the first try.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Loss:
    """What is given to `derive`, and the closed form that its result should be no longer than."""

    name: str
    given: tuple[str, ...]
    by: str
    known: str
    assume: tuple[str, ...] = ()


_CE = r"L = -\sum_j y_j \log p_j"
_SOFTMAX = r"p_j = \frac{e^{z_j}}{\sum_k e^{z_k}}"
_ONE = (r"\sum_j y_j = 1",)
_SIGMOID = r"p = \sigma(z)"
_MEAN, _SQUARES = r"\mu = \frac{1}{n} \sum_{k=1}^n x_k", r"v = \frac{1}{n} \sum_{k=1}^n (x_k - \mu)^2"
_NORMED = (r"y_i = \frac{x_i - \mu}{s}", r"s = \sqrt{v + \epsilon}", _SQUARES, _MEAN)
_NETWORK = (r"\hat y = \sum_h v_h a_h", r"u_h = \sum_d w_{hd} x_d")

LOSSES = (
    Loss(
        "softmax cross-entropy with mass",
        (r"L = -\sum_j y_j \log p_j", r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}"),
        "o_i",
        r"p_i \sum_j y_j - y_i",
    ),
    Loss("softmax cross-entropy", (_CE, _SOFTMAX), "z_i", "p_i - y_i", _ONE),
    Loss(
        "label smoothing",
        (r"L = -\sum_j q_j \log p_j", r"q_j = (1 - \epsilon) y_j + \epsilon u_j", _SOFTMAX),
        "z_i",
        "p_i - q_i",
        (r"\sum_j y_j = 1", r"\sum_j u_j = 1"),
    ),
    Loss(
        "softmax with temperature",
        (_CE, r"p_j = \frac{e^{z_j / T}}{\sum_k e^{z_k / T}}"),
        "z_i",
        r"\frac{p_i - y_i}{T}",
        _ONE,
    ),
    Loss(
        "focal loss",
        (r"L = -(1 - p)^\gamma \log p", _SIGMOID),
        "z",
        r"(1 - p)^\gamma (\gamma p \log p + p - 1)",
    ),
    Loss(
        "KL(p | q) by the logits of q",
        (r"L = \sum_j p_j \log \frac{p_j}{q_j}", r"q_j = \frac{e^{z_j}}{\sum_k e^{z_k}}"),
        "z_i",
        "q_i - p_i",
        (r"\sum_j p_j = 1",),
    ),
    Loss(
        "KL(q | p) by the logits of q",
        (r"L = \sum_j q_j \log \frac{q_j}{p_j}", r"q_j = \frac{e^{z_j}}{\sum_k e^{z_k}}"),
        "z_i",
        r"q_i (\log \frac{q_i}{p_i} - L)",
    ),
    Loss("log-sum-exp", (r"L = \log \sum_j e^{z_j}",), "z_i", r"\frac{e^{z_i}}{\sum_j e^{z_j}}"),
    Loss("binary cross-entropy", (r"L = -(y \log p + (1 - y) \log(1 - p))", r"p = \sigma(z)"), "z", "p - y"),
    Loss("binary cross-entropy with logits", (r"L = \log(1 + e^z) - y z",), "z", r"\frac{e^z}{1 + e^z} - y"),
    Loss(
        "logistic loss with labels of -1 and 1", (r"L = \log(1 + e^{-y z})",), "z", r"-\frac{y}{1 + e^{y z}}"
    ),
    Loss(
        "mean squared error",
        (r"L = \frac{1}{n} \sum_{i=1}^n (\hat y_i - y_i)^2", r"\hat y_i = w x_i + b"),
        "w",
        r"\frac{2}{n} \sum_{i=1}^n (\hat y_i - y_i) x_i",
    ),
    Loss(
        "hinge loss",
        (r"L = \max(0, 1 - y f)",),
        "f",
        r"\begin{cases} -y & \text{if } y f < 1 \\ 0 & \text{otherwise} \end{cases}",
    ),
    Loss("squared hinge loss", (r"L = \max(0, 1 - y f)^2",), "f", r"-2 y \max(0, 1 - y f)"),
    Loss(
        "Huber loss",
        (
            r"L = \begin{cases} \frac{1}{2} r^2 & \text{if } |r| \le c \\"
            r" c (|r| - \frac{c}{2}) & \text{otherwise} \end{cases}",
        ),
        "r",
        r"\begin{cases} r & \text{if } |r| \le c \\ c \, \mathrm{sign}(r) & \text{otherwise} \end{cases}",
    ),
    Loss(
        "normal likelihood by the mean",
        (r"L = \frac{1}{2} \log(2 \pi v) + \frac{(x - \mu)^2}{2 v}",),
        r"\mu",
        r"\frac{\mu - x}{v}",
    ),
    Loss(
        "normal likelihood by the variance",
        (r"L = \frac{1}{2} \log(2 \pi v) + \frac{(x - \mu)^2}{2 v}",),
        "v",
        r"\frac{v - (x - \mu)^2}{2 v^2}",
    ),
    Loss(
        "Laplace likelihood by the scale",
        (r"L = \log(2 b) + \frac{|x - \mu|}{b}",),
        "b",
        r"\frac{b - |x - \mu|}{b^2}",
    ),
    Loss(
        "ridge regression",
        (r"L = \|X w - y\|^2 + \lambda \|w\|^2",),
        "w",
        r"2 X^T (X w - y) + 2 \lambda w",
    ),
    Loss("least squares", (r"L = \frac{1}{2 n} \|X w - y\|^2",), "w", r"\frac{1}{n} X^T (X w - y)"),
    Loss(
        "logistic regression by a weight",
        (
            r"L = -\sum_n (t_n \log s_n + (1 - t_n) \log(1 - s_n))",
            r"s_n = \sigma(z_n)",
            r"z_n = \sum_d w_d x_{nd}",
        ),
        "w_d",
        r"\sum_n (s_n - t_n) x_{nd}",
    ),
    Loss(
        "softmax regression by a weight",
        (_CE, _SOFTMAX, r"z_j = \sum_d W_{jd} x_d + b_j"),
        "W_{ic}",
        "(p_i - y_i) x_c",
        _ONE,
    ),
    Loss(
        "a row of attention by a score",
        (r"o = \sum_j a_j v_j", r"a_j = \frac{e^{s_j}}{\sum_k e^{s_k}}"),
        "s_i",
        "a_i (v_i - o)",
    ),
    Loss(
        "layer norm",
        _NORMED,
        "x_j",
        r"\frac{1}{s} \left( \delta_{ij} - \frac{1 + y_i y_j}{n} \right)",
    ),
    Loss(
        "batch norm, a loss behind it",
        (r"L = \sum_{i=1}^n g_i y_i", *_NORMED),
        "x_j",
        r"\frac{1}{s} \left( g_j - \frac{1}{n} \sum_{i=1}^n g_i - \frac{y_j L}{n} \right)",
    ),
    Loss(
        "RMS norm",
        (r"y_i = \frac{x_i}{r}", r"r = \sqrt{\frac{1}{n} \sum_{k=1}^n x_k^2}"),
        "x_j",
        r"\frac{1}{r} \left( \delta_{ij} - \frac{y_i y_j}{n} \right)",
    ),
    Loss(
        "normalisation to length one",
        (r"y_i = \frac{x_i}{r}", r"r = \sqrt{\sum_k x_k^2}"),
        "x_j",
        r"\frac{\delta_{ij} - y_i y_j}{r}",
    ),
    Loss(
        "cosine similarity",
        (
            r"c = \frac{\sum_k u_k v_k}{a b}",
            r"a = \sqrt{\sum_k u_k^2}",
            r"b = \sqrt{\sum_k v_k^2}",
        ),
        "u_i",
        r"\frac{v_i}{a b} - \frac{c u_i}{a^2}",
    ),
    Loss("GELU", (r"f = x \Phi(x)",), "x", r"\Phi(x) + x \varphi(x)"),
    Loss("SiLU", (r"f = x s", r"s = \sigma(x)"), "x", "s + f (1 - s)"),
    Loss("tanh", (r"f = \frac{e^x - e^{-x}}{e^x + e^{-x}}",), "x", "1 - f^2"),
    Loss("softplus", (r"f = \log(1 + e^x)",), "x", r"\frac{e^x}{1 + e^x}"),
    Loss("softmax", (r"p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}",), "z_j", r"p_i (\delta_{ij} - p_j)"),
    Loss(
        "log-softmax",
        (r"\ell_i = z_i - \log \sum_k e^{z_k}", r"p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}"),
        "z_j",
        r"\delta_{ij} - p_j",
    ),
    Loss(
        "two-layer network by a first weight",
        (r"L = \frac{1}{2} (\hat y - t)^2", r"a_h = \tanh(u_h)", *_NETWORK),
        "w_{ki}",
        r"(\hat y - t) v_k (1 - a_k^2) x_i",
    ),
    Loss(
        "two-layer network by a second weight",
        (_CE, _SOFTMAX, r"z_j = \sum_h V_{jh} a_h", r"a_h = \tanh(u_h)", r"u_h = \sum_d w_{hd} x_d"),
        "V_{im}",
        "(p_i - y_i) a_m",
        _ONE,
    ),
    Loss(
        "ReLU network by a first weight",
        (r"L = \frac{1}{2} (\hat y - t)^2", r"a_h = \max(0, u_h)", *_NETWORK),
        "w_{ki}",
        r"\begin{cases} (\hat y - t) v_k x_i & \text{if } u_k > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    Loss("Poisson likelihood", (r"L = e^\eta - y \eta",), r"\eta", r"e^\eta - y"),
    Loss(
        "negative binomial likelihood by the mean",
        (r"L = (y + r) \log(\mu + r) - y \log \mu",),
        r"\mu",
        r"\frac{r (\mu - y)}{\mu (\mu + r)}",
    ),
    Loss("exponential likelihood", (r"L = \lambda x - \log \lambda",), r"\lambda", r"x - \frac{1}{\lambda}"),
    Loss(
        "multinomial logit with margins",
        (_CE, r"p_j = \frac{e^{z_j - m_j}}{\sum_k e^{z_k - m_k}}"),
        "z_i",
        "p_i - y_i",
        _ONE,
    ),
    Loss("Bradley-Terry", (r"L = -\log p", r"p = \sigma(a - b)"), "a", "p - 1"),
    Loss(
        "triplet loss",
        (r"L = \max(0, d)", r"d = \sum_k (a_k - p_k)^2 - \sum_k (a_k - q_k)^2 + m"),
        "a_i",
        r"\begin{cases} 2 (q_i - p_i) & \text{if } d > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    Loss(
        "contrastive loss (InfoNCE)",
        (
            r"L = -\frac{s_c}{\tau} + \log \sum_k e^{s_k / \tau}",
            r"p_j = \frac{e^{s_j / \tau}}{\sum_k e^{s_k / \tau}}",
        ),
        "s_i",
        r"\frac{p_i - \delta_{ic}}{\tau}",
    ),
    Loss(
        "CRF of length two by a transition",
        (
            r"L = \log Z - a_s - b_t - T_{st}",
            r"Z = \sum_i \sum_j e^{a_i + b_j + T_{ij}}",
            r"P_{ij} = \frac{e^{a_i + b_j + T_{ij}}}{Z}",
        ),
        "T_{kl}",
        r"P_{kl} - \delta_{ks} \delta_{lt}",
    ),
    Loss(
        "entropy of a softmax",
        (r"H = -\sum_j p_j \log p_j", _SOFTMAX),
        "z_i",
        r"-p_i (\log p_i + H)",
    ),
    Loss("quadratic form", (r"f = x^T A x + b^T x",), "x", "(A + A^T) x + b"),
    Loss("log-determinant", (r"f = \log \det A",), "A", "A^{-T}"),
    Loss("trace form", (r"f = \mathrm{tr}(X^T A X)",), "X", "(A + A^T) X"),
    Loss(
        "reconstruction by principal components",
        (r"L = \|X - U V^T\|_F^2",),
        "U",
        "-2 (X - U V^T) V",
    ),
    Loss(
        "negative sampling (word2vec)",
        (
            r"L = -\log \sigma(s) - \sum_k \log \sigma(-r_k)",
            r"s = \sum_d u_d v_d",
            r"r_k = \sum_d c_{kd} v_d",
        ),
        "v_i",
        r"(\sigma(s) - 1) u_i + \sum_k \sigma(r_k) c_{ki}",
    ),
)

UNSEEN = (
    Loss("log-cosh", (r"L = \log \cosh r", r"r = \hat y - y"), r"\hat y", r"\tanh r"),
    Loss("Cauchy loss", (r"L = \log(1 + \frac{r^2}{c^2})",), "r", r"\frac{2 r}{c^2 + r^2}"),
    Loss(
        "Dice coefficient",
        (r"D = \frac{2 A}{B}", r"A = \sum_k p_k y_k", r"B = \sum_k p_k + \sum_k y_k"),
        "p_i",
        r"\frac{2 y_i - D}{B}",
    ),
    Loss(
        "Weibull likelihood by the rate",
        (r"L = \lambda x^k - \log \lambda",),
        r"\lambda",
        r"x^k - \frac{1}{\lambda}",
    ),
    Loss(
        "gamma likelihood by the rate",
        (r"L = \beta x - \alpha \log \beta",),
        r"\beta",
        r"x - \frac{\alpha}{\beta}",
    ),
    Loss(
        "mixture of normals by a mean",
        (
            r"L = -\log S",
            r"S = \sum_k w_k e^{-(x - m_k)^2 / 2}",
            r"r_k = \frac{w_k e^{-(x - m_k)^2 / 2}}{S}",
        ),
        "m_i",
        r"r_i (m_i - x)",
    ),
    Loss(
        "quantile loss",
        (
            r"L = \begin{cases} q r & \text{if } r > 0 \\ (q - 1) r & \text{otherwise} \end{cases}",
            "r = y - f",
        ),
        "f",
        r"\begin{cases} -q & \text{if } r > 0 \\ 1 - q & \text{otherwise} \end{cases}",
    ),
    Loss(
        "ELU",
        (r"f = \begin{cases} x & \text{if } x > 0 \\ a (e^x - 1) & \text{otherwise} \end{cases}",),
        "x",
        r"\begin{cases} 1 & \text{if } x > 0 \\ a e^x & \text{otherwise} \end{cases}",
    ),
    Loss("Swish", (r"f = x s", r"s = \sigma(\beta x)"), "x", r"s + \beta f (1 - s)"),
    Loss("gated linear unit by the gate", (r"f = u s", r"s = \sigma(v)"), "v", "f (1 - s)"),
    Loss("Mahalanobis distance", (r"f = (x - \mu)^T A (x - \mu)",), r"\mu", r"-(A + A^T) (x - \mu)"),
    Loss("matrix factorisation", (r"L = \|X - U V^T\|_F^2",), "V", "-2 (X - U V^T)^T U"),
    Loss(
        "divergence of a variational autoencoder",
        (r"L = -\frac{1}{2} \sum_j (1 + \ell_j - \mu_j^2 - e^{\ell_j})",),
        r"\ell_i",
        r"\frac{1}{2} (e^{\ell_i} - 1)",
    ),
    Loss(
        "distillation with temperature",
        (r"L = -T^2 \sum_j q_j \log p_j", r"p_j = \frac{e^{z_j / T}}{\sum_k e^{z_k / T}}"),
        "z_i",
        r"T (p_i - q_i)",
        (r"\sum_j q_j = 1",),
    ),
    Loss("softsign", (r"f = \frac{x}{1 + |x|}",), "x", r"\frac{1}{(1 + |x|)^2}"),
)
