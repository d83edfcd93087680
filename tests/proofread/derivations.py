"""Derivations in the notations people use, right and wrong: (text, verdict, line of the first wrong step)."""

# ruff: noqa: E501
# People do not break the lines of their formulas.

from __future__ import annotations

RIGHT, WRONG, RIGHT_IF = "correct", "wrong", "correct_if"

DERIVATIONS: tuple[tuple[str, str, int | None], ...] = (
    (
        r"""Loss $L = -\sum_k y_k \log \hat y_k$, $\hat y = \mathrm{softmax}(z)$.
$$\frac{\partial L}{\partial z_i} = \hat y_i \sum_k y_k - y_i$$""",
        RIGHT,
        None,
    ),
    (
        r"""$$\mathbf{p} = \mathrm{softmax}(\mathbf{z}), \quad L = -\mathbf{y}^\top \log \mathbf{p}$$
$$\nabla_{\mathbf{z}} L = \mathbf{p} - \mathbf{y}$$""",
        RIGHT_IF,
        None,
    ),
    (
        r"""Ridge: $J(w) = \|Xw - y\|_2^2 + \lambda \|w\|_2^2$
\begin{align}
\nabla_w J &= 2X^T(Xw-y) + 2\lambda w \\
&= 2(X^TX + \lambda I)w - 2X^Ty
\end{align}""",
        RIGHT,
        None,
    ),
    (
        r"""Ridge: $J(w) = \|Xw - y\|_2^2 + \lambda \|w\|_2^2$
\begin{align}
\nabla_w J &= 2X^T(Xw-y) + \lambda w \\
&= (2X^TX + \lambda I)w - 2X^Ty
\end{align}""",
        WRONG,
        3,
    ),
    (
        r"""Logistic loss with $y_i \in \{-1, 1\}$: $\ell(w) = \sum_i \log(1 + \exp(-y_i w^T x_i))$.
$$\nabla \ell(w) = -\sum_i \frac{y_i x_i}{1 + \exp(y_i w^T x_i)}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Focal loss $FL(p_t) = -(1-p_t)^\gamma \log(p_t)$. Then
$$\frac{d FL}{d p_t} = \gamma (1-p_t)^{\gamma-1}\log(p_t) - \frac{(1-p_t)^\gamma}{p_t}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Normal log-likelihood
$$\ell(\mu,\sigma^2) = -\frac{n}{2}\log(2\pi\sigma^2) - \frac{1}{2\sigma^2}\sum_{i=1}^n (x_i-\mu)^2$$
$$\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2}\sum_{i=1}^n (x_i - \mu)$$
$$\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4}\sum_{i=1}^n (x_i-\mu)^2$$
Setting to zero: $\hat\sigma^2 = \frac1n \sum_{i=1}^n (x_i - \mu)^2$.""",
        RIGHT,
        None,
    ),
    (
        r"""Attention: $\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_k \exp(e_{ik})}$.
$$\frac{\partial \alpha_{ij}}{\partial e_{ik}} = \alpha_{ij}(\delta_{jk} - \alpha_{ik})$$""",
        RIGHT,
        None,
    ),
    (
        r"""Attention: $\alpha_{ij} = \frac{\exp(e_{ij})}{\sum_k \exp(e_{ik})}$.
$$\frac{\partial \alpha_{ij}}{\partial e_{ik}} = \alpha_{ij}(\delta_{jk} - \alpha_{ij})$$""",
        WRONG,
        2,
    ),
    (
        r"""Two-layer net: $z^{(1)} = W^{(1)} x + b^{(1)}$, $a = \sigma(z^{(1)})$, $z^{(2)} = W^{(2)} a + b^{(2)}$, $L = \frac12 \|z^{(2)} - t\|^2$.
\begin{align}
\delta^{(2)} &= \frac{\partial L}{\partial z^{(2)}} = z^{(2)} - t \\
\delta^{(1)} &= \frac{\partial L}{\partial z^{(1)}} = (W^{(2)})^T \delta^{(2)} \odot \sigma'(z^{(1)}) \\
\frac{\partial L}{\partial W^{(1)}} &= \delta^{(1)} x^T \\
\frac{\partial L}{\partial b^{(1)}} &= \delta^{(1)}
\end{align}""",
        RIGHT,
        None,
    ),
    (
        r"""Two-layer net: $z^{(1)} = W^{(1)} x + b^{(1)}$, $a = \sigma(z^{(1)})$, $z^{(2)} = W^{(2)} a + b^{(2)}$, $L = \frac12 \|z^{(2)} - t\|^2$.
\begin{align}
\delta^{(2)} &= \frac{\partial L}{\partial z^{(2)}} = z^{(2)} - t \\
\delta^{(1)} &= \frac{\partial L}{\partial z^{(1)}} = (W^{(2)})^T \delta^{(2)} \\
\frac{\partial L}{\partial W^{(1)}} &= \delta^{(1)} x^T
\end{align}""",
        WRONG,
        4,
    ),
    (
        r"""Sigmoid:
$$\sigma(x) = \frac{1}{1+e^{-x}}$$
$$\sigma'(x) = \frac{e^{-x}}{(1+e^{-x})^2} = \frac{1}{1+e^{-x}}\left(1 - \frac{1}{1+e^{-x}}\right) = \sigma(x)(1-\sigma(x))$$""",
        RIGHT,
        None,
    ),
    (
        r"""sigma(x) = 1/(1+e^(-x))

d/dx sigma(x) = e^(-x)/(1+e^(-x))^2
= sigma(x) (1 - sigma(x))
""",
        RIGHT,
        None,
    ),
    (
        r"""Poisson: $\log L(\lambda) = \sum_{i=1}^n (x_i \log \lambda - \lambda - \log x_i!)$
$$\frac{\partial \log L}{\partial \lambda} = \frac{\sum_i x_i}{\lambda} - n$$""",
        RIGHT,
        None,
    ),
    (
        r"""$$\frac{\partial}{\partial X} \operatorname{tr}(A X) = A^T, \qquad \frac{\partial}{\partial X} \operatorname{tr}(X^T A) = A$$""",
        RIGHT,
        None,
    ),
    (
        r"""$$\frac{\partial}{\partial X} \operatorname{tr}(X^T A X) = (A + A^T) X$$""",
        RIGHT,
        None,
    ),
    (
        r"""$$\nabla_x (x^T A x) = (A + A^T) x = 2 A x$$""",
        RIGHT_IF,
        None,
    ),
    (
        r"""KL: $D = \sum_i p_i \log \frac{p_i}{q_i}$, $q_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$.
$$\frac{\partial D}{\partial z_k} = -\sum_i p_i \frac{1}{q_i} \frac{\partial q_i}{\partial z_k} = -\sum_i p_i(\delta_{ik} - q_k) = q_k - p_k$$ since $\sum_i p_i = 1$.""",
        RIGHT_IF,
        None,
    ),
    (
        r"""RBF kernel $k(x, y) = \exp(-\gamma \|x-y\|^2)$:
$$\nabla_x k(x,y) = -2\gamma (x-y) k(x,y)$$""",
        RIGHT,
        None,
    ),
    (
        r"""RBF kernel $k(x, y) = \exp\left(-\frac{\|x-y\|^2}{2\sigma^2}\right)$:
$$\frac{\partial k}{\partial x} = -\frac{x-y}{\sigma} k(x,y)$$""",
        WRONG,
        2,
    ),
    (
        r"""Layer norm: $\mu = \frac1H\sum_{i=1}^H x_i$, $\sigma = \sqrt{\frac1H \sum_{i=1}^H (x_i-\mu)^2}$, $y_i = \frac{x_i-\mu}{\sigma}$.
$$\frac{\partial y_i}{\partial x_j} = \frac{1}{\sigma}\left(\delta_{ij} - \frac1H - \frac{y_i y_j}{H}\right)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Given $y = \frac{x}{\|x\|}$, the Jacobian is
$$\frac{\partial y}{\partial x} = \frac{1}{\|x\|}\left(I - \frac{x x^T}{\|x\|^2}\right) = \frac{1}{\|x\|}(I - y y^T)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $f(x) = \sum_i x_i \log x_i$. Then $\frac{\partial f}{\partial x_k} = \log x_k + 1$ and
$$\frac{\partial^2 f}{\partial x_k \partial x_l} = \frac{\delta_{kl}}{x_k}.$$""",
        RIGHT,
        None,
    ),
    (
        r"""Chain rule for $E = \frac{1}{2}(y-t)^2$, $y = \tanh(z)$, $z = wx+b$:
$$\frac{dE}{dw} = \frac{dE}{dy}\cdot\frac{dy}{dz}\cdot\frac{dz}{dw} = (y-t)(1-y^2)x$$
$$\frac{dE}{db} = (y-t)(1-y^2)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Chain rule for $E = \frac{1}{2}(y-t)^2$, $y = \tanh(z)$, $z = wx+b$:
$$\frac{dE}{dw} = \frac{dE}{dy}\cdot\frac{dy}{dz}\cdot\frac{dz}{dw} = (y-t)(1-y)^2x$$""",
        WRONG,
        2,
    ),
    (
        r"""Hessian of logistic loss. $p_i = \sigma(x_i^T w)$, $\ell(w) = -\sum_i [y_i \log p_i + (1-y_i)\log(1-p_i)]$.
$$\nabla \ell = \sum_i (p_i - y_i) x_i, \qquad \nabla^2 \ell = \sum_i p_i(1-p_i) x_i x_i^T$$""",
        RIGHT,
        None,
    ),
    (
        r"""Label smoothing: $q_k = (1-\epsilon) y_k + \epsilon/K$. $L = -\sum_{k=1}^K q_k \log p_k$, $p_k = e^{z_k}/\sum_{j=1}^K e^{z_j}$.
$$\frac{\partial L}{\partial z_k} = p_k - q_k$$ if $\sum_k y_k = 1$.""",
        RIGHT_IF,
        None,
    ),
    (
        r"""Softmax Jacobian by cases:
$$\frac{\partial S_i}{\partial a_j} = \begin{cases} S_i(1-S_j) & i=j \\ -S_i S_j & i\neq j\end{cases}$$ where $S_i = \frac{e^{a_i}}{\sum_{k=1}^N e^{a_k}}$. Hence $\frac{\partial S_i}{\partial a_j} = S_i(\delta_{ij} - S_j)$.""",
        RIGHT,
        None,
    ),
    (
        r"""Let $J = \frac{1}{2m}\sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)})^2$. Then
$$\frac{\partial J}{\partial \theta_j} = \frac{1}{m}\sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)}) x_j^{(i)}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $J = \frac{1}{2m}\sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)})^2$. Then
$$\frac{\partial J}{\partial \theta_j} = \frac{1}{2m}\sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)}) x_j^{(i)}$$""",
        WRONG,
        2,
    ),
    (
        r"""$$f(x) = \log \sum_i e^{x_i}$$
$$\frac{\partial f}{\partial x_j} = \frac{e^{x_j}}{\sum_i e^{x_i}} = p_j$$
$$\frac{\partial p_j}{\partial x_k} = p_j \delta_{jk} - p_j p_k$$""",
        RIGHT,
        None,
    ),
    (
        r"""By differentials: $f = \operatorname{tr}(X^T X)$,
$$df = \operatorname{tr}(dX^T X) + \operatorname{tr}(X^T dX) = 2\operatorname{tr}(X^T dX)$$
so $\frac{\partial f}{\partial X} = 2X$.""",
        RIGHT,
        None,
    ),
    (
        r"""$g(X) = \log \det X$:
$$\frac{\partial g}{\partial X} = X^{-T}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Softplus $f(x)=\ln(1+e^x)$, so $f'(x) = \frac{e^x}{1+e^x} = \sigma(x)$ and $f''(x) = \sigma(x)(1-\sigma(x))$.""",
        RIGHT,
        None,
    ),
    (
        r"""Huber: for $|r| < \delta$, $L = \frac12 r^2$ with $r = y - wx$, so $\frac{\partial L}{\partial w} = -r x$.""",
        RIGHT,
        None,
    ),
    (
        r"""Cross-entropy over a batch:
$$L = -\frac{1}{N}\sum_{n=1}^N \sum_{k=1}^K t_{nk} \log y_{nk}, \quad y_{nk} = \frac{\exp(a_{nk})}{\sum_{j=1}^K \exp(a_{nj})}, \quad a_{nk} = \sum_d w_{kd} x_{nd}$$
$$\frac{\partial L}{\partial w_{kd}} = \frac1N \sum_{n=1}^N (y_{nk} - t_{nk}) x_{nd}$$""",
        RIGHT_IF,
        None,
    ),
    (
        r"""Mish: $f(x) = x \tanh(\ln(1+e^x))$; with $s = \ln(1+e^x)$,
$$f'(x) = \tanh(s) + x\,\mathrm{sech}^2(s)\,\sigma(x)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Product rule: $h(x) = f(x) g(x)$ gives $$h'(x) = f'(x) g(x) + f(x) g'(x)$$ and quotient $q(x) = f(x)/g(x)$: $$q'(x) = \frac{f'(x) g(x) - f(x) g'(x)}{g(x)^2}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Quotient: $q(x) = f(x)/g(x)$: $$q'(x) = \frac{f'(x) g(x) + f(x) g'(x)}{g(x)^2}$$""",
        WRONG,
        1,
    ),
    (
        r"""Gaussian with covariance: $\ell = -\frac{1}{2}(x-\mu)^T \Sigma^{-1} (x-\mu)$ with $\Sigma$ symmetric. $$\frac{\partial \ell}{\partial \mu} = \Sigma^{-1}(x-\mu)$$""",
        RIGHT_IF,
        None,
    ),
    (
        r"""BatchNorm: $\mu = \frac1m\sum_i x_i$, $\sigma^2 = \frac1m\sum_i (x_i-\mu)^2$, $\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$.
$$\frac{\partial \mu}{\partial x_i} = \frac1m, \quad \frac{\partial \sigma^2}{\partial x_i} = \frac{2(x_i-\mu)}{m}$$
$$\frac{\partial \hat x_j}{\partial x_i} = \frac{\delta_{ij} - 1/m}{\sqrt{\sigma^2+\epsilon}} - \frac{(x_j-\mu)(x_i-\mu)}{m(\sigma^2+\epsilon)^{3/2}}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Softmax with temperature, $p_i = \frac{\exp(z_i/T)}{\sum_j \exp(z_j/T)}$:
\[ \frac{\partial p_i}{\partial T} = -\frac{p_i}{T^2}\left(z_i - \sum_j p_j z_j\right) \]""",
        RIGHT,
        None,
    ),
    (
        r"""LSTM gate $f_t = \sigma(W_f h_{t-1} + U_f x_t + b_f)$, $c_t = f_t \odot c_{t-1} + i_t \odot g_t$:
$$\frac{\partial c_t}{\partial f_t} = \operatorname{diag}(c_{t-1})$$""",
        RIGHT,
        None,
    ),
    (
        r"""Cosine: $s = \frac{u^T v}{\|u\|\|v\|}$. $$\nabla_u s = \frac{v}{\|u\|\|v\|} - s \frac{u}{\|u\|^2}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Triplet: $L = \max(0, \|a-p\|^2 - \|a-n\|^2 + m)$. When active, $$\frac{\partial L}{\partial a} = 2(n-p)$$""",
        RIGHT,
        None,
    ),
    (
        r"""\begin{align}
\frac{\partial}{\partial w}\left(\frac12 (wx - y)^2\right) &= (wx - y)\frac{\partial}{\partial w}(wx-y) \\ &= (wx-y)x
\end{align}""",
        RIGHT,
        None,
    ),
    (
        r"""$y = Ax$, $\frac{\partial y}{\partial x} = A$, and for $z = x^T A$ we have $\frac{\partial z}{\partial x} = A^T$.""",
        RIGHT,
        None,
    ),
    (
        r"""Weighted least squares $S(\beta) = (y - X\beta)^T W (y - X\beta)$, $W$ diagonal hence $W = W^T$.
$$\frac{\partial S}{\partial \beta} = -2 X^T W (y - X\beta) = -2X^TWy + 2X^TWX\beta$$""",
        RIGHT_IF,
        None,
    ),
    (
        r"""The softmax function is $\sigma(\mathbf{z})_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}$. We compute
$$\frac{\partial \sigma(\mathbf{z})_i}{\partial z_j} = \sigma(\mathbf{z})_i (\delta_{ij} - \sigma(\mathbf{z})_j)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $a = \mathrm{softmax}(z)$ and $C = -\sum_k y_k \ln a_k$. Then
$$\frac{\partial C}{\partial z_j} = \sum_k \frac{\partial C}{\partial a_k}\frac{\partial a_k}{\partial z_j} = -\sum_k \frac{y_k}{a_k} a_k (\delta_{kj} - a_j) = a_j - y_j$$""",
        RIGHT_IF,
        None,
    ),
    (
        r"""We have $\mathcal{L}(\theta) = \frac{1}{N}\sum_{n=1}^{N} \ell_n$ where $\ell_n = (f(x_n) - y_n)^2$, $f(x) = \theta x$.
$$\frac{\partial \mathcal{L}}{\partial \theta} = \frac{2}{N} \sum_{n=1}^{N} (\theta x_n - y_n) x_n$$""",
        RIGHT,
        None,
    ),
    (
        r"""$$\frac{\partial \sigma}{\partial z} = \sigma(1-\sigma), \quad \sigma = \frac{1}{1+e^{-z}}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Given $p = \sigma(w^\top x)$ and $L = -[y\log p + (1-y)\log(1-p)]$,
$$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial p}\frac{\partial p}{\partial w} = \left(-\frac{y}{p} + \frac{1-y}{1-p}\right) p(1-p) x = (p-y)x$$""",
        RIGHT,
        None,
    ),
    (
        r"""Given $p = \sigma(w^\top x)$ and $L = -[y\log p + (1-y)\log(1-p)]$,
$$\frac{\partial L}{\partial w} = \left(-\frac{y}{p} + \frac{1-y}{1-p}\right) p(1-p) x = (y-p)x$$""",
        WRONG,
        2,
    ),
    (
        r"""1D Gaussian: $p(x) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}$. Score: $$\frac{d}{dx} \log p(x) = -\frac{x-\mu}{\sigma^2}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Swish $f(x) = x \cdot \sigma(\beta x)$:
\begin{eqnarray*}
f'(x) &=& \sigma(\beta x) + x \sigma'(\beta x) \\
&=& \sigma(\beta x) + x \sigma(\beta x)(1-\sigma(\beta x))
\end{eqnarray*}""",
        WRONG,
        3,
    ),
    (
        r"""$$\frac{\partial}{\partial z_k} \log\sum_{j} e^{z_j} = \frac{1}{\sum_j e^{z_j}} \frac{\partial}{\partial z_k}\sum_j e^{z_j} = \frac{e^{z_k}}{\sum_j e^{z_j}}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Backprop through time: $h_t = \tanh(w h_{t-1} + u x_t)$.
$$\frac{\partial h_t}{\partial h_{t-1}} = w (1 - h_t^2)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Batch of $N$ samples, $Z = XW$, $L = \frac12 \|Z - Y\|_F^2$.
$$\frac{\partial L}{\partial Z} = Z - Y, \quad \frac{\partial L}{\partial W} = X^T (Z-Y), \quad \frac{\partial L}{\partial X} = (Z-Y) W^T$$""",
        RIGHT,
        None,
    ),
    (
        r"""Batch of $N$ samples, $Z = XW$, $L = \frac12 \|Z - Y\|_F^2$.
$$\frac{\partial L}{\partial Z} = Z - Y, \quad \frac{\partial L}{\partial W} = (Z-Y) X^T$$""",
        WRONG,
        2,
    ),
    (
        r"""$L_2$ loss with sigmoid: $$L = \frac12(a-y)^2,\ a = \sigma(z)$$ $$\frac{\partial L}{\partial z} = (a - y) a (1 - a)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $f(x,y) = x^2 y + \sin(xy)$. \[\frac{\partial f}{\partial x} = 2xy + y\cos(xy), \qquad \frac{\partial^2 f}{\partial x\partial y} = 2x + \cos(xy) - xy\sin(xy)\]""",
        RIGHT,
        None,
    ),
    (
        r"""Entropy $H(p) = -\sum_i p_i \log p_i$ so $\frac{\partial H}{\partial p_i} = -\log p_i - 1$.""",
        RIGHT,
        None,
    ),
    (
        r"""$$\text{MSE} = \frac{1}{n}\sum_{i=1}^n (y_i - \hat{y}_i)^2, \quad \hat{y}_i = \beta_0 + \beta_1 x_i$$
$$\frac{\partial \text{MSE}}{\partial \beta_0} = -\frac{2}{n}\sum_{i=1}^n (y_i - \hat{y}_i)$$
$$\frac{\partial \text{MSE}}{\partial \beta_1} = -\frac{2}{n}\sum_{i=1}^n x_i(y_i - \hat{y}_i)$$""",
        RIGHT,
        None,
    ),
    (
        r"""SVM: $L = \frac12 \|w\|^2 - \sum_i \alpha_i [y_i(w^Tx_i + b) - 1]$. $$\frac{\partial L}{\partial w} = w - \sum_i \alpha_i y_i x_i, \quad \frac{\partial L}{\partial b} = -\sum_i \alpha_i y_i$$""",
        RIGHT,
        None,
    ),
    (
        r"""$g(\lambda) = \sum_i \frac{c_i^2}{(d_i+\lambda)^2}$, $$g'(\lambda) = -2\sum_i \frac{c_i^2}{(d_i+\lambda)^3}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Gumbel softmax: $y_i = \frac{\exp((\log \pi_i + g_i)/\tau)}{\sum_{j=1}^k \exp((\log \pi_j + g_j)/\tau)}$. $$\frac{\partial y_i}{\partial \pi_j} = \frac{y_i(\delta_{ij} - y_j)}{\tau\pi_j}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $u = Wx$ and $v = \tanh(u)$ with $L = c^T v$. Then $$\nabla_x L = W^T \left( (1 - v \odot v) \odot c \right)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $u = Wx$ and $v = \tanh(u)$ with $L = c^T v$. Then $$\nabla_x L = W \left( (1 - v \odot v) \odot c \right)$$""",
        WRONG,
        1,
    ),
    (
        r"""$\ell(\beta)=\sum_{i=1}^{n}\left\{y_i\beta^Tx_i-\log\left(1+e^{\beta^Tx_i}\right)\right\}$
\begin{align*}\frac{\partial \ell}{\partial\beta_j}&=\sum_{i=1}^n y_ix_{ij}-\sum_{i=1}^n\frac{e^{\beta^Tx_i}}{1+e^{\beta^Tx_i}}x_{ij}\\&=\sum_{i=1}^n\left(y_i-p(x_i;\beta)\right)x_{ij}\end{align*} where $p(x;\beta)=\frac{1}{1+e^{-\beta^Tx}}$.""",
        RIGHT,
        None,
    ),
    (
        r"""E-step: $\gamma_k = \frac{\pi_k N_k}{\sum_j \pi_j N_j}$. $$\frac{\partial}{\partial \pi_k}\log\sum_j \pi_j N_j = \frac{N_k}{\sum_j\pi_jN_j} = \frac{\gamma_k}{\pi_k}$$""",
        RIGHT,
        None,
    ),
    (
        r"""We differentiate $y = \ln(\sin(x^2))$:
$$y' = \frac{1}{\sin(x^2)}\cdot\cos(x^2)\cdot 2x = 2x\cot(x^2)$$""",
        RIGHT,
        None,
    ),
    (
        r"""If $y=x^x$ then $\ln y = x \ln x$, $\frac{y'}{y} = \ln x + 1$, so $y' = x^x(\ln x+1)$.""",
        RIGHT,
        None,
    ),
    (
        r"""$$\frac{d}{dx}\left(\frac{x}{1+x^2}\right) = \frac{(1+x^2) - 2x^2}{(1+x^2)^2} = \frac{1-x^2}{(1+x^2)^2}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Contrastive (InfoNCE): $L = -\log\frac{e^{s_1/\tau}}{\sum_{j} e^{s_j/\tau}}$, $p_j = \frac{e^{s_j/\tau}}{\sum_k e^{s_k/\tau}}$.
$$\frac{\partial L}{\partial s_1} = \frac{1}{\tau}(p_1 - 1), \quad \frac{\partial L}{\partial s_j} = \frac{p_j}{\tau}\ (j\neq 1)$$""",
        RIGHT,
        None,
    ),
    (
        r"""Multinomial: $\ell = \sum_k n_k \log \theta_k$, $\theta_k = e^{\eta_k}/\sum_j e^{\eta_j}$, $N = \sum_k n_k$:
$$\frac{\partial \ell}{\partial \eta_k} = n_k - N\theta_k$$""",
        RIGHT,
        None,
    ),
    (
        r"""Let $s = \sum_k y_k$. $L(z) = -\sum_{k=1}^K y_k z_k + s \log \sum_{k=1}^K e^{z_k}$. Its Hessian is
$$\nabla^2 L = s\left(\operatorname{diag}(p) - p p^\top\right), \quad p = \frac{e^{z}}{\sum_k e^{z_k}}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Consider $\mathbf{y} = \mathbf{A}\mathbf{x} + \mathbf{b}$ and $E = \frac{1}{2}\mathbf{y}^\top\mathbf{y}$. By the chain rule $\frac{\partial E}{\partial \mathbf{A}} = \mathbf{y}\mathbf{x}^\top$ and $\frac{\partial E}{\partial \mathbf{x}} = \mathbf{A}^\top \mathbf{y}$.""",
        RIGHT,
        None,
    ),
    (
        r"""$$\begin{cases} \frac{\partial p_i}{\partial z_j} = p_i(1-p_i) & i = j \\ \frac{\partial p_i}{\partial z_j} = -p_i p_j & i \neq j \end{cases}$$ with $p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$.""",
        RIGHT,
        None,
    ),
    (
        r"""$$\begin{cases} \frac{\partial p_i}{\partial z_j} = p_i(1-p_i) & i = j \\ \frac{\partial p_i}{\partial z_j} = p_i p_j & i \neq j \end{cases}$$ with $p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$.""",
        WRONG,
        1,
    ),
    (
        r"""Let $p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$.

**Case 1:** $i = j$

$$\frac{\partial p_i}{\partial z_j} = p_i (1 - p_j)$$

**Case 2:** $i \neq j$

$$\frac{\partial p_i}{\partial z_j} = - p_i p_j$$

Combining, $\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)$.""",
        RIGHT,
        None,
    ),
    (
        r"""\begin{align*}
L &= -\sum_{i} y_i \log(\hat{y}_i) \\
\hat{y}_i &= \frac{e^{z_i}}{\sum_{k} e^{z_k}} \\
\frac{\partial L}{\partial z_j} &= -\sum_i y_i \frac{\partial \log(\hat{y}_i)}{\partial z_j} \\
&= -\sum_i \frac{y_i}{\hat{y}_i} \frac{\partial \hat{y}_i}{\partial z_j} \\
&= -y_j(1-\hat{y}_j) + \sum_{i \neq j} y_i \hat{y}_j \\
&= \hat{y}_j\left(y_j + \sum_{i\neq j} y_i\right) - y_j \\
&= \hat{y}_j - y_j
\end{align*}""",
        RIGHT_IF,
        None,
    ),
    (
        r"""\begin{align*}
L &= -\sum_{i} y_i \log(\hat{y}_i) \\
\hat{y}_i &= \frac{e^{z_i}}{\sum_{k} e^{z_k}} \\
\frac{\partial L}{\partial z_j} &= -\sum_i y_i \frac{\partial \log(\hat{y}_i)}{\partial z_j} \\
&= -\sum_i \frac{y_i}{\hat{y}_i} \frac{\partial \hat{y}_i}{\partial z_j} \\
&= -y_j(1-\hat{y}_j) - \sum_{i \neq j} y_i \hat{y}_j \\
&= -\hat{y}_j\left(\sum_{i\neq j} y_i - y_j\right) - y_j
\end{align*}""",
        WRONG,
        6,
    ),
    (
        r"""Let $\sigma$ be the logistic function, $z = w^T x + b$ and $\hat y = \sigma(z)$. For $L = -y\ln\hat y - (1-y)\ln(1-\hat y)$:
1. $\frac{\partial L}{\partial \hat y} = -\frac{y}{\hat y} + \frac{1-y}{1-\hat y}$
2. $\frac{\partial \hat y}{\partial z} = \hat y (1-\hat y)$
3. $\frac{\partial z}{\partial w} = x$
Therefore $\frac{\partial L}{\partial w} = (\hat y - y) x$.""",
        RIGHT,
        None,
    ),
    (
        r"""Let $\sigma$ be the logistic function, $z = w^T x + b$ and $\hat y = \sigma(z)$. For $L = -y\ln\hat y - (1-y)\ln(1-\hat y)$:
1. $\frac{\partial L}{\partial \hat y} = -\frac{y}{\hat y} - \frac{1-y}{1-\hat y}$
2. $\frac{\partial \hat y}{\partial z} = \hat y (1-\hat y)$""",
        WRONG,
        2,
    ),
    (
        r"""$$J(\theta)= -\frac{1}{m} \sum_{i=1}^m y^{(i)} \log(h_\theta(x^{(i)})) + (1-y^{(i)}) \log(1-h_\theta(x^{(i)}))$$ where $h_\theta(x) = \frac{1}{1+e^{-\theta^T x}}$. Then
$$\frac{\partial J(\theta)}{\partial \theta_j} = \frac{1}{m}\sum_{i=1}^m \left(h_\theta(x^{(i)}) - y^{(i)}\right)x_j^{(i)}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Define $\mathbf{s} = \mathbf{W}\mathbf{x}$, $p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}$ and $L = -\log p_c$.
$$\frac{\partial L}{\partial s_k} = p_k - \mathbb{1}[k = c]$$
$$\frac{\partial L}{\partial \mathbf{W}_{kj}} = (p_k - \mathbb{1}[k=c]) x_j$$""",
        RIGHT,
        None,
    ),
    (
        r"""Loss $L_i = -\log\left(\frac{e^{f_{y_i}}}{\sum_j e^{f_j}}\right)$, $p_k = \frac{e^{f_k}}{\sum_j e^{f_j}}$.
$$\frac{\partial L_i}{\partial f_k} = p_k - \mathbb{1}(y_i = k)$$""",
        RIGHT,
        None,
    ),
    (
        r"""For $X\in\mathbb{R}^{n\times p}$, $\beta\in\mathbb{R}^p$: $RSS(\beta) = (y - X\beta)^T(y-X\beta)$.
$$\frac{\partial RSS}{\partial \beta} = -2X^T(y - X\beta), \qquad \frac{\partial^2 RSS}{\partial\beta\partial\beta^T} = 2X^TX$$""",
        RIGHT,
        None,
    ),
    (
        r"""Maximise $\log p(x|\lambda) = \log\lambda - \lambda x$. $$\frac{d}{d\lambda}\log p(x|\lambda) = \frac1\lambda - x = 0 \implies \lambda = \frac1x$$""",
        RIGHT,
        None,
    ),
    (
        r"""ReLU network: $h = \max(0, Wx)$, $y = v^T h$.
$$\frac{\partial y}{\partial W_{ij}} = v_i \mathbb{1}_{(Wx)_i > 0} x_j$$""",
        RIGHT,
        None,
    ),
    (
        r"""Derivative of the logit: $g(p) = \log\frac{p}{1-p}$, $$g'(p) = \frac{1}{p} + \frac{1}{1-p} = \frac{1}{p(1-p)}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Derivative of the logit: $g(p) = \log\frac{p}{1-p}$, $$g'(p) = \frac{1}{p} - \frac{1}{1-p} = \frac{1-2p}{p(1-p)}$$""",
        WRONG,
        1,
    ),
    (
        r"""Simple RNN: $h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h)$, $\hat y_t = W_{hy} h_t + b_y$ and $L_t = \frac12\|\hat y_t - y_t\|^2$:
$$\frac{\partial L_t}{\partial W_{hy}} = (\hat y_t - y_t) h_t^T$$""",
        RIGHT,
        None,
    ),
    (
        r"""Given $f(\mathbf{w}) = \mathbf{w}^\top \mathbf{A} \mathbf{w} + \mathbf{b}^\top\mathbf{w}$, $\nabla f = (\mathbf{A}+\mathbf{A}^\top)\mathbf{w} + \mathbf{b}$ and $\nabla^2 f(\mathbf{w}) = \mathbf{A}+\mathbf{A}^\top$.""",
        RIGHT,
        None,
    ),
    (
        r"""Weight decay: $\tilde J(w) = J(w) + \frac{\alpha}{2} w^T w$ gives $\nabla_w \tilde J(w) = \alpha w + \nabla_w J(w)$.""",
        RIGHT,
        None,
    ),
    (
        r"""Negative sampling: $J = -\log\sigma(u_o^T v_c) - \sum_{k=1}^K \log\sigma(-u_k^T v_c)$.
$$\frac{\partial J}{\partial v_c} = (\sigma(u_o^T v_c) - 1)u_o - \sum_{k=1}^K (\sigma(-u_k^T v_c) - 1) u_k$$""",
        RIGHT,
        None,
    ),
    (
        r"""PCA: maximise $w^T S w$ subject to $w^Tw=1$. Lagrangian $\mathcal{L}(w,\lambda) = w^TSw - \lambda(w^Tw - 1)$:
$$\frac{\partial \mathcal{L}}{\partial w} = 2Sw - 2\lambda w = 0$$ hence $Sw = \lambda w$ ($S$ symmetric).""",
        RIGHT_IF,
        None,
    ),
    (
        r"""Jacobian of $f(x_1,x_2) = x_1^2 x_2$: $\frac{\partial f}{\partial x_1} = 2x_1x_2$, $\frac{\partial f}{\partial x_2} = x_1^2$.""",
        RIGHT,
        None,
    ),
    (
        r"""$$\frac{d}{dx}\left[\frac{e^x - e^{-x}}{e^x+e^{-x}}\right] = \frac{(e^x+e^{-x})^2 - (e^x-e^{-x})^2}{(e^x+e^{-x})^2} = \frac{4}{(e^x+e^{-x})^2} = \operatorname{sech}^2 x$$""",
        RIGHT,
        None,
    ),
    (
        r"""Linear layer in index form: $y_{ni} = \sum_j x_{nj} w_{ij} + b_i$; $L$ is the loss.
$$\frac{\partial L}{\partial w_{ij}} = \sum_n \frac{\partial L}{\partial y_{ni}} x_{nj}, \quad \frac{\partial L}{\partial x_{nj}} = \sum_i \frac{\partial L}{\partial y_{ni}} w_{ij}, \quad \frac{\partial L}{\partial b_i} = \sum_n \frac{\partial L}{\partial y_{ni}}$$""",
        RIGHT,
        None,
    ),
    (
        r"""Linear layer in index form: $y_{ni} = \sum_j x_{nj} w_{ij} + b_i$; $L$ is the loss.
$$\frac{\partial L}{\partial w_{ij}} = \sum_n \frac{\partial L}{\partial y_{ni}} x_{nj}, \quad \frac{\partial L}{\partial x_{nj}} = \frac{\partial L}{\partial y_{ni}} w_{ij}$$""",
        WRONG,
        2,
    ),
    (
        r"""$Z = \sum_i e^{-E_i/T}$, $F = -T\ln Z$. $$\frac{\partial F}{\partial E_j} = \frac{e^{-E_j/T}}{Z}, \quad -\frac{\partial F}{\partial T} = \ln Z + \frac{1}{T Z}\sum_i E_i e^{-E_i/T}$$""",
        RIGHT,
        None,
    ),
    (
        r"""$s_i = \sum_j A_{ij}x_j$, $E = \sum_i s_i^2$ $$\frac{\partial E}{\partial x_k} = 2\sum_i s_i A_{ik} = 2\sum_{i,j} A_{ij} A_{ik} x_j$$""",
        RIGHT,
        None,
    ),
    (
        r"""The sigmoid satisfies $1-\sigma(x) = \sigma(-x)$ and $\sigma'(x) = \sigma(x)\sigma(-x)$.""",
        RIGHT,
        None,
    ),
    (
        r"""Attention: $A = \mathrm{softmax}(QK^T/\sqrt{d})$, $O = AV$, $L = \frac12\|O\|_F^2$: $$\frac{\partial L}{\partial V} = A^T O$$""",
        RIGHT,
        None,
    ),
    (
        r"""$D_{KL}(p\|q) = \sum_x p(x)\log\frac{p(x)}{q(x)}$, so $\frac{\partial D_{KL}}{\partial q(x)} = -\frac{p(x)}{q(x)}$.""",
        RIGHT,
        None,
    ),
    (
        r"""KL of Gaussians $D = \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12$, then
$$\frac{\partial D}{\partial \sigma_1} = -\frac{1}{\sigma_1} + \frac{\sigma_1}{\sigma_2^2}, \quad \frac{\partial D}{\partial \mu_1} = \frac{\mu_1-\mu_2}{\sigma_2^2}$$""",
        RIGHT,
        None,
    ),
)
