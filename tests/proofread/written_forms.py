r"""A right page and a wrong twin for each way to write something."""

WRITTEN_FORMS = {
    "an integral over an expression": (
        r"$$\int x \, d(\sin x) = \int x \cos x \, dx = x \sin x + \cos x$$",
        r"$$\int x \, d(\sin x) = \int x \cos x \, dx = x \sin x - \cos x$$",
    ),
    "an integral over an expression with limits": (
        r"$$\int_0^1 t \, \mathrm{d}e^{2t} = e^2 - \int_0^1 e^{2t} \mathrm{d}t = \frac{e^2 + 1}{2}$$",
        r"$$\int_0^1 t \, \mathrm{d}e^{2t} = e^2 + \int_0^1 e^{2t} \mathrm{d}t$$",
    ),
    "a differential in a fraction": (
        r"$$\int_0^a \frac{x \, dx}{1 + x^2} = \frac{1}{2} \ln(1 + a^2)$$",
        r"$$\int_0^a \frac{x \, dx}{1 + x^2} = \ln(1 + a^2)$$",
    ),
    "a differential over a bar in braces": (
        r"$$\int {dx \over \cosh^2 x} = \tanh x$$",
        r"$$\int {dx \over \cosh^2 x} = \coth x$$",
    ),
    "an integral over a set of numbers": (
        r"$$\int_{\mathbb{R}_+} x e^{-3x} \, dx = \frac{1}{9}$$",
        r"$$\int_{\mathbb{R}_+} x e^{-3x} \, dx = \frac{1}{3}$$",
    ),
    "an integral in Unicode": (
        "∫_0^2 (𝑥^2 + 1) 𝑑𝑥 = 8/3 + 2 = 14/3\n",
        "∫_0^2 (𝑥^2 + 1) 𝑑𝑥 = 8/3 + 2 = 13/3\n",
    ),
    "braces between names and their scripts": (
        r"$$\frac{\partial}{\partial { a }_{ i }} \sum_{ k }^{ }{ { a }_{ k }^{ 2 } } = 2{ a }_{ i }$$",
        r"$$\frac{\partial}{\partial { a }_{ i }} \sum_{ k }^{ }{ { a }_{ k }^{ 2 } } = { a }_{ i }$$",
    ),
    "a sum over the index that does not stand outside": (
        r"$$p_i \sum_k y_k = p_i y_i + \sum_{i \ne k} y_k p_i$$",
        r"$$p_i \sum_k y_k = p_i y_i - \sum_{i \ne k} y_k p_i$$",
    ),
    "double factorials": (
        r"$$\int_0^{\pi/2} \sin^6 x \, dx = \frac{5!!}{6!!} \frac{\pi}{2} = \frac{5 \pi}{32}$$",
        r"$$\int_0^{\pi/2} \sin^6 x \, dx = \frac{5!}{6!!} \frac{\pi}{2} = \frac{5 \pi}{32}$$",
    ),
    "powers without braces in plain text": (
        "y = (1 - e^-b) e^b = e^b - 1\n",
        "y = (1 - e^-b) e^b = e^b + 1\n",
    ),
    "layers above what is differentiated by": (
        r"$$\frac{\partial}{\partial y_i^{l-1}} \sum_k w_{kj}^l y_k^{l-1} = w_{ij}^l$$",
        r"$$\frac{\partial}{\partial y_i^{l-1}} \sum_k w_{kj}^l y_k^{l-1} = w_{ij}^{l-1}$$",
    ),
    "numbers above what is differentiated by": (
        r"$$h = a^1 W^1 + b^1$$ $$\frac{\partial h^2}{\partial W^1} = 2 h \frac{\partial h}{\partial W^1} = 2 h a^1$$",
        r"$$h = a^1 W^1 + b^1$$ $$\frac{\partial h^2}{\partial W^1} = 2 h \frac{\partial h}{\partial W^1} = 2 a^1$$",
    ),
    "macros of packages": (
        r"$$F = x^2 y$$ $$\pdv{F}{x} = 2xy$$ $$\pdv{x}(x^3 y) = 3x^2 y$$ $$\dv[2]{x}\qty(x^3) = 6x$$",
        r"$$F = x^2 y$$ $$\pdv{F}{x} = 2x$$",
    ),
    "macros with optional arguments": (
        r"\newcommand{\by}[2][x]{\frac{\partial}{\partial #1} #2} $$\by{(x^2 t)} = 2xt$$ $$\by[t]{(x^2 t)} = x^2$$",
        r"\newcommand{\by}[2][x]{\frac{\partial}{\partial #1} #2} $$\by[t]{(x^2 t)} = 2xt$$",
    ),
    "transposes by a macro": (
        r"$$\nabla_w (\trans{w} x) = x$$ where $w$ and $x$ are vectors.",
        r"$$\nabla_w (\trans{w} x) = w$$ where $w$ and $x$ are vectors.",
    ),
    "products and functions entry by entry": (
        r"$$\mathbf{a} .* \mathbf{b} = \mathbf{a} \odot \mathbf{b}$$ $$\sin.(\mathbf{a}) = \sin(\mathbf{a})$$",
        r"$$\mathbf{a} .* \mathbf{b} = \mathbf{a}^T \mathbf{b}$$",
    ),
    "a capital sigma with limits": (
        r"$$\Sigma_{j=1}^n (a_j + 1) = n + \sum_{j=1}^n a_j$$",
        r"$$\Sigma_{j=1}^n (a_j + 1) = 1 + \sum_{j=1}^n a_j$$",
    ),
    "fractions of derivatives with a slash between braces": (
        r"$$f = x^2$$ $${\partial f}/{\partial x} = 2x$$",
        r"$$f = x^2$$ $${\partial f}/{\partial x} = x$$",
    ),
    "decimal commas and signs in braces": (
        r"$$1{-}x + 0{,}5 = 1{,}5 - x$$",
        r"$$1{-}x + 0{,}5 = 1{,}5 + x$$",
    ),
    "the smaller of two in words": (
        r"$$\min(a, b) + max(a, b) = a + b$$ $$min\{a, b\} = b + a - \max\{a, b\}$$",
        r"$$min\{a, b\} = b - a + \max\{a, b\}$$",
    ),
    "the number of elements of a set": (
        r"$$\frac{1}{\#(D) - 1} + \frac{1}{\# D} = \frac{2\#D - 1}{\#D (\#D - 1)}$$",
        r"$$\frac{1}{\#(D) - 1} + \frac{1}{\# D} = \frac{2\#D + 1}{\#D (\#D - 1)}$$",
    ),
    "lists as vectors": (
        r"$$\mathbf{u} = (a \cos t, a \sin t)$$ $$\|\mathbf{u}\|^2 = a^2$$ $$\frac{d}{dt} (t^2, e^t)^T = (2t, e^t)^T$$",
        r"$$\mathbf{u} = (a \cos t, a \sin t)$$ $$\|\mathbf{u}\|^2 = a$$",
    ),
    "names in a list": (
        r"$$(y_1, y_2) = (2x_1, x_1 x_2)$$ $$y_1 + y_2 = x_1 (2 + x_2)$$",
        r"$$(y_1, y_2) = (2x_1, x_1 x_2)$$ $$y_1 + y_2 = x_1 (1 + x_2)$$",
    ),
    "a point that is not the origin": (
        r"$$f(x, y) = \begin{cases} x y & (x, y) \ne (0, 0) \\ 1 & (x, y) = (0, 0) \end{cases}$$"
        r"$$f(2, 3) = 6$$ $$f(0, 0) = 1$$",
        r"$$f(x, y) = \begin{cases} x y & (x, y) \ne (0, 0) \\ 1 & (x, y) = (0, 0) \end{cases}$$ $$f(0, 0) = 0$$",
    ),
    "intervals and lists as conditions": (
        r"$$p(x) = \begin{cases} 3x^2 & x \in [0, 1) \\ 0 & x \notin [0, 1) \end{cases}$$ $$p(1/2) = 3/4$$",
        r"$$p(x) = \begin{cases} 3x^2 & x \in [0, 1] \\ 0 & x \notin [0, 1] \end{cases}$$ $$p(1) = 0$$",
    ),
    "sums over a set of numbers": (
        r"$$\sum_{x \in \{-1, 1\}} x e^{x t} = e^t - e^{-t}$$ $$\sum_{x \in \{0, 1\}} x q^x (1 - q)^{1 - x} = q$$",
        r"$$\sum_{x \in \{-1, 1\}} x e^{x t} = e^t + e^{-t}$$",
    ),
    "the inner product of a pair": (
        r"$$J = \frac{1}{2} (x, Ax) - (b, x)$$ with a symmetric matrix $A$. $$\nabla_x J = Ax - b$$",
        r"$$J = \frac{1}{2} (x, Ax) - (b, x)$$ with a symmetric matrix $A$. $$\nabla_x J = Ax + b$$",
    ),
    "the Jacobian of a list": (
        r"$$u = s \cosh t$$ $$v = s \sinh t$$ $$\det \frac{\partial(u, v)}{\partial(s, t)} = s$$",
        r"$$u = s \cosh t$$ $$v = s \sinh t$$ $$\det \frac{\partial(u, v)}{\partial(s, t)} = -s$$",
    ),
    "sets and lists that are no claims": (
        r"$$V = \{v : v_1 = 0\}$$ $$x = (x_1, \dots, x_n)$$ $$i = [1, n]$$"
        r"$$\sum_{i=1}^n (x_i + 1) = n + \sum_{i=1}^n x_i$$",
        r"$$V = \{v : v_1 = 0\}$$ $$\sum_{i=1}^n (x_i + 1) = \sum_{i=1}^n x_i$$",
    ),
    "partial derivatives at a point": (
        r"$$f(x, y) = x^2 y$$ $$\frac{\partial f}{\partial x}(a, b) = 2ab$$"
        r"$$\frac{\partial f}{\partial y}(y, x) = y^2$$",
        r"$$f(x, y) = x^2 y$$ $$\frac{\partial f}{\partial y}(y, x) = x^2$$",
    ),
    "a gradient at a point": (
        r"$$g(u, v) = u e^v$$ $$\nabla g(2, 0) = (1, 2)^T$$",
        r"$$g(u, v) = u e^v$$ $$\nabla g(2, 0) = (2, 1)^T$$",
    ),
    "the chain rule in several variables": (
        r"$$H(s) = F(g(s), h(s))$$ $$F(u, v) = u \sin v$$"
        r"$$\frac{dH}{ds} = \frac{\partial F}{\partial u}(g(s), h(s)) g'(s)"
        r" + \frac{\partial F}{\partial v}(g(s), h(s)) h'(s)$$",
        r"$$H(s) = F(g(s), h(s))$$ $$F(u, v) = u \sin v$$"
        r"$$\frac{dH}{ds} = \frac{\partial F}{\partial u}(g(s), h(s)) h'(s)"
        r" + \frac{\partial F}{\partial v}(g(s), h(s)) g'(s)$$",
    ),
    "names with a bar among their indices": (
        r"$$p_{j \mid i} = \frac{e^{-d_{ij}}}{\sum_k e^{-d_{ik}}}$$ $$\sum_j p_{j|i} = 1$$",
        r"$$p_{j \mid i} = \frac{e^{-d_{ij}}}{\sum_k e^{-d_{ik}}}$$ $$\sum_i p_{j|i} = 1$$",
    ),
    "slices as names": (
        r"$$y_{1:d} = 2 x_{1:d} + 1$$ $$y_{1:d} + 1 = 2 (x_{1:d} + 1)$$",
        r"$$y_{1:d} = 2 x_{1:d} + 1$$ $$y_{1:d} + 1 = 2 (x_{1:n} + 1)$$",
    ),
    "inner products in plain signs": (
        r"$$-y <w, x> = -y \sum_i w_i x_i$$ for vectors $w$ and $x$",
        r"$$-y <w, x> = y \sum_i w_i x_i$$ for vectors $w$ and $x$",
    ),
    "matrices with empty entries": (
        r"$$\begin{pmatrix} 1 & \\ & 2 \end{pmatrix} \begin{pmatrix} a \\ b \end{pmatrix} = (a, 2b)^T$$",
        r"$$\begin{pmatrix} 1 & \\ & 2 \end{pmatrix} \begin{pmatrix} a \\ b \end{pmatrix} = (a, b)^T$$",
    ),
    "several integrals with the same limits": (
        r"$$\iint_0^1 x y^2 \, dx \, dy = \frac{1}{6}$$",
        r"$$\iint_0^1 x y^2 \, dx \, dy = \frac{1}{3}$$",
    ),
    "a differential of an expression over a bar": (
        r"$$\int \frac{d(x^2 + 1)}{x^2 + 1} = \ln(x^2 + 1)$$",
        r"$$\int \frac{d(x^2 + 1)}{x^2 + 1} = 2 \ln(x^2 + 1)$$",
    ),
    "cases in other environments": (
        r"$$r(x) = \left\{ \begin{align} & x, & x > 0 \\ & 0, & x \le 0 \end{align} \right.$$ $$r(2) = 2 + r(-2)$$",
        r"$$r(x) = \left\{ \begin{align} & x, & x > 0 \\ & 0, & x \le 0 \end{align} \right.$$ $$r(-2) = -2$$",
    ),
    "terms of higher order": (
        r"$$\frac{f(x + h) - f(x - h)}{2h} = f'(x) + O(h^2)$$ $$\cos(u) - 1 = o(u)$$",
        r"$$\frac{f(x + h) - f(x)}{h} = f'(x) + O(h^2)$$",
    ),
    "orders that vanish far out": (
        r"$$n \ln\left(1 + \frac{a}{n}\right) = a - \frac{a^2}{2n} + \mathcal{O}(1/n^2)$$",
        r"$$n \ln\left(1 + \frac{a}{n}\right) = a + \frac{a^2}{2n} + \mathcal{O}(1/n^2)$$",
    ),
    "the word before a case inside its text": (
        r"$$g(x) = \begin{cases} 3x^2 & \text{for 0<x<1} \\ 0 & \text{elsewhere} \end{cases}$$"
        r" $$\int_{-\infty}^\infty x g(x) \, dx = \frac{3}{4}$$",
        r"$$g(x) = \begin{cases} 3x^2 & \text{for 0<x<1} \\ 0 & \text{elsewhere} \end{cases}$$"
        r" $$\int_{-\infty}^\infty x g(x) \, dx = \frac{2}{3}$$",
    ),
    "words of cases without a text macro": (
        r"$$q(t) = \begin{cases} t/2 &if~0\le t\le 2\\ 0&otherwise\end{cases}$$ $$\int_{-1}^3 q(t) \, dt = 1$$",
        r"$$q(t) = \begin{cases} t/2 &if~0\le t\le 2\\ 0&otherwise\end{cases}$$ $$\int_{-1}^3 q(t) \, dt = 2$$",
    ),
    "cases for a label that is 0 or 1": (
        r"$$h(q, c) = \begin{cases} \ln q & \text{wenn $c$ ist 1} \\ \ln(1 - q) & \text{wenn $c$ ist 0} \end{cases}$$"
        r" $$h(q, 0) = \ln(1 - q)$$",
        r"$$h(q, c) = \begin{cases} \ln q & \text{wenn $c$ ist 1} \\ \ln(1 - q) & \text{wenn $c$ ist 0} \end{cases}$$"
        r" $$h(q, 0) = \ln q$$",
    ),
    "a relation for two names": (
        r"$$h(u, v) = \begin{cases} 6u & \text{dla } u, v \ge 0, \ u + v \le 1 \\ 0 & \text{poza tym} \end{cases}$$"
        r" $$h(\tfrac14, \tfrac14) + h(-1, 1) = \frac{3}{2}$$",
        r"$$h(u, v) = \begin{cases} 6u & \text{dla } u, v \ge 0, \ u + v \le 1 \\ 0 & \text{poza tym} \end{cases}$$"
        r" $$h(\tfrac14, \tfrac14) + h(-1, 1) = -\frac{9}{2}$$",
    ),
    "two primes in one character": (
        "$$M(t) = e^{3t}$$ $$M”(t) = 9 e^{3t}$$",
        "$$M(t) = e^{3t}$$ $$M”(t) = 3 e^{3t}$$",
    ),
    "numbers that begin with a point": (
        r"$$.5 \cdot (4 + .2) = 2.1$$",
        r"$$.5 \cdot (4 + .2) = 2.3$$",
    ),
    "percentages": (
        r"$$20\% \cdot 50 = 10$$",
        r"$$20\% \cdot 50 = 1000$$",
    ),
    "braces that brackets cross": (
        r"$$\sum_i{(\hat{a}_i} - a_i)^2 = \sum_i (a_i{ - \hat{a}_i)}^2$$",
        r"$$\sum_i{(\hat{a}_i} - a_i)^2 = \sum_i (a_i{ + \hat{a}_i)}^2$$",
    ),
    "a star that names an expression": (
        r"$$(s + t)^2 = s^2 + 2st + t^2 = (*)$$ $$(*) = s(s + 2t) + t^2$$",
        r"$$(s + t)^2 = s^2 + 2st + t^2 = (*)$$ $$(*) = s(s + t) + t^2$$",
    ),
    "a function with a dot for its argument": (
        r"$$\ln L(\cdot) = n \ln p - p S$$ $$\frac{\partial \ln L(\cdot)}{\partial p} = \frac{n}{p} - S$$",
        r"$$\ln L(\cdot) = n \ln p - p S$$ $$\frac{\partial \ln L(\cdot)}{\partial p} = \frac{n}{p} + S$$",
    ),
    "a remark set small": (
        r"$$\begin{aligned} 2(a + b) &= 2a + 2b & \scriptstyle{\text{; as } a \ge 0} \\ &= 2b + 2a \end{aligned}$$",
        r"$$\begin{aligned} 2(a + b) &= 2a + 2b & \scriptstyle{\text{; as } a \ge 0} \\ &= 2b + a \end{aligned}$$",
    ),
    "an equals sign in a macro": (
        r"$$(a + b)^2 \mark{=} a^2 + 2ab + b^2$$",
        r"$$(a + b)^2 \mark{=} a^2 + ab + b^2$$",
    ),
    "plus or minus": (
        r"$$(r \pm s)^3 = r^3 \pm 3r^2 s + 3r s^2 \pm s^3$$ $$\frac{6 \pm \sqrt{16}}{2} = 3 \pm 2$$",
        r"$$(r \pm s)^3 = r^3 \pm 3r^2 s + 3r s^2 \mp s^3$$",
    ),
    "the imaginary unit in a characteristic function": (
        r"$$\int_0^\infty e^{iut} \mu e^{-\mu u} \, du = \frac{\mu}{\mu - it} = \frac{\mu(\mu + it)}{\mu^2 + t^2}$$",
        r"$$\int_0^\infty e^{iut} \mu e^{-\mu u} \, du = \frac{\mu}{\mu + it}$$",
    ),
    "the imaginary unit of engineers": (
        r"$$\int_{-T}^{T} e^{-j \omega t} \, dt = \frac{2 \sin(\omega T)}{\omega}$$ $$|e^{-j \omega t}| = 1$$",
        r"$$\int_{-T}^{T} e^{-j \omega t} \, dt = \frac{2 \cos(\omega T)}{\omega}$$",
    ),
    "products of complex numbers": (
        "With complex numbers: $$(a + bi)(c + di) = ac - bd + (ad + bc)i$$",
        "With complex numbers: $$(a + bi)(c + di) = ac + bd + (ad + bc)i$$",
    ),
    "rules of calculus for names without arguments": (
        r"$$(fg)' = f'g + fg'$$ $$\left(\frac{f}{g}\right)' = \frac{f'g - fg'}{g^2}$$ $$\frac{d}{dt}(uv) = u'v + uv'$$",
        r"$$(fg)' = f'g - fg'$$ $$\left(\frac{f}{g}\right)' = \frac{f'g - fg'}{g^2}$$",
    ),
    "integration by parts in differentials": (
        r"$$\int u \, dv = uv - \int v \, du$$ $$\int_a^b r \, ds = rs \Big|_a^b - \int_a^b s \, dr$$",
        r"$$\int u \, dv = uv + \int v \, du$$",
    ),
    "a quotient of functions applied to a variable": (
        r"$$\left(\frac{p}{q}\right)'(x) = \frac{p'(x) q(x) - p(x) q'(x)}{q(x)^2}$$",
        r"$$\left(\frac{p}{q}\right)'(x) = \frac{p'(x) q(x) + p(x) q'(x)}{q(x)^2}$$",
    ),
    "a series that goes on with dots": (
        r"$$\sin x = x - \frac{x^3}{3!} + \frac{x^5}{5!} - \cdots$$"
        r" $$\frac{t}{1 - 2q} = t(1 + 2q + 2^2 q^2 + 2^3 q^3 + \dots)$$",
        r"$$\sin x = x + \frac{x^3}{3!} + \frac{x^5}{5!} + \cdots$$",
    ),
    "a term between two dots": (
        r"$$a_1^2 + \dots + a_j^2 + \dots + a_n^2 = \sum_{k=1}^n a_k^2$$",
        r"$$a_1^2 + \dots + a_j^2 + \dots + a_n^2 = \sum_{k=1}^n a_k$$",
    ),
    "dots between sums in brackets": (
        r"$$\log((1 + a_1)(1 + a_2) \cdots (1 + a_n)) = \sum_{k=1}^n \log(1 + a_k)$$",
        r"$$\log((1 + a_1)(1 + a_2) \cdots (1 + a_n)) = \sum_{k=1}^n \log(2 + a_k)$$",
    ),
    "a diagonal matrix with dots": (
        r"$$D = \begin{bmatrix} d_1 & & \\ & \ddots & \\ & & d_N \end{bmatrix}$$ $$v^T D v = \sum_{i=1}^N d_i v_i^2$$",
        r"$$D = \begin{bmatrix} d_1 & & \\ & \ddots & \\ & & d_N \end{bmatrix}$$ $$v^T D v = \sum_{i=1}^N d_i v_i$$",
    ),
    "a binomial coefficient in the manner of plain TeX": (
        r"$$\sum_{k=0}^n {n \choose k} q^k = (1 + q)^n$$",
        r"$$\sum_{k=0}^n {n \choose k} q^k = (1 - q)^n$$",
    ),
    "an integral that names its variable in the limit only": (
        r"$$\int_{r=0}^\infty \int_{\theta=0}^{2\pi} r e^{-r^2} = \pi$$",
        r"$$\int_{r=0}^\infty \int_{\theta=0}^{2\pi} r e^{-r^2} = 2\pi$$",
    ),
    "an integral whose variable is named elsewhere": (
        r"$$\int_0^\infty e^{-2x} dx \int_0^\infty e^{-3y} dy = \int_0^\infty \int_0^\infty e^{-2x-3y} = \frac16$$",
        r"$$\int_0^\infty e^{-2x} dx \int_0^\infty e^{-3y} dy = \int_0^\infty \int_0^\infty e^{-2x+3y}$$",
    ),
    "a note behind a bar": (
        r"$$2x + 6 = 2(x + 3) \quad | \text{ ausgeklammert}$$ $$(x + 1)^2 = x^2 + 2x + 1 | -1$$",
        r"$$2x + 6 = 2(x + 6) \quad | \text{ ausgeklammert}$$",
    ),
    "a series whose index has a lower end only": (
        r"$$\sum_{k \ge 0} r^k = \frac{1}{1 - r}$$ $$\sum_{k > 0} k r^{k - 1} = \frac{1}{(1 - r)^2}$$",
        r"$$\sum_{k \ge 0} r^k = \frac{r}{1 - r}$$",
    ),
    "a series that converges slowly": (
        r"$$\sum_{k=1}^\infty \frac{1}{k^2} = \frac{\pi^2}{6}$$ $$\sum_{k=1}^\infty \frac{(-1)^{k + 1}}{k} = \ln 2$$",
        r"$$\sum_{k=1}^\infty \frac{1}{k^2} = \frac{\pi^2}{8}$$",
    ),
    "a sum of many terms": (
        r"$$\sum_{k=1}^{120} k = 7260$$",
        r"$$\sum_{k=1}^{120} k = 7380$$",
    ),
    "a macro that is not defined around a part": (
        r"$$3 \sum_{k=1}^n \teal{\frac{a_k}{3}} \binom{n}{k} = \sum_{k=1}^n a_k \binom{n}{k}$$",
        r"$$3 \sum_{k=1}^n \teal{\frac{a_k}{3}} \binom{n}{k} = \sum_{k=1}^n 3 a_k \binom{n}{k}$$",
    ),
    "macros that are not defined before and after": (
        r"$$\ds 2(a + b) = \ds 2a + 2b \eqmark$$",
        r"$$\ds 2(a + b) = \ds 2a + b \eqmark$$",
    ),
    "a macro for brackets": (
        r"$$\sqbrackets{-e^{-2x}}_{x=0}^{\infty} = 1$$ $$\paren{1 - p}^2 = 1 - 2p + p^2$$",
        r"$$\sqbrackets{-e^{-2x}}_{x=0}^{\infty} = 2$$",
    ),
    "a macro for the sign of partial derivatives": (
        r"$$F(x, k) = x^2 k^3$$ $$\frac{\pl F}{\pl k} = 3x^2 k^2$$",
        r"$$F(x, k) = x^2 k^3$$ $$\frac{\pl F}{\pl k} = 2x^2 k^2$$",
    ),
    "powers of what a sum runs over": (
        r"$$\sum_{k=0}^n \binom{n}{k} q^k (1 - q)^{n-k} = 1$$ $$\sum_{k=0}^2 q^k = 1 + q + q^2$$",
        r"$$\sum_{k=0}^n \binom{n}{k} q^k (1 - q)^{n-k} = q$$",
    ),
    "an inline chain cut into formulas": (
        "$u + 2v$ $=$ $v + (u + v)$ as $w = 0$ $=$ $v + u + v$\n",
        "$u + 2v$ $=$ $v + (u + v)$ as $w = 0$ $=$ $u + v$\n",
    ),
    "an integral over a set that is not described": (
        r"$$\int_A (2 f(x) + g(x)) \, dx = 2 \int_A f(x) \, dx + \int_A g(x) \, dx$$",
        r"$$\int_A (2 f(x) + g(x)) \, dx = \int_A f(x) \, dx + \int_A g(x) \, dx$$",
    ),
    "a gradient of an expression": (
        r"$$J(w) = (Aw - b)^T (Aw - b)$$ $$\nabla J(w) = \nabla (w^T A^T A w - 2 b^T A w + b^T b) = 2 A^T (Aw - b)$$",
        r"$$J(w) = (Aw - b)^T (Aw - b)$$ $$\nabla J(w) = \nabla (w^T A^T A w - b^T A w + b^T b)$$",
    ),
    "an expansion whose coefficients do not say how it goes on": (
        r"$$e^{2t} = 1 + 2t + 2t^2 + \frac{4 t^3}{3} + \dots$$",
        r"$$e^{2t} = 1 + 2t + 4t^2 + \frac{4 t^3}{3} + \dots$$",
    ),
    "displays in doubled backslashes": (
        "We have\n\\\\[\n(a + b)^2 = a^2 + 2ab + b^2\n\\\\]\nwith \\\\(a > 0\\\\).\n",
        "We have\n\\\\[\n(a + b)^2 = a^2 + ab + b^2\n\\\\]\nwith \\\\(a > 0\\\\).\n",
    ),
    "limits of brackets at singular places and far out": (
        r"$$\int_0^1 \ln x \, dx = [x \ln x - x]_0^1 = -1$$"
        r" $$\int_1^\infty \frac{\ln x}{x^2} \, dx = \left[-\frac{\ln x + 1}{x}\right]_1^\infty = 1$$",
        r"$$\int_0^1 \ln x \, dx = [x \ln x - x]_0^1 = 1$$",
    ),
    "several equations in a row of columns": (
        r"$$\begin{align} u &= x & du &= dx \\ dv &= e^{2x} dx & v &= \frac{1}{2} e^{2x} \end{align}$$"
        r" $$\int u \, dv = \frac{x}{2} e^{2x} - \frac{1}{2} \int e^{2x} dx$$",
        r"$$\begin{align} a &= b + c & b &= 2c \\ a - b &= c & a &= 2c \end{align}$$",
    ),
    "braces around an equation": (
        r"$${\int_0^1 2x \, dx = [x^2]_0^1} = 1$$",
        r"$${\int_0^1 2x \, dx = [x^2]_0^1} = 2$$",
    ),
    "a macro for the derivative and one with an option": (
        r"$$\ddx \left[x^2 + \answer[given]{x^3}\right] = 2x + \answer[given]{3x^2}$$",
        r"$$\ddx \left[x^2 + \answer[given]{x^3}\right] = 2x + \answer[given]{2x^2}$$",
    ),
    "a colon before the parameters of a function": (
        r"$$f(x : a, b) = a x + b$$ $$f(3 : a, b) - f(2 : a, b) = a$$",
        r"$$f(x : a, b) = a x + b$$ $$f(3 : a, b) - f(2 : a, b) = b$$",
    ),
    "a bar without braces between brackets of a certain size": (
        r"$$\cos\left(2t\over 1+t^2\right) = \cos\frac{2t}{1+t^2}$$",
        r"$$\cos\left(2t\over 1+t^2\right) = \cos\left(2t + \frac{1}{1+t^2}\right)$$",
    ),
    "arrows between arguments": (
        r"$$\rho(a \to b, k) = a b^k$$ $$\frac{\rho(s \to t, k = 2)}{s} = t^2$$",
        r"$$\rho(a \to b, k) = a b^k$$ $$\frac{\rho(s \to t, k = 2)}{s} = t^3$$",
    ),
    "an equality behind an approximation": (
        r"$$h = \sqrt{2} \cdot 3 \approx 1.414 \cdot 3 = 4.242$$",
        r"$$h = \sqrt{2} \cdot 3 \approx 1.414 \cdot 3 = 4.342$$",
    ),
    "an entry of a function of a vector, said what it is": (
        r"$$\hat{q}(\mathbf{a})_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$$"
        r" $$\frac{\partial \hat{q}_i}{\partial a_j} = \hat{q}_i (\delta_{ij} - \hat{q}_j)$$",
        r"$$\hat{q}(\mathbf{a})_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$$"
        r" $$\frac{\partial \hat{q}_i}{\partial a_j} = \hat{q}_i (1 - \hat{q}_j)$$",
    ),
    "the product rule for a name that is given and one that is not": (
        r"Let $u = x^3$. $$(uv)' = 3x^2 v + x^3 v'$$",
        r"Let $u = x^3$. $$(uv)' = 3x^2 v - x^3 v'$$",
    ),
    "the order of a derivative at the wrong place": (
        r"$$\frac{\partial^2}{\partial^2 u} u^3 = 6u$$",
        r"$$\frac{\partial^2}{\partial^2 u} u^3 = 3u^2$$",
    ),
    "the order of a derivative left out": (
        r"$$\frac{\partial (s^2 t^3)}{\partial s \partial t} = 6 s t^2$$",
        r"$$\frac{\partial (s^2 t^3)}{\partial s \partial t} = 2 s t^2$$",
    ),
}
